"""Fields over the plane of y: the window that the chapter's figures share, and its bands."""

import math

import torch

from book.ellipse.plane import LABELS
from pipeline.table import Region

WINDOW = 3.0, 2.0  # half of its width and height


def window(columns, rows):
    """Axes of shape (columns,) and (rows,), and the points of their grid, (rows, columns, 2)."""
    axes = [
        torch.linspace(-half, half, n, dtype=torch.float64) for half, n in zip(WINDOW, (columns, rows), strict=True)
    ]
    return *axes, torch.stack(torch.meshgrid(*axes, indexing="xy"), dim=-1)


def bands(name, x, y, field, levels):
    """{"name-k": Region, …}: those bands that a field (rows, columns) reaches, k counted over all levels.

    Each reaches under those above it: draw them in order. The first and the last hold what lies beyond the levels, too.
    """
    edges = [-math.inf, *levels[1:-1], math.inf]
    reached = [k for k in range(len(levels) - 1) if edges[k] < field.max() and edges[k + 1] > field.min()]
    return {f"{name}-{k}": Region(x, y, field, edges[k], math.inf, LABELS) for k in reached}


def draw(axes, ax, tables, name, count, **options):
    """The bands of that name, in the colours of so many, and the manifold; options : as for axes.plane."""
    right, top = tables["values"]["window"]
    axes.plane(ax, xlim=(-right, right), ylim=(-top, top), **options)
    for k in range(count):
        if region := tables.get(f"{name}-{k}"):
            axes.bands(ax, [region], of=count, first=k)
    axes.over_field(ax, tables["manifold"], "reconstruction")
