"""Two stones in a pond.

Rings spread from two places and cross one another: where crests meet, the water is highest, in the light colours;
between them run still, slightly bent lines. A cross marks each of the places.
"""

import numpy as np

from pipeline.table import Field, Points

STONES = np.array([[-1.5, 0], [1.5, 0]])
WAVE = 1.5  # from crest to crest


def tables():
    x, y = np.linspace(-4, 4, 49), np.linspace(-2.4, 2.4, 30)
    here = np.stack(np.meshgrid(x, y), axis=-1)  # (rows, columns, 2)
    away = np.linalg.norm(here[:, :, None] - STONES, axis=-1)
    height = (np.cos(2 * np.pi * away / WAVE) / np.sqrt(1 + away)).sum(axis=-1)
    return {"water": Field(x, y, height, labels={"value": "height of the water"}), "stones": Points(*STONES.T)}


def preview(axes, tables):
    axes.plane(axes[0])
    axes.draw(axes[0], tables["water"])
    axes.draw(axes[0], tables["stones"], roles=["@first"])
    axes.colour_bar(axes[0])
