"""A snowflake's rim.

Koch's snowflake three times: whole, its top three times as large, and a corner of that three times as large again;
each looks like the one before. A bar below says how long a length is.
"""

import numpy as np

from pipeline.table import Region, Values

DEPTH, TOP = 5, np.array([0, 1.0])
HALVES = (1.15, 1.15 / 3, 1.15 / 9)  # of what is seen


def snowflake():
    """A closed line of shape (3 * 4**DEPTH + 1, 2)."""
    line = np.exp(1j * (np.pi / 2 - np.arange(4) * 2 * np.pi / 3))
    for _ in range(DEPTH):
        a, step = line[:-1], np.diff(line) / 3
        tip = a + step + step * np.exp(1j * np.pi / 3)
        line = np.append(np.stack([a, a + step, tip, a + 2 * step], 1).ravel(), line[-1])
    return np.stack([line.real, line.imag], 1)


def tables():
    rim, near = snowflake(), {}
    for k, half in enumerate(HALVES):
        middle = TOP - [0, 0.8 * half] if k else np.zeros(2)
        line = np.clip(rim, middle - 2 * half, middle + 2 * half)  # what is out of sight is one point
        near[f"near-{k}"] = Region.inside([line[np.diff(line, axis=0, prepend=np.inf).any(axis=1)]])
    return near | {"values": Values(half=HALVES, bar=[0.5, 0.2, 0.1])}
