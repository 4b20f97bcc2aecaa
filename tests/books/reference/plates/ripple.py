"""Rings on water.

A square in the colours of heights: bright and dark rings around its middle, which fade outwards.
"""

import numpy as np

from pipeline.table import Field


def tables():
    x = np.linspace(-1, 1, 41)
    r = np.hypot(*np.meshgrid(x, x))
    return {"height": Field(x, x, np.cos(20 * r) * np.exp(-2 * r))}
