"""Tables of a scalar on a grid: the field itself, its level lines, and the areas between two levels."""

from collections.abc import Container, Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import contourpy
import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.table.base import Labels, Table
from pipeline.table.kinds import Path2D
from pipeline.table.numbers import Array, Numbers, array, gaps, refusal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType


def all_there(name: str, values: Numbers) -> Array:
    """Numbers as an array; an AuthorError where one is none, or missing."""
    found = array(values)
    if bad := refusal(found):
        raise AuthorError(f"{name}[{bad[0]}] {bad[1]}", bad[2])
    if (missing := np.flatnonzero(gaps(found))).size:
        raise AuthorError(f"{name}[{missing[0]}] is missing", "a hole in a field is where its value is missing")
    return found


def on_grid(x: Numbers, y: Numbers, value: Numbers) -> tuple[Array, Array, Array]:
    """x (columns,), y (rows,) and value (rows, columns) as arrays, the value with a mask where it is missing.

    Raises an AuthorError where the shapes do not fit, or nothing is there.
    """
    across, up, values = all_there("x", x), all_there("y", y), array(value)
    if values.shape != (len(up), len(across)):
        raise AuthorError(f"a field's values must have shape {(len(up), len(across))}, not {values.shape}")
    if bad := refusal(values):
        row, column = divmod(bad[0], len(across))
        raise AuthorError(f"value[{row}, {column}] {bad[1]}", bad[2])
    missing = gaps(values)
    if missing.all():
        raise AuthorError("all of a field's values are missing")
    return across, up, np.ma.masked_array(values, missing) if missing.any() else values


def span(values: Array) -> str:
    """The range of some values, in words."""
    return f"from {values.min():.4g} to {values.max():.4g}"


class Field(Table):
    """A scalar on a grid: x of shape (columns,), y of shape (rows,), value of shape (rows, columns).

    Raises an AuthorError where the shapes do not fit. As columns of the table, all three have shape (rows * columns,).
    Where a value is missing, the field has a hole: all that lies between it and its neighbours.
    """

    def __init__(self, x: Numbers, y: Numbers, value: Numbers, labels: Labels = None) -> None:
        across, up, values = on_grid(x, y, value)
        xs, ys = np.meshgrid(across, up)
        breaks = range(len(across), values.size, len(across))
        super().__init__({"x": xs.ravel(), "y": ys.ravel(), "value": values.ravel()}, labels, breaks)

    @property
    def grid(self) -> tuple[Array, Array, Array]:
        """x of shape (columns,), y of shape (rows,), value of shape (rows, columns)."""
        columns = self.breaks[0] if self.breaks else len(self)
        return self.x[:columns], self.y[::columns], self.value.reshape(-1, columns)

    @property
    def may_miss(self) -> Container[str]:
        return ("value",)

    def draw(self, axes: "Axes", colours: Iterator["ColorType"]) -> None:
        x, y, value = self.grid
        if not np.isnan(value).any():
            axes.pcolormesh(x, y, value, shading="gouraud", rasterized=True)
        else:  # a patch between four corners, as in the figure
            middle = (value[1:, 1:] + value[1:, :-1] + value[:-1, 1:] + value[:-1, :-1]) / 4
            axes.pcolormesh(x, y, middle, shading="flat", rasterized=True)


class Contours(Table):
    """Level lines of a field, as PGFPlots's `contour prepared` reads them: x, y, level.

    x, y, value : as for a Field; levels : its values on the lines. Raises an AuthorError where there is no line.
    """

    def __init__(self, x: Numbers, y: Numbers, value: Numbers, levels: Numbers, labels: Labels = None) -> None:
        across, up, values = on_grid(x, y, value)
        generator, heights = contourpy.contour_generator(across, up, values), all_there("levels", levels)
        found = [(line, level) for level in heights for line in generator.lines(level) if len(line) > 1]
        if not found:
            raise AuthorError(f"a field {span(values)} has no line at {heights.tolist()}")
        lengths = [len(line) for line, _ in found]
        xs, ys = np.concatenate([line for line, _ in found]).T
        level = np.repeat([level for _, level in found], lengths)
        super().__init__({"x": xs, "y": ys, "level": level}, labels, np.cumsum(lengths)[:-1])

    def draw(self, axes: "Axes", colours: Iterator["ColorType"]) -> None:
        colour = next(colours)
        for piece in self.pieces():
            axes.plot(self.x[piece], self.y[piece], color=colour, linewidth=0.7)


def corners(ring: Array) -> Array:
    """The vertices at which a closed line of shape (n, 2) turns, without those along a grid's edge, for example.

    What is left is closed, too, and has no vertex twice in a row.
    """
    ring = ring[:-1][(np.diff(ring, axis=0) != 0).any(axis=1)]
    (ax, ay), (bx, by) = (ring - np.roll(ring, 1, axis=0)).T, (np.roll(ring, -1, axis=0) - ring).T
    turns = np.abs(ax * by - ay * bx) > 1e-9 * np.hypot(ax, ay) * np.hypot(bx, by)  # the sine of the angle
    return np.concatenate([ring[turns], ring[turns][:1]])


class Region(Table):
    """The area where a field lies between two levels: its outlines, those of holes included, for the even-odd rule.

    x, y, value : as for a Field. Raises an AuthorError where there is no such area.
    """

    def __init__(
        self,
        x: Numbers,
        y: Numbers,
        value: Numbers,
        lower: float,
        upper: float,
        labels: Labels = None,
    ) -> None:
        across, up, values = on_grid(x, y, value)
        generator = contourpy.contour_generator(across, up, values, fill_type="OuterOffset")
        filled = zip(*generator.filled(lower, upper), strict=True)
        rings = [ring for points, ends in filled for a, b in pairwise(ends) if len(ring := corners(points[a:b]))]
        if not rings:
            raise AuthorError(f"a field {span(values)} has nothing between {lower} and {upper}")
        xy = np.concatenate(rings)
        super().__init__({"x": xy[:, 0], "y": xy[:, 1]}, labels, np.cumsum([len(r) for r in rings])[:-1])

    @classmethod
    def inside(cls, outlines: Iterable[Numbers], labels: Labels = None) -> "Region":
        """The area inside closed lines, each of shape (n, 2)."""
        region, lines = cls.__new__(cls), Path2D(outlines)
        Table.__init__(region, lines.columns, labels, lines.breaks)
        return region

    @classmethod
    def bands(
        cls,
        name: str,
        x: Numbers,
        y: Numbers,
        value: Numbers,
        levels: Numbers,
        labels: Labels = None,
    ) -> dict[str, "Region"]:
        """{"name-0": Region, …}: a band between each two neighbouring levels; the outer bands have no other side.

        Each band also covers all that lies above it, so that no gap shows between two: draw them in order.
        """
        edges = [-np.inf, *all_there("levels", array(levels)[1:-1])]
        return {f"{name}-{k}": cls(x, y, value, edge, np.inf, labels) for k, edge in enumerate(edges)}

    def draw(self, axes: "Axes", colours: Iterator["ColorType"], alpha: float = 0.3) -> None:
        from matplotlib.patches import PathPatch  # slow to import, and needed only here
        from matplotlib.path import Path as Outline

        rings = [Outline(np.column_stack([self.x[p], self.y[p]])) for p in self.pieces()]
        axes.add_patch(PathPatch(Outline.make_compound_path(*rings), color=next(colours), alpha=alpha, linewidth=0))
        axes.autoscale_view()
