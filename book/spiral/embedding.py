"""The embedding that separates the arms.

The five arms as the trained net embeds them in two dimensions: five clusters about an empty middle, one in each of five
sectors with straight borders. From the origin five arrows, the rows of the last layer, point into the clusters, each at
its own class; its name stands beside it.
"""

import torch
from torch import nn

from book.spiral.data import accuracy, arms
from book.spiral.models.embedding import FILMED
from book.spiral.regions import lead
from book.spiral.sectors import LABELS, roomiest, through, view
from pipeline.table import Arrows, Values

FRAMES_PER_SECOND, HOLD = 15, 2
MAGNIFIED = 2  # the arrows, in the embedding's units
NAME, GAP = (0.75, 0.4), 0.35  # half the size of a name, and how far it keeps from its arrow, in the same units
ALONG = torch.linspace(0.5, 0.85, 8)  # of its arrow, where a name may stand


def beside(w, s, h):
    """Where the names of arrows w (classes, 2) from the origin stand: beside them, in their classes' sectors by the
    linear outputs s(h), and there as far from the points h (n, 2) as may be."""
    across = nn.functional.normalize(torch.stack([-w[:, 1], w[:, 0]], dim=1))
    size, classes = torch.tensor(NAME), torch.arange(len(w))
    off = (GAP + across.abs() @ size)[:, None] * across
    places = torch.stack([share * w + side * off for share in ALONG for side in (1, -1)])  # (place, class, 2)
    corners = places[..., None, :] + size * torch.cartesian_prod(*[torch.tensor([-1, 1])] * 2)
    margin = lead(s(corners.flatten(0, 2))).reshape(*corners.shape[:3], -1).amin(dim=2)[:, classes, classes]
    free = ((h - places[..., None, :]).abs() - size).clamp(min=0).norm(dim=-1).amin(dim=-1)
    best = torch.where(margin > 0, free, margin).argmax(dim=0)
    return places[best, classes]


def rows(net, labels=LABELS):
    """The rows of the last layer as arrows from the origin."""
    w = MAGNIFIED * net[3].weight
    origin = torch.zeros(len(w))
    return Arrows(origin, origin, *w.T, labels)


def tables(embedding):
    x, y = arms()
    net = embedding.net
    results, values = view("final", net, x, y, every=4)
    w = MAGNIFIED * net[3].weight
    places = {
        "names": roomiest(net, x, values["lower"], values["upper"])[0],
        "arrow_names": beside(w, net[3], net[:3](x)),
    }
    directions = accuracy(net[:3](x) @ nn.functional.normalize(w, dim=1).T, y)  # by the angles to the rows alone
    return results | {
        "weights": rows(net),
        "values": Values(**values, **places, magnified=MAGNIFIED, directions=directions),
    }


def frames(embedding):
    """The embedding while the net learns.

    All five arms begin as a speck about the origin. In the first two hundred epochs the speck bursts open into a star,
    all its arms still curled; then, ever more slowly, they are uncurled, drawn apart and gathered, each about an arrow
    of its own, while the straight borders turn until they lie between them. The epoch and the accuracy stand above.
    The film ends with the names of the classes and of the arrows.
    """
    x, y = arms()
    printed = tables(embedding)
    lower, upper = (torch.tensor(printed["values"][edge]) for edge in ("lower", "upper"))
    for epoch in FILMED:
        net = embedding.snapshots[epoch]
        results, values = through("final", net, x, y, 4, lower, upper)
        title = rf"epoch {epoch:,}, accuracy {100 * values['accuracy']:.1f}\,\%"
        yield results | {
            "weights": rows(net, LABELS | {"title": title}),
            "values": Values(**values, names=[], arrow_names=[], magnified=MAGNIFIED),
        }
    yield printed | {"weights": rows(net, LABELS | {"title": title})}


def preview(axes, tables):
    values, classes = tables["values"], axes.roles("class", 5)
    (ax,) = axes.panels(1, size=(4.5, 4.5))
    (left, bottom), (right, top) = values["lower"], values["upper"]
    axes.plane(ax, xlim=(left, right), ylim=(bottom, top))
    for kind in ("sector", "arm"):
        axes.draw(ax, *(tables[f"final-{kind}-{k}"] for k in range(5)), roles=classes)
    axes.borders(ax)
    axes.arrows(ax, tables["weights"], classes, width=1.8, head=8, on=classes)
    ax.plot(0, 0, "o", color=axes.colour("ink"), markersize=4, zorder=4)
    axes.number(ax, values["arrow-names"], "class", rf"${values['magnified']}\vw_{{}}$", range(5), size=None)
    axes.number(ax, values["names"], "class", r"$\cy={}$", range(5), size=None)
    axes.scale_bar(ax, values["bar"], f"class{values['under-bar']}")
    axes.label(ax, **LABELS)
