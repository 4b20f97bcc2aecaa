"""Rosenbrock's banana.

Bands of height, from dark below to bright above, around a narrow valley that is bent as a banana.
"""

import numpy as np

from pipeline.table import Region, Values

LEVELS = [-np.inf, 0.3, 1, 3, 10, 30, 100, np.inf]


def tables():
    x, y = np.linspace(-2, 2, 121), np.linspace(-1, 3, 121)
    right, up = np.meshgrid(x, y)
    value = (1 - right) ** 2 + 20 * (up - right**2) ** 2
    return Region.bands("band", x, y, value, LEVELS) | {"values": Values(levels=LEVELS[1:-1])}
