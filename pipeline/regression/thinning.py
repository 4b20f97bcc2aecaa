"""What is kept of a figure's tables to know them again: a few of their numbers, at most a screenful a table.

Of points, curves, fields, arrows and bars these are 32 rows, and statistics of all of them. Of lines, which may have more or fewer
vertices another time, the same of the curve. Of regions, which break up where a field is flat, it is a picture of 60 by 30 cells.
"""

import re
import string
from typing import NamedTuple

import numpy as np

from pipeline.table import Contours, Path2D, Region

ROWS, CELLS = 32, (60, 30)
LINES = (Path2D, Contours)
MARKS = string.digits + string.ascii_letters  # of the regions of a picture
TINY = 1e-300  # keeps lengths of nothing out of the denominators


class Kept(NamedTuple):
    """The type, the columns' names, {statistic or row: a number a column} and, of regions, a picture, line by line."""

    kind: str
    columns: list
    numbers: dict
    picture: tuple = ()


def matrix(table):
    """All columns, of shape (rows, columns)."""
    return np.column_stack([column.astype(float) for column in table.columns.values()])


def extremes(values):
    return {"least": values.min(axis=0), "greatest": values.max(axis=0)}


def spread(values):
    """What differences from values (n, …) are measured in: greatest less least or, where all are alike, their size."""
    extent = np.ptp(values, axis=0)
    return np.where(extent > 0, extent, np.abs(values).max(axis=0))


def segments(table):
    """Beginnings and ends of a line's segments, each (rows, columns); the last vertex of a piece is a segment of no length."""
    points = matrix(table)
    following = np.arange(len(points)) + 1
    last = [piece.stop - 1 for piece in table.pieces()]
    following[last] = last
    return points, points[following]


def moments(values, weights=None):
    mean = np.average(values, axis=0, weights=weights)
    return {"mean": mean, "deviation": np.sqrt(np.average((values - mean) ** 2, axis=0, weights=weights))}


def curve_moments(table):
    """The same of a line, weighted by length; `travel` is how far it goes along each axis, to and fro."""
    begin, end = segments(table)
    lengths = np.linalg.norm((end - begin) / (spread(begin) + TINY), axis=1) + TINY
    return moments((begin + end) / 2, lengths) | {"travel": np.abs(end - begin).sum(axis=0)}


def nearest(points, table):
    """The points of a line that are nearest to `points` (n, columns), distances in units of its columns' spreads."""
    begin, end = segments(table)
    unit = spread(begin) + TINY
    step = (end - begin) / unit
    share = ((points[:, None] - begin) / unit * step).sum(axis=2) / ((step**2).sum(axis=1) + TINY)
    on = begin + share.clip(0, 1)[:, :, None] * (end - begin)
    distances = (((on - points[:, None]) / unit) ** 2).sum(axis=2)
    return on[np.arange(len(points)), distances.argmin(axis=1)]


def thin(table, golden=None):
    """The Kept of a table; instead of a line's own rows, what is nearest to those of a golden one."""
    values, kind = matrix(table), type(table).__name__
    rows = np.linspace(0, len(values) - 1, min(ROWS, len(values))).round().astype(int)
    numbered = {f"row {row}": values[row] for row in rows}
    if not isinstance(table, LINES):
        return Kept(f"{kind}, {len(values)} rows", list(table.columns), extremes(values) | moments(values) | numbered)
    if golden:
        old = {at: row for at, row in golden.numbers.items() if at.startswith("row")}
        numbered = dict(zip(old, nearest(np.array(list(old.values())), table), strict=True))
    return Kept(kind, list(table.columns), extremes(values) | curve_moments(table) | numbered)


def inside(points, region):
    """Which of points (n, 2) lie in a region, by the even-odd rule."""
    from matplotlib.path import Path as Outline

    rings = [Outline(matrix(region)[piece]) for piece in region.pieces()]
    return np.sum([ring.contains_points(points) for ring in rings], axis=0) % 2 == 1


def paint(regions, golden=None):
    """The Kept of regions drawn one over another in the window that holds them, or in that of a golden one."""
    extent = extremes(np.concatenate([matrix(region) for region in regions]))
    low, high = (golden.numbers if golden else extent).values()
    across, up = ((np.arange(n) + 0.5) / n for n in CELLS)
    centres = low + (high - low) * np.stack(np.meshgrid(across, up[::-1]), axis=2).reshape(-1, 2)
    cells = np.full(len(centres), ".")
    for k, region in enumerate(regions):
        cells[inside(centres, region)] = MARKS[k % len(MARKS)]
    return Kept(f"Region, {len(regions)} of them", ["x", "y"], extent, tuple(map("".join, cells.reshape(CELLS[::-1]))))


def keep(tables, golden=None):
    """{name: Kept} of {name: table}, beside golden ones if given; "arm-0", "arm-1" … are one picture, "arm-*", if they are regions."""
    kept, pictures = {}, {}
    for name, table in tables.items():
        if isinstance(table, Region):
            stem, number = re.fullmatch(r"(.*?)(?:(?<=-)(\d+))?", name).groups()
            pictures.setdefault(stem + "*" if number else name, {})[int(number or 0)] = table
        else:
            kept[name] = thin(table, (golden or {}).get(name))
    return kept | {name: paint([found[k] for k in sorted(found)], (golden or {}).get(name)) for name, found in pictures.items()}
