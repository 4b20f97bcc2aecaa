"""Six springs.

Six curves that begin at one and come to rest at zero: the blue one swings three times, each next one less, and the
red one creeps there without crossing zero.
"""

import numpy as np

from pipeline.table import Curve

DAMPING = (0.1, 0.2, 0.35, 0.55, 0.8, 1.0)  # 1 is critical


def swing(t, damping):
    """The height of a spring that was let go at 1; its own frequency is 1."""
    if damping == 1:
        return (1 + t) * np.exp(-t)
    w = np.sqrt(1 - damping**2)
    return np.exp(-damping * t) * (np.cos(w * t) + damping / w * np.sin(w * t))


def tables():
    t = np.linspace(0, 18, 55)
    heights = {f"spring-{k}": swing(t, damping) for k, damping in enumerate(DAMPING)}
    return {"springs": Curve(t, labels={"x": "time", "y": "height"}, **heights)}
