"""A walk by chance.

A jagged line over two hundred steps, which drifts away from where it began.
"""

import numpy as np

from pipeline.table import Curve


def tables():
    steps = np.random.default_rng(3).choice([-1, 1], 200)
    return {"walk": Curve(np.arange(201), y=np.r_[0, steps.cumsum()], labels={"x": "step", "y": "place"})}
