"""A pendulum's ways.

Arrows turn around the middle, clockwise, and flow past it above and below. A line begins at the upper left and winds
around the middle, inwards.
"""

import numpy as np

from pipeline.table import Arrows, Path2D, Points

FRICTION = 0.25


def change(state):
    """Of the angle and of its speed, along the last axis."""
    angle, speed = state[..., 0], state[..., 1]
    return np.stack([speed, -np.sin(angle) - FRICTION * speed], axis=-1)


def way(state, steps=1200, step=0.02):
    """A path (steps, 2), by the midpoint method."""
    path = [np.asarray(state, dtype=float)]
    for _ in range(steps - 1):
        path.append(path[-1] + step * change(path[-1] + step / 2 * change(path[-1])))
    return np.array(path)


def tables():
    places = np.stack(np.meshgrid(np.linspace(-3, 3, 17), np.linspace(-2.4, 2.4, 13)), axis=-1).reshape(-1, 2)
    arrows = 0.12 * change(places)
    path = way([-2.6, 2.1])
    labels = {"x": r"angle $\theta$", "y": r"its speed $\dot\theta$"}
    return {"flow": Arrows(*places.T, *arrows.T, labels=labels), "path": Path2D([path]), "start": Points(*path[:1].T)}
