"""The data of the conditional case.

A thousand points in space, in colours from blue to pink as the input x grows from 0 to 1, and paler and smaller the
farther away they are. Over each x the points
(y₁, y₂) lie on an ellipse, drawn at five places: at x = 0 a small one, wider than it is high; at x = 1 one several
times as large, higher than it is wide. Together they are a horn that opens.
"""

import torch

from book.ellipse.data import NOISE, horn, radii
from book.ellipse.energy import circle
from pipeline.table import Path2D, Points, Values, nearness, towards

LABELS = {"x": r"$\cx$", "y": r"$\cy_1$", "z": r"$\cy_2$"}
POINTS = 1000
RINGS = torch.linspace(0, 1, 5)  # values of x at which the ellipse is drawn without noise
REACH = 16  # of both axes of y
VIEW, RATIO = (32, 16), (1.5, 1, 1)  # from where the box is seen, and its edges
LIMITS = (0, 1), (-REACH, REACH), (-REACH, REACH)


def in_depth(x, y, value=None):
    """Samples x (n,), y (n, 2) in space, the farthest first: so the nearer hides the farther.

    value : where they all lie on the scale of colours; by x, where it is not given.
    """
    places = torch.cat([x[:, None], y], dim=1)
    near = torch.as_tensor(nearness(places, towards(VIEW, LIMITS, RATIO)))
    order = near.argsort()
    values = x if value is None else torch.full_like(x, value)
    return Points(*places[order].T[:2], LABELS, z=places[order, 2], value=values[order], near=near[order])


def tables():
    x, y = horn(POINTS)
    samples = in_depth(x, y)
    turn = circle(torch.linspace(0, 2 * torch.pi, 61, dtype=torch.float64))
    rings = {f"ring-{k}": Path2D([rho * turn]) for k, rho in enumerate(radii(RINGS))}
    start, end = radii(torch.tensor([0.0, 1.0], dtype=torch.float64))
    values = Values(
        points=POINTS, rings=RINGS, reach=REACH, view=VIEW, ratio=RATIO, noise=NOISE, noise_variance=NOISE**2,
        rho1_start=start[0], rho2_start=start[1], rho1_end=end[0], rho2_end=end[1],
    )  # fmt: skip
    return {"samples": samples} | rings | {"values": values}


def preview(axes, tables):
    values, rings = tables["values"], tables["values"]["rings"]
    ends = -values["reach"], values["reach"]
    (ax,) = axes.panels(1, size=(5.5, 4))
    ax = axes.space(ax, values["view"], values["ratio"], 0.89 / 0.56, xlim=(0, 1), ylim=ends, zlim=ends)
    ax.set(xticks=[0, 0.2, 0.4, 0.6, 0.8, 1], yticks=[-10, 0, 10], zticks=[-10, 0, 10])
    ax.grid(True)
    for k, at in enumerate(rings):
        ring = tables[f"ring-{k}"]
        ax.plot(ring.x, ring.y, at, zdir="x", color=axes.colour("axis"), linewidth=0.7)
        if at in (0, 1):
            axes.note(ax, rf"$\cx={at:g}$", (at, 0.15 * max(ring.x), max(ring.y)), ha="left", va="bottom")
    axes.dots(ax, tables["samples"], "given")
    axes.label(ax, **LABELS)
