"""Decision regions of two classifiers.

Two panels with the five arms over the regions that a classifier gives to the classes. On the left, without a
non-linearity, the regions are five wedges between straight lines, which cut across the arms. On the right, with
(·)⁺, each region winds along with its arm and holds nearly all of its points.
"""

import torch

from book.spiral import regions
from book.spiral.data import arms
from pipeline.table import Values

NAMES = [(0.72, -0.96), (-0.7, -1.01), (-1.1, 0.68), (0, 1.19), (1.1, 0.62)]  # of the classes, clear of points


def tables(linear, classifier):
    results, values = regions.comparison(*arms(), linear, classifier, every=5, names=torch.tensor(NAMES))
    return results | {"values": Values(**values)}


def preview(axes, tables):
    regions.preview(axes, tables)
