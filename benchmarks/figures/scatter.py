"""Scatter 0.

Points that scatter about a wave.
"""

from book.data import sample
from pipeline.table import Points, Values

NUMBER, POINTS = 0, 50


def tables():
    x, y = sample(POINTS, seed=NUMBER)
    return {"data": Points(x, y, labels={"x": r"$\cx$", "y": r"$\cy$"}), "values": Values(mean=y.mean())}
