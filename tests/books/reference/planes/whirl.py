"""A whirl.

Arrows on a square grid turn around its middle against the clock and into it; they are longest half way out.
"""

import numpy as np

from pipeline.table import Arrows


def tables():
    x, y = (each.ravel() for each in np.meshgrid(*[np.linspace(-1, 1, 10)] * 2))
    r2 = x**2 + y**2
    size = 0.75 * np.exp(-1.6 * r2)
    return {"flow": Arrows(x, y, size * (-y - 0.4 * x), size * (x - 0.4 * y))}
