"""A source decays.

Dots with error bars fall along a straight line on a logarithmic axis; the bars grow as the counts become few, and most
of them reach the line.
"""

import numpy as np

from pipeline.table import Curve, ErrorBars, Values

START, HALF_LIFE = 800, 5  # counts a minute; minutes


def law(time):
    return START * 0.5 ** (time / HALF_LIFE)


def tables():
    time = np.arange(0, 31, 2)
    counts = np.random.default_rng(3).poisson(law(time))
    labels = {"x": "minutes", "y": "counts a minute"}
    return {
        "counts": ErrorBars(time, counts, error=np.sqrt(counts), labels=labels),
        "law": Curve([0, 30], y=law(np.array([0, 30])), labels=labels),
        "values": Values(half_life=HALF_LIFE),
    }
