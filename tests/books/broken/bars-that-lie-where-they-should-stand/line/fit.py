"""A fitted line.

Bars that lie, plotted as if they stood.
"""

from pipeline.table import Bars, Values


def tables(regression):
    return {"read": Bars(["Ann", "Bob"], letters=[48, 47], lying=True), "values": Values(slope=1, loss=1)}
