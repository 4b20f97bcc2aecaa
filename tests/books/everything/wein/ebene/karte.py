"""Die Landkarte des Netzes.

Dieselbe Ebene, von einem kleinen Netz in drei Gebiete geteilt, eines für jede Sorte; ihre Grenzen sind glatte Bögen.
Gestrichelte Linien zeigen, wo sich das Netz zu neunzig Prozent sicher ist. Kleine Punkte sind die Flaschen, an denen
es gelernt hat, große Zeichen die zurückgehaltenen; um jede, bei der es irrt, liegt ein Ring; die meisten liegen
nahe an den Grenzen.
"""

import torch

from book.wein.data import SORTS, by_sort, plane, split
from pipeline.table import Contours, Points, Region, Values

LABELS = {"x": "erste Hauptachse", "y": "zweite Hauptachse"}
HALF, RESOLUTION = (5.0, 4.4), (121, 107)
SURE = 0.9


def grid():
    """The axes of a grid over the plane, and its points (rows, columns, 2)."""
    x, y = (torch.linspace(-h, h, n, dtype=torch.float64) for h, n in zip(HALF, RESOLUTION, strict=True))
    up, across = torch.meshgrid(y, x, indexing="ij")
    return x, y, torch.stack([across, up], dim=-1)


def lead(s):
    """By how much each linear output (…, k) exceeds the greatest of the others."""
    top = s.topk(2, dim=-1)
    rival = torch.where(s == top.values[..., :1], top.values[..., 1:], top.values[..., :1])
    return s - rival


def tables(klassen):
    xy, y = plane()
    out = ~split(y)
    x_axis, y_axis, points = grid()
    s = klassen(points)
    own, sure = lead(s), s.softmax(dim=-1).amax(dim=-1)
    results = {f"gebiet-{k}": Region(x_axis, y_axis, own[..., k], 0, torch.inf, LABELS) for k in range(len(SORTS))}
    right = klassen(xy).argmax(dim=1) == y
    results |= by_sort(xy[out], y[out], LABELS)
    results |= {f"gezeigt-{k}": Points(*xy[~out & (y == k)].T, labels=LABELS) for k in range(len(SORTS))}
    results["sicher"] = Contours(x_axis, y_axis, sure, [SURE], LABELS)
    wrong = xy[~right]
    if len(wrong):
        results["irrtum"] = Points(*wrong.T, labels=LABELS)
    return results | {
        "values": Values(
            half=HALF, sure=SURE, left_out=out.sum(), shown=(~out).sum(), wrong=(~right).sum(),
            accuracy_out=right[out].double().mean(), accuracy_shown=right[~out].double().mean(),
            parameters=sum(p.numel() for p in klassen.net.parameters()),
        )
    }  # fmt: skip


def preview(axes, tables):
    ax = axes[0]
    axes.plane(ax)
    axes.draw(ax, *(tables[f"gebiet-{k}"] for k in range(3)), roles=["sorte0", "sorte1", "sorte2"])
    axes.draw(ax, *(tables[f"sorte-{k}"] for k in range(3)), roles=["sorte0", "sorte1", "sorte2"])
