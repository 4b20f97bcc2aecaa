"""Where points are on a chart, which gives each place in a plane a colour of its own."""

from __future__ import annotations

import numpy as np

from pipeline.table.numbers import Array, Numbers, array

STEPS = 12  # of a chart's colours along each side: as many as eyes tell apart among dots


def placed(places: Numbers, half: float, steps: int = STEPS) -> dict[str, Array]:
    """The columns of Points whose marks keep the colours of places (n, 2) in a square about the origin:
    Points(x, y, **placed(start, 2.5)).

    half : the square's side, halved; what lies beyond has the colours of its rim. across, up : each of shape (n,), from
    0 to 1, in so many steps.
    """
    shares = (array(places) / half).clip(-1, 1) / 2 + 0.5
    across, up = (np.round(shares * (steps - 1)) / (steps - 1)).T
    return {"across": across, "up": up}
