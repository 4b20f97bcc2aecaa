"""What the conditional machine can say, before and after training.

Two views into the same space, over the input x, with the data as dots, in colours from blue to pink as x grows. The
machine's surface is a net of rings and lengthwise lines. Before training it is a thin tube around the axis, far
inside the data; after it, it has the shape of the horn, and the dots lie on it.
"""

import math

import torch

from book.ellipse.data import horn, radii
from book.ellipse.energy import LATENTS, decode
from book.ellipse.models.conditional import SEEDS, losses
from pipeline.table import Path2D, Points, Values

LABELS = {"x": r"$\cx$", "y": r"$\cy_1$", "z": r"$\cy_2$"}
POINTS, EVERY, SLICES = 1000, 4, 10
RINGS, LINES = 21, 16
REACH = 16  # of both axes of y


def best(net, x, y):
    """The predictor of least loss on x (n,) and y (n, 2), and all their losses (seeds,)."""
    each = losses(net, x.float(), y.float())
    return each.argmin(), each


def surface(net, seed):
    """Rings over fixed x, and lines over fixed z, of one predictor's manifold."""
    x = torch.linspace(0, 1, 61)
    z = torch.linspace(0, 2 * math.pi, 49)
    points = decode(net(x)[seed], z)  # (x, z, 2)
    rings, lines = points[:: 60 // (RINGS - 1)], points[:, :: 48 // LINES].transpose(0, 1)[:-1]
    return Path2D([*rings, *lines], input=[*x[:: 60 // (RINGS - 1)], *(x for _ in lines)])


def tables(conditional):
    x, y = horn(POINTS)
    seed, each = best(conditional.net, x, y)
    order = x.argsort()[::EVERY].tensor_split(SLICES)
    results = {f"slice-{k}": Points(x[i], y[i, 0], LABELS, z=y[i, 1]) for k, i in enumerate(order)}
    results |= {"before": surface(conditional.snapshots[0], seed), "after": surface(conditional.net, seed)}
    before = losses(conditional.snapshots[0], x.float(), y.float())[seed]
    numbers = Values(
        points=POINTS,
        latents=len(LATENTS),
        ends=radii(torch.tensor([0.0, 1.0]))[:, 1],
        seeds=SEEDS,
        shown=seed + 1,
        loss_before=before,
        loss_after=each[seed],
        slices=SLICES,
        reach=REACH,
    )
    return results | {"values": numbers}


def preview(axes, tables):
    panels = axes.panels(2, size=(8, 4), subplot_kw={"projection": "3d"})
    for ax, name in zip(panels, ("before", "after"), strict=True):
        for piece in tables[name].pieces():
            columns = (tables[name].columns[c][piece] for c in ("input", "x", "y"))
            ax.plot(*columns, color=axes.colour("reconstruction"), linewidth=0.5)
        for k in range(tables["values"]["slices"]):
            part = tables[f"slice-{k}"]
            ax.scatter(part.x, part.y, part.z, s=2, color=axes.colour("target"))
        axes.label(ax, x=LABELS["x"], y=LABELS["y"], title=f"{name} training")
