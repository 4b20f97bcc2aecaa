"""The linear output as energy.

Five panels, one a class y: the energy F(x, y) = −s_y over the plane in bands of colour, each a valley, of negative
energies (dark), that deepens outwards along the arm of its class. The sixth panel shows logsumexp(s), the same for all
classes, which added to any of the five gives its cross-entropy; there the arms carry their numbers. A thin line is the
level of nought. A bar gives the values of the bands.
"""

import math

from book.spiral.data import LABELS, arms, square
from book.spiral.energies import ENDS, FINER, HALF, RESOLUTION, draw, identity_error, panels, plane
from pipeline.table import Contours, Values

LEVELS = [-math.inf, *range(-20, 21, 5), math.inf]  # in nats


def tables(classifier):
    x, y = arms()
    every = classifier(plane(FINER)).logsumexp(dim=1)
    energies = -classifier(plane())
    results = panels(energies, LEVELS, every, r"$\logsumexp(\vs)$")
    (axis, _), (low, high) = square(RESOLUTION, HALF), (energies.amin(dim=0), energies.amax(dim=0))
    results |= {
        f"zero-{k}": Contours(axis, axis, energy.reshape(RESOLUTION, RESOLUTION), [0], LABELS)
        for k, energy in enumerate(energies.T)
        if low[k] < 0 < high[k]
    }
    return results | {
        "values": Values(half=HALF, levels=LEVELS[1:-1], ends=ENDS, identity_error=identity_error(classifier(x), y))
    }


def preview(axes, tables):
    draw(axes, tables, LEVELS, zero="zero")
