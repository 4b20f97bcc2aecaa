"""Two charges.

Level lines around two charges of opposite signs, at the left and at the right. Two areas are filled: where the
potential is high, around the left one, and where it is low, around the right one.
"""

import numpy as np

from pipeline.table import Contours, Region

LEVELS = (-1.6, -0.8, -0.4, -0.2, 0, 0.2, 0.4, 0.8, 1.6)


def tables():
    x, y = np.linspace(-3, 3, 151), np.linspace(-1.8, 1.8, 91)
    right, up = np.meshgrid(x, y)
    value = 1 / np.hypot(right + 1, up) - 1 / np.hypot(right - 1, up)
    value = np.clip(value, -6, 6)
    return {
        "lines": Contours(x, y, value, LEVELS),
        "high": Region(x, y, value, 0.8, np.inf),
        "low": Region(x, y, value, -np.inf, -0.8),
    }
