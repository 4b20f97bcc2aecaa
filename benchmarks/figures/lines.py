"""Lines 0.

Two rough waves over one axis, the second of half the height.
"""

from book.data import sample
from pipeline.table import Curve, Values

NUMBER, POINTS = 0, 50


def tables():
    x, y = sample(POINTS, seed=NUMBER)
    return {"data": Curve(x, a=y, b=y / 2, labels={"x": r"$\cx$", "a": r"$\cy$"}), "values": Values(mean=y.mean())}
