"""Ten digits.

The digits from 0 to 9, written by hand, each in a frame of eight by eight pixels.
"""

import numpy as np
from sklearn.datasets import load_digits

from pipeline.table import Image


def tables():
    data = load_digits()
    first = [np.flatnonzero(data.target == digit)[0] for digit in range(10)]
    return {"digits": Image(data.images[first], limits=(0, 16))}
