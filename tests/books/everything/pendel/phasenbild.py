"""Alle Bewegungen des Pendels auf einmal.

Waagrecht der Winkel von −3π/2 bis 3π/2, senkrecht die Winkelgeschwindigkeit. Bänder gleicher Energie bilden ein Auge um
die Ruhelage, in dem Pfeile im Uhrzeigersinn kreisen; oben und unten ziehen wellige Bahnen vorbei, nach rechts und nach
links. Eine kräftige gestrichelte Linie, die Separatrix, trennt beide und kreuzt sich bei −π und π.
"""

import math

import torch

from book.pendel.bewegung import energy
from pipeline.table import Arrows, Contours, Region, Values

LABELS = {"x": r"Winkel $\winkel$", "y": r"Tempo $\winkeltempo$ in $\omega_0$"}
WIDE, HIGH = 1.5 * math.pi, 2.9
LEVELS = [0, 0.25, 0.75, 1.25, 2, 2.75, 3.5, 4.5, 6.5]
LENGTH = 0.26  # of the arrows


def grid(columns, rows, wide=WIDE, high=HIGH):
    """The two axes of a grid, and its angles and speeds, each (rows, columns)."""
    x = torch.linspace(-wide, wide, columns, dtype=torch.float64)
    y = torch.linspace(-high, high, rows, dtype=torch.float64)
    omega, theta = torch.meshgrid(y, x, indexing="ij")
    return x, y, theta, omega


def tables():
    x, y, theta, omega = grid(181, 121)
    e = energy(theta, omega)
    _, _, at, fast = grid(13, 7, wide=WIDE - 0.4, high=HIGH - 0.5)
    u, v = fast, -at.sin()
    moving = torch.hypot(u, v) > 0.3
    scale = LENGTH / torch.hypot(u, v)
    u, v, at, fast = ((w)[moving] for w in (u * scale, v * scale, at, fast))
    return Region.bands("band", x, y, e, LEVELS, LABELS) | {
        "grenze": Contours(x, y, e, [2], LABELS),
        "pfeile": Arrows(at - u / 2, fast - v / 2, u, v, LABELS),
        "values": Values(bands=len(LEVELS) - 1, wide=WIDE, high=HIGH, edges=LEVELS),
    }


def preview(axes, tables):
    ax, n = axes[0], tables["values"]["bands"]
    axes.bands(ax, [tables[f"band-{k}"] for k in range(n)])
    axes.draw(ax, tables["grenze"], tables["pfeile"], roles=["ink"])
    axes.label(ax, **LABELS)
