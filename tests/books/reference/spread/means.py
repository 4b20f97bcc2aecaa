"""Means of few and of many draws.

Three histograms in the same bins: single draws fall off steeply from 0; means of four have a hump near 1 with a long
tail; means of sixteen form a narrow and nearly symmetric hill around 1.
"""

import numpy as np

from pipeline.table import Histogram

DRAWS = 4000


def tables():
    draws = np.random.default_rng(2).exponential(size=(DRAWS, 16))
    samples = {"one": draws[:, 0], "four": draws[:, :4].mean(axis=1), "sixteen": draws.mean(axis=1)}
    labels = {"x": "mean of exponential draws", "y": "density"}
    return {"means": Histogram(samples, labels, bins=np.linspace(0, 3, 46), density=True)}
