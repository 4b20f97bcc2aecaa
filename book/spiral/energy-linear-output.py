"""The linear output as energy.

Five panels, one a class y: the energy F(x, y) = −s_y over the plane in bands of colour, each a valley, of negative
energies (dark), that deepens outwards along the arm of its class. The sixth panel shows logsumexp(s), the same for all
classes, which added to any of the five gives its cross-entropy; there the arms carry their numbers. A bar gives the
values of the bands.
"""

import math

from book.spiral.data import arms
from book.spiral.energies import ENDS, FINER, HALF, draw, identity_error, panels, plane
from pipeline.table import Values

LEVELS = [-math.inf, *range(-20, 21, 5), math.inf]  # in nats


def tables(classifier):
    x, y = arms()
    every = classifier(plane(FINER)).logsumexp(dim=1)
    results = panels(-classifier(plane()), LEVELS, every, r"$\logsumexp(\vs)$")
    return results | {
        "values": Values(half=HALF, levels=LEVELS[1:-1], ends=ENDS, identity_error=identity_error(classifier(x), y))
    }


def preview(axes, tables):
    draw(axes, tables, LEVELS)
