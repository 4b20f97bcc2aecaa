"""What is kept of a figure's tables to recognise them: a few numbers, at most a screenful for each table.

- Points, curves, fields, arrows and bars: 32 of their rows, and statistics of all rows.
- Lines: 32 of their points, and statistics of the curve, for another time it may have more or fewer vertices.
- Regions: a picture of 60 by 30 cells, for where a field is flat, rounding decides how a region breaks up.
"""

import re
import string
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from pipeline.table import Array, Contours, Path2D, Region, Table
from pipeline.table.numbers import gaps

ROWS, CELLS = 32, (60, 30)
LINES = (Path2D, Contours)
NUMBERED = re.compile(r"(.*-)(\d+)")  # the name of a region that is one of several
MARKS = string.digits + string.ascii_letters  # of the regions of a picture
TINY = 1e-300  # added to denominators, so that none is 0


class Kept(NamedTuple):
    """What is kept of a table."""

    kind: str  # its type and, unless it is a line, its number of rows
    columns: list[str]  # their names
    numbers: dict[str, Array]  # {statistic or row: a number for each column, (columns,)}
    picture: tuple[str, ...] = ()  # of regions: line by line, a letter for each cell
    words: Mapping[str, list[str]] = {}  # {column: what its numbers count}


def matrix(table: Table) -> Array:
    """All columns of a table that hold anything, of shape (rows, columns)."""
    return np.column_stack([table.columns[name].astype(float) for name in held(table)])


def held(table: Table) -> list[str]:
    """The names of the columns in which anything is: not all is missing, as in those of error bars that have none."""
    return [name for name, column in table.columns.items() if not gaps(column).all()]


def extremes(values: Array) -> dict[str, Array]:
    """The least and the greatest of values (n, columns), each (columns,)."""
    return {"least": np.nanmin(values, axis=0), "greatest": np.nanmax(values, axis=0)}


def spread(values: Array) -> Array:
    """The unit in which differences from values (n, …) are measured: their range or, if all are equal, their size."""
    extent = np.ptp(values, axis=0)
    return np.where(extent > 0, extent, np.abs(values).max(axis=0))


def segments(table: Table) -> tuple[Array, Array]:
    """Beginnings and ends of a line's segments, each (rows, columns).

    The last vertex of each piece counts as a segment of length 0.
    """
    points = matrix(table)
    following = np.arange(len(points)) + 1
    last = [piece.stop - 1 for piece in table.pieces()]
    following[last] = last
    return points, points[following]


def moments(values: Array, weights: Array | None = None) -> dict[str, Array]:
    """Mean and standard deviation of values (n, columns), weighted by `weights` (n,): each (columns,).

    Missing values are left out, of which only values without weights have any.
    """
    if np.isnan(values).any():
        return {"mean": np.nanmean(values, axis=0), "deviation": np.nanstd(values, axis=0)}
    mean = np.average(values, axis=0, weights=weights)
    return {"mean": mean, "deviation": np.sqrt(np.average((values - mean) ** 2, axis=0, weights=weights))}


def curve_moments(table: Table) -> dict[str, Array]:
    """Mean and standard deviation along a line; `travel` is the way that it goes along each axis, back and forth."""
    begin, end = segments(table)
    lengths = np.linalg.norm((end - begin) / (spread(begin) + TINY), axis=1) + TINY
    return moments((begin + end) / 2, lengths) | {"travel": np.abs(end - begin).sum(axis=0)}


def nearest(points: Array, table: Table) -> Array:
    """The points of a line that are nearest to points (n, columns); distances are in units of the columns' spreads."""
    begin, end = segments(table)
    unit = spread(begin) + TINY
    step = (end - begin) / unit
    # Each point is projected onto each segment, (n, segments): 0 is the segment's beginning, 1 its end.
    share = ((points[:, None] - begin) / unit * step).sum(axis=2) / ((step**2).sum(axis=1) + TINY)
    on = begin + share.clip(0, 1)[:, :, None] * (end - begin)
    distances = (((on - points[:, None]) / unit) ** 2).sum(axis=2)
    return on[np.arange(len(points)), distances.argmin(axis=1)]


def thin(table: Table, golden: Kept | None = None) -> Kept:
    """What is kept of a table; of a line that has a golden one, the points that are nearest to the golden ones."""
    values, kind = matrix(table), type(table).__name__
    rows = np.linspace(0, len(values) - 1, min(ROWS, len(values))).round().astype(int)
    numbered = {f"row {row}": values[row] for row in rows}
    if not isinstance(table, LINES):
        numbers = extremes(values) | moments(values) | numbered
        return Kept(f"{kind}, {len(values)} rows", held(table), numbers, words=table.words)
    if golden:
        old = {at: row for at, row in golden.numbers.items() if at.startswith("row")}
        numbered = dict(zip(old, nearest(np.array(list(old.values())), table), strict=True))
    return Kept(kind, held(table), extremes(values) | curve_moments(table) | numbered, words=table.words)


def inside(points: Array, region: Table) -> Array:
    """Which of points (n, 2) lie in a region, by the even-odd rule: (n,), Boolean."""
    from matplotlib.path import Path as Outline

    rings = [Outline(matrix(region)[piece]) for piece in region.pieces()]
    return np.sum([ring.contains_points(points) for ring in rings], axis=0) % 2 == 1


def paint(regions: list[Table], golden: Kept | None = None) -> Kept:
    """What is kept of regions: they are drawn one over another, in the window of golden ones or else in their own."""
    extent = extremes(np.concatenate([matrix(region) for region in regions]))
    was = golden.numbers if golden and golden.numbers.keys() == extent.keys() else extent  # or it was no region
    low, high = was.values()
    across, up = ((np.arange(n) + 0.5) / n for n in CELLS)
    centres = low + (high - low) * np.stack(np.meshgrid(across, up[::-1]), axis=2).reshape(-1, 2)
    cells = np.full(len(centres), ".")
    for k, region in enumerate(regions):
        cells[inside(centres, region)] = MARKS[k % len(MARKS)]
    return Kept(f"Region, {len(regions)} of them", ["x", "y"], extent, tuple(map("".join, cells.reshape(CELLS[::-1]))))


def keep(tables: Mapping[str, Table], golden: Mapping[str, Kept] | None = None) -> dict[str, Kept]:
    """{name: what is kept} of {name: table}, and of the golden tables if given.

    Regions "arm-0", "arm-1" … are kept as one picture, "arm-*".
    """
    old = golden or {}
    kept = {name: thin(table, old.get(name)) for name, table in tables.items() if not isinstance(table, Region)}
    pictures: dict[str, dict[int, Table]] = {}  # {picture: {number: region}}
    for name, table in tables.items():
        if isinstance(table, Region):
            numbered = NUMBERED.fullmatch(name)
            picture, number = (f"{numbered[1]}*", int(numbered[2])) if numbered else (name, 0)
            pictures.setdefault(picture, {})[number] = table
    return kept | {name: paint([found[k] for k in sorted(found)], old.get(name)) for name, found in pictures.items()}
