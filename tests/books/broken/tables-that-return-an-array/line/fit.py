"""A fitted line.

Fifty points near a straight line, and the line that gradient descent fits to them.
"""

import torch

from book.line.data import sample
from pipeline.table import Curve, Points, Values


def tables(regression):
    x, y = sample(50, seed=0)
    grid = torch.linspace(-1, 1, 2)[:, None]
    labels = {"x": r"$\cx$", "y": r"$\cy$"}
    return x.numpy()
