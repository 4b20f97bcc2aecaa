"""The energy of each class.

Five panels, one a class y: the cross-entropy F(x, y) of the trained classifier over the plane in bands of colour, low
(dark) where x belongs to the class. The points of that class lie in the valley. A sixth panel shows the least of the
five energies: low nearly everywhere, with ridges where the classifier changes its mind; there the arms carry their
numbers. A bar gives the energies of the bands, which are narrow where energies are low.
"""

import math

from book.spiral.data import arms
from book.spiral.energies import ENDS, FINER, HALF, cross_entropies, draw, identity_error, of, panels, plane
from pipeline.table import Values

LEVELS = [0, 0.05, 0.2, 0.5, 1, 2.5, 5, 10, 15, 20, math.inf]  # in nats, close where it is low


def tables(classifier):
    x, y = arms()
    s = classifier(x)
    energies = cross_entropies(classifier(plane()))
    least = cross_entropies(classifier(plane(FINER))).amin(dim=1)
    results = panels(energies, LEVELS, least, r"$\min_{\cy} \energy(\vx, \cy)$")
    mean = of(cross_entropies(s), y).mean()
    return results | {
        "values": Values(
            half=HALF, levels=LEVELS[:-1], ends=ENDS, energy_mean=mean, identity_error=identity_error(s, y)
        )
    }


def preview(axes, tables):
    draw(axes, tables, LEVELS)
