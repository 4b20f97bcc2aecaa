"""What preflight looks at, of marks and arrows."""

from itertools import pairwise

import numpy as np

SHOWN = 100  # marks or arrows of a layer that preflight looks at, evenly spread


def spread(count: int) -> list[tuple[int, slice]]:
    """Chunks of rows, each with the first of them to look at: [(row, rows after it)]."""
    edges = np.unique(np.linspace(0, count, min(count, SHOWN) + 1).round().astype(int)).tolist()
    return [(a, slice(a + 1, b)) for a, b in pairwise(edges)]


def hidden(text: str) -> str:
    """What preflight need not look at: it is like its neighbours."""
    return f"/Layer BMC\n{text}EMC" if text else ""
