"""Dreizehn Maße, auf zwei Achsen gelegt.

Die Flaschen in der Ebene der ersten beiden Hauptachsen bilden einen Bogen: Barolo rechts, Grignolino unten, Barbera
links. Um jede Sorte liegt eine Ellipse. Vom Ursprung gehen fünf Pfeile aus, die zeigen, wohin es geht, wenn eine
Messgröße wächst: Flavonoide und Phenole nach rechts, Alkohol und Farbtiefe nach oben, Apfelsäure nach links.
"""

import math

import torch

from book.wein.data import SORTS, axes, by_sort, column, plane, wines
from pipeline.table import Arrows, Path2D, Values

LABELS = {"x": "erste Hauptachse", "y": "zweite Hauptachse"}
SHOWN = ("flavanoids", "alcohol", "color_intensity", "malic_acid", "hue")
LONG = 7.0  # units of the plane for a share of 1
RADIUS = 2.0  # of an ellipse, in standard deviations


def ellipse(xy, points=97):
    """The curve (points, 2) around a cloud (n, 2) whose Mahalanobis distance from the mean is RADIUS."""
    turn = torch.linspace(0, 2 * math.pi, points, dtype=torch.float64)
    circle = torch.stack([turn.cos(), turn.sin()], dim=1)
    return xy.mean(dim=0) + RADIUS * circle @ torch.linalg.cholesky(torch.cov(xy.T)).T


def tables():
    xy, y = plane()
    directions, variances = axes(wines()[0])
    tips = LONG * directions[[column(name) for name in SHOWN]]
    zero = torch.zeros(len(tips))
    share = variances / variances.sum()
    around = [ellipse(xy[y == k]) for k in range(len(SORTS))]
    inside = [inside_share(xy[y == k]) for k in range(len(SORTS))]
    return by_sort(xy, y, LABELS) | {f"ellipse-{k}": Path2D([line], LABELS) for k, line in enumerate(around)} | {
        "richtungen": Arrows(zero, zero, *tips.T, labels=LABELS),
        "values": Values(
            tips=tips, share_first=share[0], share_second=share[1], share_both=share[:2].sum(), inside=inside
        ),
    }  # fmt: skip


def inside_share(xy):
    """The share of a cloud that its ellipse holds."""
    away = xy - xy.mean(dim=0)
    return ((away @ torch.linalg.inv(torch.cov(xy.T)) * away).sum(dim=1) < RADIUS**2).double().mean()


def preview(axes, tables):
    ax = axes[0]
    axes.draw(ax, *(tables[f"sorte-{k}"] for k in range(3)), roles=["sorte0", "sorte1", "sorte2"])
    axes.draw(ax, *(tables[f"ellipse-{k}"] for k in range(3)), roles=["sorte0", "sorte1", "sorte2"])
    axes.draw(ax, tables["richtungen"], roles=["ink"])
    axes.label(ax, **LABELS)
