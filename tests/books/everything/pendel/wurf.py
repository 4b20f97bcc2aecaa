"""Alle Würfe unter einem Bogen.

Acht Wurfparabeln aus einem Punkt, mit gleichem Tempo und Winkeln von 15 bis 85 Grad, und die Hüllparabel, die sie alle
berühren. Die Parabel von 45 Grad ist hervorgehoben: sie kommt am weitesten.
"""

import math

import torch

from pipeline.table import Curve, Path2D, Values

ANGLES = (15, 25, 35, 55, 65, 75, 85)  # in degrees, besides 45
POINTS = 61


def throw(degrees):
    """The path (POINTS, 2) of a body thrown with unit speed at an angle, where g is 1, until it is back on the ground."""
    angle = math.radians(degrees)
    t = torch.linspace(0, 2 * math.sin(angle), POINTS, dtype=torch.float64)
    return torch.stack([t * math.cos(angle), t * math.sin(angle) - t**2 / 2], dim=1)


def tables():
    x = torch.linspace(0, 1, 101, dtype=torch.float64)
    labels = {"x": r"Weite $gx/v^2$", "y": r"Höhe $gy/v^2$"}
    return {
        "wuerfe": Path2D([throw(angle) for angle in ANGLES], labels),
        "weitester": Path2D([throw(45)], labels),
        "huelle": Curve(x, labels, y=(1 - x**2) / 2),
        "values": Values(throws=len(ANGLES) + 1, furthest=throw(45)[-1, 0]),
    }


def preview(axes, tables):
    axes.draw(axes[0], tables["wuerfe"], tables["weitester"], tables["huelle"], roles=["vergleich", "lage", "theorie"])
    axes.label(axes[0], **tables["huelle"].labels)
