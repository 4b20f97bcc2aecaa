"""What the conditional machine can say, before and after training.

Two views into the same space, over the input x, with the data as blue dots. The machine's surface is made of facets,
which hide what lies behind them. Before training it is a thin tube around the axis, in two tones, far inside the data;
after it, it has the shape of the horn, one looks into its mouth, and the dots lie on it.
"""

import math

import torch

from book.ellipse.data import horn
from book.ellipse.energy import LATENTS, circle
from book.ellipse.horn import LABELS, LIMITS, RATIO, REACH, VIEW, in_depth
from book.ellipse.models.conditional import SEEDS, losses
from pipeline.table import Path3D, Values, towards

POINTS, EVERY = 1000, 5
RINGS, LINES = 12, 24  # facets along x, and around
ON_SCALE = 0.0  # where the samples lie on the surface's scale: at the end that is not its own colour
THIN = 8  # around the thin tube, whose facets would be narrower than the lines between them
EYE = torch.as_tensor(towards(VIEW, LIMITS, RATIO))
SCALE = torch.as_tensor(RATIO) / torch.tensor(LIMITS, dtype=torch.float64).diff(dim=1)[:, 0]  # of the axes, as drawn


def best(net, x, y):
    """The predictor of least loss on x (n,) and y (n, 2), and all their losses (seeds,)."""
    each = losses(net, x.float(), y.float())
    return each.argmin(), each


def facets(net, seed, lines=LINES):
    """The corners of the facets of one predictor's manifold, around from angle 0: shape (RINGS, lines, 4, 3)."""
    x, turn = torch.linspace(0, 1, RINGS + 1), circle(torch.linspace(0, 2 * math.pi, lines + 1))
    y = net(x)[seed].abs()[:, None] * turn  # the circle looks the same in the mirror
    p = torch.cat([x[:, None, None].expand(-1, lines + 1, 1), y], dim=-1).double()
    return torch.stack([p[:-1, :-1], p[1:, :-1], p[1:, 1:], p[:-1, 1:]], dim=2)


def outside_seen(corners):
    """Of facets (…, 4, 3): whether their outer side is turned to the eye, (…,)."""
    a, b, c, d = (SCALE * corners).unbind(dim=-2)
    normal = torch.linalg.cross(c - a, d - b)
    outwards = (normal[..., 1:] * (a + b + c + d)[..., 1:]).sum(dim=-1).sign()
    return outwards * (normal @ (EYE / SCALE)) > 0


def under(corners, x, y):
    """The facets under samples x (n,), y (n, 2), by their two numbers, each (n,)."""
    row = (x * RINGS).long().clamp(max=RINGS - 1)
    radii = torch.stack([corners[:, 0, 0, 1], corners[:, LINES // 4, 0, 2]], dim=1)[row]
    angle = torch.atan2(y[:, 1] / radii[:, 1], y[:, 0] / radii[:, 0]) % (2 * math.pi)
    return row, (angle / (2 * math.pi) * LINES).long().clamp(max=LINES - 1)


def panel(name, corners, x, y, near):
    """The facets and samples in the order in which they are drawn: far ones, and in front of them near ones.

    near : which of the samples are drawn in front of the facets whose outer side is seen, (n,).
    """
    seen, closed = outside_seen(corners), torch.cat([corners, corners[..., :1, :]], dim=-2)
    above = corners[..., 2].mean(dim=-1) > 0  # what is below is in the shade
    return {
        f"{name}-inner": Path3D(closed[~seen]), f"{name}-far": in_depth(x[~near], y[~near], ON_SCALE),
        f"{name}-shade": Path3D(closed[seen & ~above]), f"{name}-outer": Path3D(closed[seen & above]),
        f"{name}-near": in_depth(x[near], y[near], ON_SCALE),
    }  # fmt: skip


def tables(conditional):
    x, y = horn(POINTS)
    first, net = conditional.snapshots[0], conditional.net
    seed, each = best(net, x, y)
    shown = x.argsort()[::EVERY]
    xs, ys = x[shown], y[shown]
    thin, wide = facets(first, seed, THIN), facets(net, seed)
    results = panel("before", thin, xs, ys, ys @ EYE[1:] > 0)  # on this side of the axis
    results |= panel("after", wide, xs, ys, outside_seen(wide)[under(wide, xs, ys)])
    numbers = Values(
        points=POINTS,
        latents=len(LATENTS),
        seeds=SEEDS,
        shown=seed + 1,
        loss_before=losses(first, x.float(), y.float())[seed],
        loss_after=each[seed],
        reach=REACH,
        view=VIEW,
        ratio=RATIO,
    )
    return results | {"values": numbers}


def preview(axes, tables):
    values = tables["values"]
    ends = -values["reach"], values["reach"]
    for ax, name in zip(axes.panels(2, size=(6.5, 3.8)), ("before", "after"), strict=True):
        box = axes.space(ax, values["view"], values["ratio"], 0.394 / 0.38, xlim=(0, 1), ylim=ends, zlim=ends)
        box.set(xticks=[0, 0.5, 1], yticks=[0, 10], zticks=[-10, 0, 10])
        axes.facets(box, tables[f"{name}-inner"], "reconstruction", 0.4)
        axes.dots(box, tables[f"{name}-far"], "given")
        for wall, light in (("shade", (0.6, "rim")), ("outer", (0.8, "shine"))):
            axes.facets(box, tables[f"{name}-{wall}"], "reconstruction", *light if name == "before" else ())
        axes.dots(box, tables[f"{name}-near"], "given")
        axes.label(box, **LABELS, title=f"{name} training")
