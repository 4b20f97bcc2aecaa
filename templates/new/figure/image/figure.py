"""Nine filters for stripes.

Three rows of three small pictures. Each has stripes that fade towards its rim; from the left to the right they turn by
sixty degrees at a time, and from row to row they are narrower.
"""

import numpy as np

from pipeline.table import Image

ANGLES, PERIODS = (0, 60, 120), (18, 11, 7)  # degrees; pixels


def stripes(angle, period, size=32):
    """Gabor's filter (size, size), from -1 to 1."""
    y, x = np.mgrid[:size, :size] - (size - 1) / 2
    along = x * np.cos(np.radians(angle)) + y * np.sin(np.radians(angle))
    return np.exp(-(x**2 + y**2) / (2 * (size / 5) ** 2)) * np.cos(2 * np.pi * along / period)


def tables():
    filters = np.stack([stripes(angle, period) for period in PERIODS for angle in ANGLES])
    return {"filters": Image(filters, limits=(-1, 1), names=[rf"${angle}^\circ$" for _ in PERIODS for angle in ANGLES])}
