"""Decision regions of two classifiers.

Two panels with the five arms over the regions that a classifier gives to the classes. On the left, without a
non-linearity, the regions are five wedges between straight lines, which cut across the arms. On the right, with
(·)⁺, each region winds along with its arm and holds nearly all of its points; rings mark the others.
"""

from book.spiral import regions
from book.spiral.data import arms
from pipeline.table import Values

NAMES = {  # of the classes, in their regions and clear of points
    "linear": [(1.13, -0.52), (0.3, -1.15), (-1.1, -0.85), (-1.1, 0.8), (0.6, 1.15)],
    "relu": [(0.72, -0.96), (-0.7, -1.01), (-1.13, -0.3), (0, 1.19), (1.1, 0.62)],
}


def tables(linear, classifier):
    results, values = regions.comparison(*arms(), linear, classifier, every=5, names=NAMES)
    return results | {"values": Values(**values)}


def preview(axes, tables):
    regions.preview(axes, tables)
