"""Two paths from nearly one place.

In a box in space, two lines wind around the two wings of a butterfly. They begin side by side, and are soon in
different wings; below them their shadows lie on the floor.
"""

import numpy as np

from pipeline.table import Path3D

STEP, STEPS = 0.008, 2200
FLOOR = 0.0


def speed(place):
    x, y, z = place
    return np.array([10 * (y - x), x * (28 - z) - y, x * y - 8 / 3 * z])


def path(start):
    """Places of shape (STEPS + 1, 3), by the fourth-order rule of Runge and Kutta."""
    places = [np.array(start, float)]
    for _ in range(STEPS):
        at = places[-1]
        a = speed(at)
        b = speed(at + STEP / 2 * a)
        c = speed(at + STEP / 2 * b)
        places.append(at + STEP / 6 * (a + 2 * b + 2 * c + speed(at + STEP * c)))
    return np.array(places)


def tables():
    labels = {"x": "$x$", "y": "$y$", "z": "$z$"}
    paths = {"one": path([1, 1, 20]), "other": path([1, 1, 20.01])}
    found = {name: Path3D([places], labels) for name, places in paths.items()}
    return found | {"shadow": Path3D([places[::2] * [1, 1, 0] + [0, 0, FLOOR] for places in paths.values()], labels)}
