"""Where ten classifiers disagree.

The variance of softargmax over ten classifiers that began differently, summed over the classes, over the plane in
bands of colour, with the five arms and their numbers on top. It is nearly nought on the data, with faint
threads along the borders between the arms; away from the data the borders of the ten drift apart and the threads open
out into bright fans. A bar gives the variances of the bands, which are narrow where it is small.
"""

import math

import torch

from book.spiral.data import LABELS, by_arm, ends, square
from book.spiral.models.committee import POINTS, sample
from pipeline.table import Region, Values

HALF, RESOLUTION = 2.0, 160
VARIANCE = {"value": r"total variance of $\softargmax(\vs)$"}
LEVELS = [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, math.inf]
APART = 0.07  # at least, of points that are shown, so that their rims hardly meet


def disagreement(s):
    """Variance over members of softargmax(s), summed over classes, for s of shape (members, n, classes): shape (n,)."""
    return s.softmax(dim=2).var(dim=0, correction=0).sum(dim=1)


def apart(xy, least):
    """Which of points (n, 2) to show, (n,): one after the other, those as far as this from all that are shown."""
    shown = torch.zeros(len(xy), dtype=torch.bool)
    for k, distances in enumerate(torch.cdist(xy, xy)):
        shown[k] = not (distances[shown] < least).any()
    return shown


def tables(committee):
    x, y = sample()
    axis, plane = square(RESOLUTION, HALF)
    variance = disagreement(committee(plane))
    outside = plane.norm(dim=1) > x.norm(dim=1).max()  # farther out than any arm reaches
    field = variance.reshape(RESOLUTION, RESOLUTION)
    values = Values(
        half=HALF,
        points_each=POINTS,
        ends=ends(5),
        levels=LEVELS[:-1],
        greatest=variance.max(),
        mean_on_data=disagreement(committee(x)).mean(),
        mean_outside=variance[outside].mean(),
    )
    some = torch.arange(0, len(x), 3)
    some = some[apart(x[some], APART)]
    return (
        by_arm(x[some], y[some])
        | Region.bands("variance", axis, axis, field, LEVELS, LABELS | VARIANCE)
        | {"values": values}
    )


def preview(axes, tables):
    values, ticks = tables["values"], range(-2, 3)
    (ax,) = axes.panels(1, size=(4.8, 4.6))
    axes.plane(ax, xlim=(-HALF, HALF), ylim=(-HALF, HALF), xticks=ticks, yticks=ticks)
    axes.bands(ax, [tables[f"variance-{k}"] for k in range(len(LEVELS) - 1)])
    axes.draw(ax, *(tables[f"arm-{k}"] for k in range(5)), roles=axes.roles("class", 5))
    axes.rimmed(ax)
    axes.number(ax, values["ends"], "class", over="field")
    axes.level_bar(LEVELS, ax, even=True)
    axes.label(ax, **LABELS, title=VARIANCE["value"])
