"""A fitted line.

Fifty points near a straight line, and the line that gradient descent fits to them.
"""

import torch

from book.line.data import sample
from pipeline.table import Curve, Points, Values


def tables(regression):
    x, y = torch.tensor([[float(v) for v in row.split(",")] for row in open("/home/me/data/points.csv", encoding="utf-8")]).T
    x, y = x[:, None], y[:, None]
    grid = torch.linspace(-1, 1, 2)[:, None]
    labels = {"x": r"$\cx$", "y": r"$\cy$"}
    return {
        "data": Points(x[:, 0], y[:, 0], labels=labels),
        "line": Curve(grid[:, 0], y=regression(grid)[:, 0], labels=labels),
        "values": Values(slope=regression.net.weight[0, 0], loss=regression.history["loss"][-1]),
    }
