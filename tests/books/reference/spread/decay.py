"""A source decays.

Dots with error bars fall along a straight line on a logarithmic axis, from nine hundred counts a minute to a handful;
the bars grow as the counts become few, and most of them reach the line.
"""

import numpy as np

from pipeline.table import Curve, ErrorBars, Values

START, HALF_LIFE = 900, 4.5  # counts a minute; minutes
LABELS = {"x": "minutes", "y": "counts a minute"}


def law(t):
    return START * 0.5 ** (t / HALF_LIFE)


def tables():
    t = np.arange(0, 31, 1.5)
    counts = np.random.default_rng(8).poisson(law(t))
    line = np.linspace(0, 30, 2)
    return {
        "counts": ErrorBars(t, counts, error=np.sqrt(counts), x_error=0.5, labels=LABELS),
        "law": Curve(line, y=law(line)),
        "values": Values(half_life=HALF_LIFE),
    }
