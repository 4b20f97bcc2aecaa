"""Where a sunflower puts its seeds: each a golden angle further than the one before."""

import numpy as np

ANGLE = np.pi * (3 - np.sqrt(5))


def seeds(count):
    """Radius and angle, each of shape (count,)."""
    k = np.arange(count)
    return np.sqrt(k + 0.5), k * ANGLE
