"""Zwei Quellen, ein Muster.

Von zwei Punkten nahe dem linken Rand gehen Kreiswellen aus, Berge warm und Täler kalt gefärbt, und überlagern sich. Wo sie
sich auslöschen, laufen gestrichelte Hyperbeln fächerförmig nach rechts; zwischen ihnen ziehen die hellen Strahlen mit
den höchsten Wellen hinaus.
"""

import math

import torch

from pipeline.table import Path2D, Points, Region, Values

WAVELENGTH, APART = 1.0, 3.0
LEFT, WIDE, HALF = -1.0, 13.0, 4.4
COLUMNS, ROWS = 183, 115
LEVELS = [-2, -0.75, -0.45, -0.2, 0.2, 0.45, 0.75, 2]
SOURCES = torch.tensor([[0, APART / 2], [0, -APART / 2]], dtype=torch.float64)


def height(x, y):
    """The height of the water (…) at one moment: crests go out from both sources and flatten as 1/√r."""
    k = 2 * math.pi / WAVELENGTH
    r = [torch.hypot(x - sx, y - sy).clamp(min=0.5) for sx, sy in SOURCES]
    return sum(torch.cos(k * d) / d.sqrt() for d in r)


def still(order, points=81):
    """The line (points, 2) to the right of the sources, on which the ways differ by order + 1/2 wavelengths."""
    a = (order + 0.5) * WAVELENGTH / 2
    b = math.sqrt((APART / 2) ** 2 - a**2)
    out = torch.linspace(0, math.asinh(WIDE / b), points, dtype=torch.float64)
    line = torch.stack([b * torch.sinh(out), a * torch.cosh(out)], dim=1)
    return line[line[:, 1].abs() <= HALF]


def tables():
    x = torch.linspace(LEFT, WIDE, COLUMNS, dtype=torch.float64)
    y = torch.linspace(-HALF, HALF, ROWS, dtype=torch.float64)
    up, across = torch.meshgrid(y, x, indexing="ij")
    orders = range(-3, 3)
    return Region.bands("band", x, y, height(across, up), LEVELS) | {
        "still": Path2D([still(order) for order in orders]),
        "quellen": Points(*SOURCES.T),
        "values": Values(
            bands=len(LEVELS) - 1, left=LEFT, wide=WIDE, half=HALF, apart=APART / WAVELENGTH, lines=len(orders),
            first=math.degrees(math.asin(WAVELENGTH / 2 / APART)),
        ),
    }  # fmt: skip


def preview(axes, tables):
    ax, n = axes[0], tables["values"]["bands"]
    axes.plane(ax)
    for k in range(n):
        tables[f"band-{k}"].draw(ax, iter([axes.shade("welle", k / (n - 1))]), alpha=1)
    axes.draw(ax, tables["still"], tables["quellen"], roles=["ink"])
