"""How a swing comes to rest.

A curve swings about nought, less far each time. Two dashed curves, mirror images, draw together and touch its crests
and its troughs.
"""

import numpy as np

from pipeline.table import Curve, Values

FADING = 6  # s until the swing is a factor e smaller


def tables():
    time = np.linspace(0, 20, 401)
    above = np.exp(-time / FADING)
    labels = {"x": "time in seconds", "y": "angle in radians"}
    return {
        "swing": Curve(time, angle=above * np.cos(2 * time), above=above, below=-above, labels=labels),
        "values": Values(half_life=FADING * np.log(2)),
    }
