"""The tide of three days in March.

A wave that rises and falls twice a day between one metre below the mean and one above it; high water comes half an
hour later each day. The time stands below it, and the date once a day. Four rings are at the first high waters.
"""

import numpy as np

from pipeline.table import Curve, Points

PERIOD = 12.42  # hours from high water to high water


def tables():
    time = np.datetime64("2025-03-01T00:00") + np.arange(0, 3 * 1440 + 1, 10) * np.timedelta64(1, "m")
    hours = (time - time[0]) / np.timedelta64(1, "h")
    rise = 1 + 0.15 * hours / 72  # towards spring tide
    high = PERIOD * (np.arange(4) + 0.25)
    return {
        "tide": Curve(time, level=rise * np.sin(2 * np.pi * hours / PERIOD), labels={"level": "height in m"}),
        "high": Points(time[0] + np.round(high * 60) * np.timedelta64(1, "m"), 1 + 0.15 * high / 72),
    }
