"""Seeds by weight.

The same spiral with rimmed dots of two properties: the further out, the brighter; and along five rays they are large,
between these small.
"""

import numpy as np

from book.marks.seeds import seeds
from pipeline.table import Points


def tables():
    r, turn = seeds(150)
    ray = (1 + np.cos(5 * turn)) / 2
    return {"seeds": Points(r * np.cos(turn), r * np.sin(turn), value=r / r.max(), size=ray)}
