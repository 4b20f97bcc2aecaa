"""Products on a clock.

Eleven rows of eleven squares, for the products of 1 to 11 modulo 12, dark where little is left and bright where much
is; the pattern is the same when it is turned by half a turn.
"""

import numpy as np

from pipeline.table import Cells


def tables():
    k = np.arange(1, 12)
    return {"products": Cells(np.outer(k, k) % 12, k, k, {"value": "product modulo 12"})}
