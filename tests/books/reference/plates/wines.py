"""What goes together in wine.

A triangle of squares, a row and a column for each of thirteen quantities measured in 178 wines: red where two grow
together, blue where one grows as the other shrinks, pale where they have little to do with one another, with the
correlation as a number in each. Flavanoids and total phenols, at 0.86, are the reddest.
"""

import numpy as np
from sklearn.datasets import load_wine

from pipeline.table import Cells

NAMES = [
    "alcohol", "malic acid", "ash", "alkalinity", "magnesium", "phenols", "flavanoids", "other phenols", "tannins",
    "colour", "hue", "dilution", "proline",
]  # fmt: skip


def tables():
    correlation = np.corrcoef(load_wine().data.T)
    below = np.where(np.tri(13, k=-1) > 0, correlation, np.nan)[1:, :-1]
    return {"correlation": Cells(below, NAMES[:-1], NAMES[1:], {"value": "correlation"})}
