"""How many latents take part.

Three panels of the plane with the 48 points of the trained model's manifold. A point is the brighter the nearer
exp(−E(y′, z)) is to one, and its area is its Gibbs weight, β = 1, beside the greatest of its panel. A cross is the
probe y′. Left, it is outside: a few points on the near side are large. Middle, it is near the manifold, inside: hardly
more points are large, and the nearest are bright. Right, it is near the middle: nearly all points are large, those
above and below the most, and all are dark.
"""

import torch

from book.ellipse.energy import LATENTS, decode, energy, gibbs
from book.ellipse.plane import LABELS, manifold
from pipeline.table import Points, Values

PROBES = torch.tensor([[2.35, 0.7], [0.95, 0.9], [-0.2, 0.1]], dtype=torch.float64)
SIDES = [90, 225, 315]  # of the probes, in degrees, on which their names stand
BETA = 1.0
WINDOW = 2.7, 1.8  # half of each panel's width and height
BANDS = 10  # of the bar


def taking_part(weights):
    """exp of the entropy of weights (…, k): how many latents take part, from 1 to k, shape (…,)."""
    return torch.special.entr(weights).sum(dim=-1).exp()


def tables(cold):
    w = cold.net.w
    heat, weights, points = (-BETA * energy(PROBES, w)).exp(), gibbs(PROBES, w, BETA), decode(w)
    share = (weights / weights.amax(dim=1, keepdim=True)).sqrt()  # of the greatest radius
    count = taking_part(weights)
    results = {
        f"weights-{k}": Points(
            *points.T, LABELS | {"value": r"$\exp(-\cE(\vyprobe, \cz))$"}, value=heat[k], size=share[k]
        )
        for k in range(len(PROBES))
    }
    return results | {
        "manifold": manifold(w),
        "probes": Points(*PROBES.T, LABELS),
        "values": Values(
            window=WINDOW, bands=BANDS, beta=BETA, latents=len(LATENTS), probes=PROBES, sides=SIDES,
            latents_1=count[0], latents_2=count[1], latents_3=count[2], heats=heat.amax(dim=1),
        ),
    }  # fmt: skip


def preview(axes, tables):
    values, manifold, panels = tables["values"], tables["manifold"], axes.panels(3, size=(6.5, 3), sharey=True)
    right, top = values["window"]
    ends = {"xlim": (-right, right), "ylim": (-top, top)}
    axes.plane(*panels, **ends, xticks=[-2, 0, 2], yticks=[-1, 0, 1])
    for k, (ax, probe, side) in enumerate(zip(panels, values["probes"], values["sides"], strict=True)):
        ax.plot(manifold.x, manifold.y, color=axes.colour("reconstruction"), linewidth=0.5)
        axes.weighted(ax, tables[f"weights-{k}"])
        ax.plot(*probe, "x", color=axes.colour("probe"), markeredgewidth=1.5)
        axes.note(ax, r"$\vyprobe$", probe, place=axes.aside(side, 11), size=None)
        axes.label(ax, **LABELS, title=f"{values[f'latents-{k + 1}']:.0f} of {values['latents']} take part")
    levels = [k / BANDS for k in range(BANDS + 1)]
    axes.level_bar(levels, *panels, label=tables["weights-0"].labels["value"], lying=True, shrink=0.5)
    axes.outer()
