"""Three years of a lake's temperature.

Days as dots around a smooth curve, which rises to twenty degrees each August and falls to four in February. The
months stand below, and each year once. The second summer, between two dashed lines, is two degrees warmer.
"""

import numpy as np

from pipeline.table import Curve, Points, Values


def tables():
    day = np.arange("2022-01-01", "2025-01-01", dtype="datetime64[D]")
    count = (day - day[0]).astype(float)
    warm = 2 * np.exp(-(((count - 590) / 40) ** 2))
    mean = 12 - 8 * np.cos(2 * np.pi * (count - 45) / 365.25) + warm
    measured = mean + np.random.default_rng(3).normal(scale=0.8, size=len(day))
    labels = {"y": "temperature in °C"}
    return {
        "days": Points(day, measured, labels),
        "mean": Curve(day, y=mean),
        "values": Values(warmest=day[measured.argmax()], hour="midday & midnight", highest=measured.max()),
    }
