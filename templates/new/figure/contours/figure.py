"""A hill with two tops.

Level lines lie around two tops, closer where the hill is steep; a saddle lies between them. The area above the saddle
is tinted, and a point marks each top.
"""

import numpy as np

from pipeline.table import Contours, Points, Region, Values


def height(x, y):
    """In hundreds of metres."""
    return 4 * np.exp(-((x + 1) ** 2) - y**2) + 3 * np.exp(-((x - 1.1) ** 2) - (y - 0.4) ** 2)


def tables():
    x, y = np.linspace(-3, 3, 121), np.linspace(-1.8, 2.2, 81)
    value = height(*np.meshgrid(x, y))
    halves = [(value[:, x < 0], x[x < 0]), (value[:, x >= 0], x[x >= 0])]
    tops = [(side[part.argmax() % part.shape[1]], y[part.argmax() // part.shape[1]]) for part, side in halves]
    ridge = value.max(axis=0)  # as one walks from the left to the right
    saddle = ridge[np.abs(x) < 0.8].min()
    return {
        "lines": Contours(x, y, value, np.arange(0.5, 4, 0.5)),
        "above": Region(x, y, value, saddle, np.inf),
        "tops": Points(*np.transpose(tops)),
        "values": Values(saddle=100 * saddle, highest=100 * value.max()),
    }


def preview(axes, tables):
    axes.plane(axes[0])
    axes.draw(axes[0], tables["above"], tables["lines"], tables["tops"], roles=["@first", "ink", "@second"])
