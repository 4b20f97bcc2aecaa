"""Downhill with momentum.

A valley that runs aslant, dark at its bottom. A line with dots begins on its left slope, swings from side to side
along the valley, and winds into the cross at its lowest place.
"""

import numpy as np

from pipeline.table import Field, Path2D, Points, Values

HESSE = np.array([[1.0, 0.9], [0.9, 1.4]])
RATE, MOMENTUM, STEPS = 0.15, 0.78, 30


def height(place):
    """Of places of shape (…, 2)."""
    return 0.5 * np.einsum("...i,ij,...j", place, HESSE, place)


def tables():
    places, speed = [np.array([-1.7, -0.4])], np.zeros(2)
    for _ in range(STEPS):
        speed = MOMENTUM * speed - RATE * HESSE @ places[-1]
        places.append(places[-1] + speed)
    path, axis = np.array(places), np.linspace(-2, 2, 33)
    return {
        "valley": Field(axis, axis, np.sqrt(height(np.stack(np.meshgrid(axis, axis), -1)))),
        "path": Path2D([path]),
        "steps": Points(*path[:14].T),
        "lowest": Points([0], [0]),
        "values": Values(start=path[0]),
    }
