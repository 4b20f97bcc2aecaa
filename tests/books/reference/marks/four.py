"""Four marks.

The same spiral of seeds four times: as dots, as larger dots with a rim, as crosses and as rings.
"""

import numpy as np

from book.marks.seeds import seeds
from pipeline.table import Points


def tables():
    r, turn = seeds(60)
    return {"seeds": Points(r * np.cos(turn), r * np.sin(turn))}
