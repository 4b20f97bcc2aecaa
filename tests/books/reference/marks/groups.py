"""Groups of seeds.

A round spiral of seeds in eight rings of one size; the innermost is blue, the outermost red.
"""

import numpy as np

from book.marks.seeds import seeds
from pipeline.table import Points

RINGS = 8


def tables():
    r, turn = seeds(240)
    ring = np.arange(240) * RINGS // 240
    x, y = r * np.cos(turn), r * np.sin(turn)
    return {f"ring-{k}": Points(x[ring == k], y[ring == k]) for k in range(RINGS)}
