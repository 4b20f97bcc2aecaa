"""Tables of what lies in space, and how near it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.table.kinds import Path2D
from pipeline.table.numbers import Array, Numbers, array


class Path3D(Path2D):
    """Lines in space, with blank lines between them.

    pieces : a line each, of shape (n, 3), where n may differ; more : further columns, a list each, in which every piece
    has one number, or a vector of shape (n,).
    """

    AXES = along = "xyz"


def towards(view: Sequence[float], limits: Sequence[Sequence[float]], ratio: Sequence[float] = (1, 1, 1)) -> Array:
    """The direction to the eye, (3,), by which places in a box are multiplied for their nearness.

    view : the azimuth and elevation of PGFPlots's `view`, in degrees; limits : the least and greatest x, y and z of the
    box; ratio : of its edges, `plot box ratio`.
    """
    azimuth, elevation = np.radians(view)
    eye = np.array([np.sin(azimuth) * np.cos(elevation), -np.cos(azimuth) * np.cos(elevation), np.sin(elevation)])
    return eye * ratio / np.ptp(np.asarray(limits, dtype=float), axis=1)


def nearness(places: Numbers, direction: Array) -> Array:
    """How near places (n, 3) are to the eye, (n,): 0 for the farthest of them, 1 for the nearest."""
    depth = array(places) @ direction
    return (depth - depth.min()) / (np.ptp(depth) or 1)
