"""The cold free energy over the plane.

The field F∞(y) of the untrained model over the plane of y, in bands from dark, where it is low, to bright. Their edges
lie around the manifold, a flat ellipse of 48 dots, as the rings of a target do, and are slightly scalloped beside it.
On a grid of 25 × 17 points stand arrows, white with a dark rim, that point to the nearest dot: long far away, ever
shorter towards the manifold, from outside and from inside. On the segment in the middle, where two dots are equally
near, there are none, nor right at a dot. A bar gives the values of the bands.
"""

import math

import torch

from book.ellipse.energy import UNTRAINED, decode, energy, force, free_energy
from book.ellipse.fields import WINDOW, bands, draw, window
from book.ellipse.plane import LABELS, TURN
from pipeline.table import Arrows, Path2D, Values

FRAMES_PER_SECOND, HOLD = 15, 2
BETAS = torch.logspace(-1, 2.5, 85, dtype=torch.float64).tolist()  # of the film: 24 a decade

LEVELS = [(k / 6) ** 2 for k in range(16)]  # a sixth apart, as F∞ is a squared distance; nothing is above 6.25
GRID = 25, 17
HEADS = [0.016, 0.025, 0.04, 0.06, 0.08]  # lengths of arrowheads
SHARE = 0.4  # of an arrow, at most, is its head
CLOSE = 0.05  # to the manifold: there an arrow would lie upon it
LENGTH = 0.2  # of the arrow where y̌ is at distance 1; it grows as the square root, so that short ones have a shaft


def tied(y):
    """Whether two of the model's points are equally near to y (…, 2), so that F∞ has no gradient there: shape (…,)."""
    first, second = energy(y, UNTRAINED).topk(2, largest=False).values.unbind(dim=-1)
    return second - first < 1e-9


def cosine(y, along, beta=math.inf):
    """The cosines between arrows (n, 2) at y (n, 2) and −∇F_β by autograd: shape (n,)."""
    y = y.clone().requires_grad_()
    (slope,) = torch.autograd.grad(free_energy(y, UNTRAINED, beta).sum(), y)
    return torch.cosine_similarity(along, -slope, dim=-1)


def by_heads(arrows):
    """{"arrows-k": Arrows}: arrows (n, 4) by the longest of HEADS within their SHARE, where there are any."""
    heads = torch.tensor(HEADS, dtype=arrows.dtype)
    which = torch.bucketize(SHARE * arrows[:, 2:].norm(dim=1), heads, right=True) - 1
    return {f"arrows-{k}": Arrows(*arrows[which == k].T, LABELS) for k in which.unique().tolist()}


def picture(beta=math.inf, labels=LABELS):
    """The tables and values of the field at one temperature; labels : of the manifold."""
    x, y, plane = window(97, 65)
    field = free_energy(plane, UNTRAINED, beta)
    grid = window(*GRID)[2].reshape(-1, 2)
    every = force(grid, UNTRAINED, beta) / 2  # y̌ − y, where it is cold
    ties = tied(grid) if math.isinf(beta) else torch.zeros(len(grid), dtype=torch.bool)
    close = every.norm(dim=1) < CLOSE
    tails, ways = (of[~ties & ~close] for of in (grid, every))
    arrows = torch.cat([tails, LENGTH * ways / ways.norm(dim=1, keepdim=True).sqrt()], dim=1)
    return {
        "manifold": Path2D([decode(UNTRAINED, TURN)], labels),
        "values": Values(
            window=WINDOW, levels=LEVELS, greatest=field.max(),
            heads=HEADS, arrows=len(tails), ties=ties.sum(), close=close.sum(), cosine=cosine(tails, ways, beta).min(),
        ),
    } | by_heads(arrows) | bands("cold", x, y, field, LEVELS)  # fmt: skip


def tables():
    return picture()


def frames():
    """The free energy cools.

    Hot, the free energy is a round bowl with its lowest point in the middle, and all arrows point there, past the
    manifold. As it cools, from β = 0.1 on, the bowl sinks and is drawn out along the manifold; its floor comes apart
    into two hollows, which move to the manifold's ends and then creep along it until they meet: the cold valley follows
    it all around, and each arrow points to the nearest part of it.
    """
    for beta in BETAS:
        places = 2 if beta < 10 else 1 if beta < 100 else 0
        yield picture(beta, LABELS | {"title": rf"$\cbeta = {beta:.{places}f}$"})
    yield picture(labels=LABELS | {"title": r"$\cbeta = \infty$"})


def preview(axes, tables):
    (ax,), (right, top) = axes.panels(1, size=(6, 4)), tables["values"]["window"]
    ticks = {"xticks": range(-int(right), int(right) + 1), "yticks": range(-int(top), int(top) + 1)}
    draw(axes, ax, tables, "cold", len(LEVELS) - 1, **ticks)
    axes.over_field(ax, tables["manifold"], "reconstruction", marker="o", linestyle="none", markersize=2.5)
    for k in (k for k in range(len(HEADS)) if f"arrows-{k}" in tables):
        axes.draw(ax, tables[f"arrows-{k}"], roles=["shine"])
        ax.collections[-1].set(edgecolor=axes.colour("rim"), linewidth=0.3)
    axes.level_bar(LEVELS, ax, label=r"$\Fcold(\vy)$")
    axes.label(ax, **LABELS)
