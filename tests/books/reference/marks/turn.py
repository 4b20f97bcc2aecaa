"""Sine and tangent.

Two curves over one turn of an angle. The sine is a wave; the tangent rises through it at zero, half a turn and one
turn, and breaks at the quarters, where it has no value.
"""

import numpy as np

from pipeline.table import Curve


def tables():
    x = np.linspace(0, 2 * np.pi, 241)
    tangent = np.where(np.abs(np.tan(x)) < 2.4, np.tan(x), np.nan)  # a gap is a gap in the line
    return {"waves": Curve(x, sine=np.sin(x), tangent=tangent, labels={"x": r"angle $\alpha$"})}
