"""A fitted line.

Fifty points near a straight line, and the line that gradient descent fits to them.
"""

import torch

from book.line.data import sample
from pipeline.table import Curve, Points, Values


def tables(regression):
    x, y = sample(50, seed=0)
    grid = torch.linspace(-1, 1, 2)[:, None]
    grid[1, 0] = float("")
    labels = {"x": r"$\cx$", "y": r"$\cy$"}
    return {
        "data": Points(x[:, 0], y[:, 0], labels=labels),
        "line": Curve(grid[:, 0], y=regression(grid)[:, 0], labels=labels),
        "values": Values(slope=regression.net.weight[0, 0], loss=regression.history["loss"][-1]),
    }
