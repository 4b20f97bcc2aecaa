"""The data of the conditional case.

A thousand points in space, in ten colours from blue to pink as the input x grows from 0 to 1. Over each x the points
(y₁, y₂) lie on an ellipse, drawn at five places: at x = 0 a small one, wider than it is high; at x = 1 one several
times as large, higher than it is wide. Together they are a horn that opens.
"""

import numpy as np
import torch

from book.ellipse.data import NOISE, horn, radii
from book.ellipse.energy import circle
from pipeline.table import Path2D, Points, Values

LABELS = {"x": r"$\cx$", "y": r"$\cy_1$", "z": r"$\cy_2$"}
POINTS, SLICES = 1000, 10
RINGS = torch.linspace(0, 1, 5)  # values of x at which the ellipse is drawn without noise
REACH = 16  # of both axes of y


def tables():
    x, y = horn(POINTS)
    order = x.argsort().tensor_split(SLICES)
    slices = {f"slice-{k}": Points(x[i], y[i, 0], LABELS, z=y[i, 1]) for k, i in enumerate(order)}
    turn = circle(torch.linspace(0, 2 * torch.pi, 61, dtype=torch.float64))
    rings = {f"ring-{k}": Path2D([rho * turn]) for k, rho in enumerate(radii(RINGS))}
    start, end = radii(torch.tensor([0.0, 1.0], dtype=torch.float64))
    values = Values(
        points=POINTS, slices=SLICES, rings=RINGS, reach=REACH, noise=NOISE, noise_variance=NOISE**2,
        rho1_start=start[0], rho2_start=start[1], rho1_end=end[0], rho2_end=end[1],
    )  # fmt: skip
    return slices | rings | {"values": values}


def preview(axes, tables):
    (ax,) = axes.panels(1, size=(5.5, 4), subplot_kw={"projection": "3d"})
    values = tables["values"]
    for k, at in enumerate(values["rings"]):
        ring = tables[f"ring-{k}"]
        ax.plot(ring.x, ring.y, at, zdir="x", color=axes.colour("axis"), linewidth=0.7)
    parts = [tables[f"slice-{k}"] for k in range(values["slices"])]
    x, y, z = (np.concatenate([part.columns[name] for part in parts]) for name in ("x", "y", "z"))
    ax.scatter(x, y, z, s=2, c=x, cmap="given")
    axes.label(ax, x=LABELS["x"], y=LABELS["y"])
    axes.write(ax.set_zlabel("z"), LABELS["z"])
