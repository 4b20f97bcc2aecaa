"""Two kinds of seeds.

Two clouds of points, each lying aslant: round marks on the left, crosses on the right, and a narrow seam between
them where both are found.
"""

import numpy as np

from pipeline.table import Points, Values

SPREAD = np.array([[0.55, 0.35], [0.0, 0.4]])  # what makes a round cloud an oval that lies aslant


def tables():
    chance = np.random.default_rng(7)
    left, right = (chance.normal(size=(60, 2)) @ SPREAD + [middle, 0] for middle in (-0.9, 0.9))
    labels = {"x": "length, standardised", "y": "weight, standardised"}
    return {
        "left": Points(*left.T, labels=labels),
        "right": Points(*right.T, labels=labels),
        "values": Values(distance=np.linalg.norm(right.mean(axis=0) - left.mean(axis=0))),
    }
