"""The classic three arms.

Two panels with three spiral arms that start at the origin, over the regions that a classifier gives to the classes. On
the left, without a non-linearity, three wedges between straight lines hold about half of the points. On the right, with
the ReLU, each region winds along with its arm.
"""

from book.spiral import regions
from book.spiral.data import three_arms
from pipeline.table import Values


def tables(three_arms_linear, three_arms_relu):
    results, values = regions.comparison(*three_arms(), three_arms_linear, three_arms_relu, every=3)
    return results | {"values": Values(**values, epochs=len(three_arms_relu.history["loss"]))}


def preview(axes, tables):
    regions.preview(axes, tables)
