"""The classic three arms.

Two panels with three spiral arms that start at the origin, over the regions that a classifier gives to the classes. On
the left, without a non-linearity, three wedges between straight lines hold about half of the points. On the right, with
(·)⁺, each region winds along with its arm; rings mark points on the wrong side, near the centre and at the tips.
"""

import math

import torch

from book.spiral import regions
from book.spiral.data import three_arms
from pipeline.table import Values

NAMES = {  # where the classes' names stand, in their regions and clear of points
    "linear": [(-0.3, -1.15), (-1.08, 0.4), (1.08, 0.6)],
    "relu": [(-0.95, -0.95), (-0.14, 1.19), (1.13, -0.65)],
}


def lost(x, y):
    """How many points (n, 2) of three arms y (n,) the best rule gets wrong: it turns a point of radius t back by
    2t · 2π/3, which leaves the arm's angle and the noise, and takes the nearest arm. Points at the origin are one."""
    x, origin = x.double(), (x == 0).all(dim=1)
    turned = torch.atan2(*x.T) - 2 * x.norm(dim=1) * 2 * math.pi / 3
    nearest = (turned / (2 * math.pi / 3)).round().remainder(3)
    return ((nearest != y) & ~origin).sum() + (origin.sum() - 1).clamp(min=0)


def tables(three_arms_linear, three_arms_relu):
    results, values = regions.comparison(*three_arms(), three_arms_linear, three_arms_relu, every=3, names=NAMES)
    history = three_arms_relu.history["accuracy"]
    numbers = Values(**values, epochs=len(history), halfway=history[len(history) // 2], lost=lost(*three_arms()))
    return results | {"values": numbers}


def preview(axes, tables):
    regions.preview(axes, tables)
