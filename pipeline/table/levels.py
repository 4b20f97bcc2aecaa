"""Tables of a scalar on a grid: the field itself, its level lines, and the areas between two levels."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import contourpy
import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.table.base import Labels, Table
from pipeline.table.drawing import tint
from pipeline.table.kinds import Path2D
from pipeline.table.meaning import Column, meant
from pipeline.table.numbers import Array, Numbers, array, gaps
from pipeline.table.refusals import refusal, told

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType


class Grid(NamedTuple):
    """x (columns,), y (rows,) and value (rows, columns), the value with a mask where it is missing; dates : which of
    "x" and "y" are dates, as days."""

    x: Array
    y: Array
    value: Array
    dates: frozenset[str]

    def columns(self, **numbers: Array) -> dict[str, Column]:
        """Columns of a table on this grid: those of its dates are dates, too."""
        return {name: Column(column, dates=name in self.dates) for name, column in numbers.items()}


def all_there(name: str, column: Column) -> Array:
    """The numbers of a column; an AuthorError where an entry is none, or missing."""
    if bad := refusal(column.numbers):
        raise AuthorError(f"{name}[{bad[0]}] {bad[1]}", bad[2])
    if (missing := np.flatnonzero(gaps(column.numbers))).size:
        raise AuthorError(f"{name}[{missing[0]}] is missing", "a hole in a field is where its value is missing")
    if column.words:
        raise AuthorError(f"{name}[0] {told(column.words[int(column.numbers[0])])[0]}")
    return column.numbers


def on_grid(x: Numbers, y: Numbers, value: Numbers) -> Grid:
    """Numbers or dates x (columns,) and y (rows,) and numbers (rows, columns) as arrays.

    Raises an AuthorError where the shapes do not fit, or nothing is there.
    """
    along = {"x": meant(x), "y": meant(y)}
    across, up = (all_there(name, axis) for name, axis in along.items())
    values = array(value)
    if values.shape != (len(up), len(across)):
        raise AuthorError(f"a field's values must have shape {(len(up), len(across))}, not {values.shape}")
    if bad := refusal(values):
        row, column = divmod(bad[0], len(across))
        raise AuthorError(f"value[{row}, {column}] {bad[1]}", bad[2])
    missing = gaps(values)
    if missing.all():
        raise AuthorError("all of a field's values are missing")
    dates = frozenset(name for name, axis in along.items() if axis.dates)
    return Grid(across, up, np.ma.masked_array(values, missing) if missing.any() else values, dates)


def span(values: Array) -> str:
    """The range of some values, in words."""
    return f"from {values.min():.4g} to {values.max():.4g}"


class Field(Table):
    """A scalar on a grid: x of shape (columns,), y of shape (rows,), value of shape (rows, columns).

    Raises an AuthorError where the shapes do not fit. As columns of the table, all three have shape (rows * columns,).
    Where a value is missing, the field has a hole: all that lies between it and its neighbours.
    """

    def __init__(self, x: Numbers, y: Numbers, value: Numbers, labels: Labels = None) -> None:
        grid = on_grid(x, y, value)
        xs, ys = np.meshgrid(grid.x, grid.y)
        breaks = range(len(grid.x), grid.value.size, len(grid.x))
        columns = grid.columns(x=xs.ravel(), y=ys.ravel())
        super().__init__({**columns, "value": grid.value.ravel()}, labels, breaks)

    @property
    def grid(self) -> tuple[Array, Array, Array]:
        """x of shape (columns,), y of shape (rows,), value of shape (rows, columns)."""
        columns = self.breaks[0] if self.breaks else len(self)
        return self.x[:columns], self.y[::columns], self.value.reshape(-1, columns)

    @property
    def _may_miss(self) -> Container[str]:
        return ("value",)

    @property
    def _may_be_dates(self) -> Container[str]:
        return ("x", "y")

    def draw(self, axes: Axes, colours: Iterator[ColorType]) -> None:
        x, y, value = self.grid
        if axes.name == "3d":
            import matplotlib  # slow, and needed only here

            space: Any = axes
            shades = "relief" if "relief" in matplotlib.colormaps else matplotlib.rcParams["image.cmap"]
            drawn = space.plot_surface(*np.meshgrid(x, y), value, cmap=shades, rcount=60, ccount=60)
        elif not np.isnan(value).any():
            drawn = axes.pcolormesh(x, y, value, shading="gouraud", rasterized=True)
        else:  # a patch between four corners, as in the figure
            middle = (value[1:, 1:] + value[1:, :-1] + value[:-1, 1:] + value[:-1, :-1]) / 4
            drawn = axes.pcolormesh(x, y, middle, shading="flat", rasterized=True)
        drawn.set_label(self.labels.get("value", "_"))


class Contours(Table):
    """Level lines of a field, as PGFPlots's `contour prepared` reads them: x, y, level.

    x, y, value : as for a Field; levels : its values on the lines. Raises an AuthorError where there is no line.
    """

    @property
    def _may_be_dates(self) -> Container[str]:
        return ("x", "y")

    def __init__(self, x: Numbers, y: Numbers, value: Numbers, levels: Numbers, labels: Labels = None) -> None:
        grid = on_grid(x, y, value)
        generator, heights = contourpy.contour_generator(*grid[:3]), all_there("levels", Column(array(levels)))
        found = [(line, level) for level in heights for line in generator.lines(level) if len(line) > 1]
        if not found:
            raise AuthorError(f"a field {span(grid.value)} has no line at {heights.tolist()}")
        lengths = [len(line) for line, _ in found]
        xs, ys = np.concatenate([line for line, _ in found]).T
        level = np.repeat([level for _, level in found], lengths)
        super().__init__({**grid.columns(x=xs, y=ys), "level": level}, labels, np.cumsum(lengths)[:-1])

    def draw(self, axes: Axes, colours: Iterator[ColorType]) -> None:
        colour, style = next(colours), dict[str, Any]()
        if axes.collections or axes.images:  # on a field: white, with a dark rim
            from matplotlib.patheffects import Normal, withStroke  # slow, and needed only here

            colour, style = "white", {"path_effects": [withStroke(linewidth=1.5, foreground="black"), Normal()]}
        for piece in self.pieces():
            axes.plot(self.x[piece], self.y[piece], color=colour, linewidth=0.7, **style)


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

    x, y, value : as for a Field; lower, upper : the two levels, -inf or inf where there is none on that side. Raises an
    AuthorError where there is no such area.
    """

    @property
    def _may_be_dates(self) -> Container[str]:
        return ("x", "y")

    def __init__(
        self,
        x: Numbers,
        y: Numbers,
        value: Numbers,
        lower: float,
        upper: float,
        labels: Labels = None,
    ) -> None:
        grid = on_grid(x, y, value)
        generator = contourpy.contour_generator(*grid[:3], fill_type="OuterOffset")
        filled = zip(*generator.filled(lower, upper), strict=True)
        rings = [ring for points, ends in filled for a, b in pairwise(ends) if len(ring := corners(points[a:b]))]
        if not rings:
            raise AuthorError(f"a field {span(grid.value)} has nothing between {lower} and {upper}")
        xy = np.concatenate(rings)
        columns = grid.columns(x=xy[:, 0], y=xy[:, 1])
        super().__init__(columns, labels, np.cumsum([len(r) for r in rings])[:-1])

    @classmethod
    def inside(cls, outlines: Iterable[Numbers], labels: Labels = None) -> Region:
        """The area inside closed lines, each of shape (n, 2)."""
        region, lines = cls.__new__(cls), Path2D(outlines)
        Table.__init__(region, lines._meant, labels, lines.breaks)
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
    ) -> dict[str, Region]:
        """{"name-0": Region, …}: a band between each two neighbouring levels; the outer bands have no other side.

        Each band also covers all that lies above it, so that no gap shows between two: draw them in order.
        """
        edges = [-np.inf, *all_there("levels", Column(array(levels)[1:-1]))]
        return {f"{name}-{k}": cls(x, y, value, edge, np.inf, labels) for k, edge in enumerate(edges)}

    def draw(self, axes: Axes, colours: Iterator[ColorType], alpha: float | None = None) -> None:
        """Fills the area with the edition's tint of a colour or, where alpha is given, with the colour itself."""
        from matplotlib.patches import PathPatch  # slow to import, and needed only here
        from matplotlib.path import Path as Outline

        rings = [Outline(np.column_stack([self.x[p], self.y[p]])) for p in self.pieces()]
        colour = next(colours)
        area = getattr(colours, "area", None)  # what areas are mixed of
        fill = tint(axes, colours, area(colour) if area else colour) if alpha is None else colour
        axes.add_patch(PathPatch(Outline.make_compound_path(*rings), color=fill, alpha=alpha, linewidth=0))
        axes.autoscale_view()
