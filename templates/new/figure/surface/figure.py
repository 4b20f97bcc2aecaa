"""A drop on still water.

A surface in space: a peak in the middle, and around it rings that grow lower outwards.
"""

import numpy as np

from pipeline.table import Field


def tables():
    side = np.linspace(-9, 9, 49)
    away = np.hypot(*np.meshgrid(side, side))
    labels = {"x": "$x$", "y": "$y$", "value": "height"}
    return {"drop": Field(side, side, np.sinc(away / np.pi), labels=labels)}


def preview(axes, tables):
    drop = tables["drop"]
    x, y, height = drop.grid
    ax = axes.space(axes[0], (35, 40), (1, 1, 0.6))
    axes.surface(ax, *np.meshgrid(x, y), height)
    axes.label(ax, x=drop.labels["x"], y=drop.labels["y"], z=drop.labels["value"])
