"""A saddle in space.

A surface that rises to both sides along one axis and falls along the other; a row of dots runs over it, along its
ridge down and up again.
"""

import numpy as np

from pipeline.table import Field, Points


def tables():
    axis, turn = np.linspace(-1, 1, 21), np.linspace(0, 2 * np.pi, 40, endpoint=False)
    right, up = np.meshgrid(axis, axis)
    x, y = 0.8 * np.cos(turn), 0.8 * np.sin(turn)
    return {"saddle": Field(axis, axis, right**2 - up**2), "round": Points(x, y, z=x**2 - y**2)}
