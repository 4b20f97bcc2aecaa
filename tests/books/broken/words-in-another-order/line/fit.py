"""A fitted line.

Two tables that have the same words in another order.
"""

from pipeline.table import Bars, Points, Values


def tables(regression):
    return {
        "data": Points(["pears", "figs"], [1, 2], labels={"x": "fruit", "y": "kg"}),
        "line": Bars(["figs", "pears"], y=[2, 1]),
        "values": Values(slope=1, loss=1),
    }
