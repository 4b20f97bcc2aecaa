"""Tables: what a figure's tables() returns. Each type knows how it is written as ASCII, and how Matplotlib draws it.

A file has its type and then its labels in comment lines, one header line, and columns of numbers with seven significant
digits. A blank line stands between the rows of a grid, and between the pieces of a line. PGFPlots reads it as it is.

Wherever numbers are asked for, they may be a tensor, a NumPy array or a list.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import contourpy
import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipeline import dat
from pipeline.errors.author import AuthorError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

DIGITS = 7  # significant: those of a 32-bit float


class Tensor(Protocol):
    """What is asked of a torch.Tensor; torch itself is not imported, as it is slow and a table needs none of it."""

    def detach(self) -> Any: ...


Array = NDArray[Any]
Numbers = ArrayLike | Tensor
Labels = Mapping[str, str] | None  # {column: label in the book's macros}


def array(values: Numbers) -> Array:
    """Numbers as a NumPy array; tensors are detached from their graph, and copied from a GPU, first."""
    return np.asarray(values.detach().cpu() if hasattr(values, "detach") else values)


def text(value: float | np.number) -> str:
    """A number as a file has it; an integer keeps all its digits."""
    return f"{value:.{DIGITS}g}" if isinstance(value, np.floating | float) else str(int(value))


def texts(column: Array) -> list[str]:
    """The numbers of a column as a file has them."""
    values = column.tolist()
    return (
        [f"{value:.{DIGITS}g}" for value in values]
        if column.dtype.kind == "f"
        else [str(int(value)) for value in values]
    )


def span(values: Numbers) -> str:
    """The range of some values, in words."""
    return f"from {array(values).min():.4g} to {array(values).max():.4g}"


class Table:
    """Columns of equal length; each is an attribute, too, such as table.x.

    columns : {name: numbers of shape (rows,)}; labels : {column: label in the book's macros}, for TeX and Matplotlib;
    breaks : the numbers of the rows before which a blank line stands.
    """

    def __init__(self, columns: Mapping[str, Numbers], labels: Labels = None, breaks: Iterable[int] = ()) -> None:
        self.columns = {name: array(values) for name, values in columns.items()}
        self.labels = dict(labels or {})
        self.breaks = [int(b) for b in breaks]

    def __getattr__(self, name: str) -> Array:
        try:
            return self.__dict__["columns"][name]
        except KeyError:
            raise AttributeError(f"no column '{name}'") from None

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def check(self, where: str) -> None:
        """Raises an AuthorError for what TeX could not draw; its message begins with `where`."""
        lengths = {name: column.shape for name, column in self.columns.items()}
        if any(len(shape) != 1 for shape in lengths.values()) or len(set(lengths.values())) > 1:
            shapes = ", ".join(f"{name} has shape {tuple(shape)}" for name, shape in lengths.items())
            raise AuthorError(f"{where}: columns must be vectors of one length: {shapes}")
        if not len(self):
            raise AuthorError(f"{where}: the table is empty")
        if broken := [name for name, label in self.labels.items() if not isinstance(label, str) or "\n" in label]:
            label = self.labels[broken[0]]
            raise AuthorError(f"{where}: the label of '{broken[0]}' is {label!r}, not a line of text")
        for name, column in self.columns.items():
            if not re.fullmatch(r"[\w-]+", name):
                can = "letters, digits, dashes and underscores can be read"
                raise AuthorError(f"{where}: a column cannot be called '{name}'; {can}")
            if column.dtype.kind not in "fiub":
                values = column.tolist()
                row = next((k for k, v in enumerate(values) if not isinstance(v, int | float)), 0)
                raise AuthorError(f"{where}: row {row}, column '{name}' is {values[row]!r}, which is no number")
            bad = np.flatnonzero(~np.isfinite(column.astype(float)))
            if bad.size:
                raise AuthorError(f"{where}: row {bad[0]}, column '{name}' is {column[bad[0]]}")

    def dump(self) -> str:
        """The table as ASCII text."""
        head = [f"# {type(self).__name__}", *(f"# {name}: {label}" for name, label in self.labels.items())]
        rows = [*map(" ".join, zip(*map(texts, self.columns.values()), strict=True)), ""]
        for at in self.breaks:
            rows[at] = "\n" + rows[at]
        return "\n".join([*head, " ".join(self.columns), *rows])

    def draw(self, axes: "Axes", colours: Iterator["ColorType"]) -> None:
        """Draws the table on Matplotlib's axes; each of its lines or series takes the next colour."""
        raise NotImplementedError

    @property
    def series(self) -> dict[str, Array]:
        """{name: column} of all columns but the first."""
        return dict(list(self.columns.items())[1:])

    def series_label(self, name: str) -> str | None:
        """What a legend calls a series; None where there is only one."""
        return self.labels.get(name, name) if len(self.series) > 1 else None

    def pieces(self) -> list[slice]:
        """The rows between the blank lines, as slices."""
        return [slice(a, b) for a, b in zip([0, *self.breaks], [*self.breaks, len(self)], strict=True)]


class Points(Table):
    """Marks at (x, y), each of shape (n,); further columns, such as arm=…, say more about each mark."""

    def __init__(self, x: Numbers, y: Numbers, labels: Labels = None, **more: Numbers) -> None:
        super().__init__({"x": x, "y": y, **more}, labels)

    def draw(self, axes: "Axes", colours: Iterator["ColorType"]) -> None:
        axes.plot(self.x, self.y, ".", markersize=2.5, color=next(colours))


class Curve(Table):
    """Lines over one axis: Curve(x, sine=…, cosine=…) has two, each of shape (n,) like x.

    over : the name of x's column.
    """

    def __init__(self, x: Numbers, labels: Labels = None, over: str = "x", **ys: Numbers) -> None:
        super().__init__({over: x, **ys}, labels)

    def draw(self, axes: "Axes", colours: Iterator["ColorType"]) -> None:
        x = next(iter(self.columns.values()))
        for name, y in self.series.items():
            axes.plot(x, y, color=next(colours), label=self.series_label(name))


class Path2D(Table):
    """Lines in the plane, with blank lines between them.

    pieces : a line each, of shape (n, 2), where n may differ; more : further columns, a list each, in which every piece
    has one number, or a vector of shape (n,).
    """

    def __init__(self, pieces: Iterable[Numbers], labels: Labels = None, **more: Iterable[Numbers]) -> None:
        lines = [array(piece) for piece in pieces]
        lengths = [len(line) for line in lines]
        x, y = np.concatenate(lines).T
        columns = {
            name: np.concatenate([np.broadcast_to(array(v), n) for v, n in zip(values, lengths, strict=True)])
            for name, values in more.items()
        }
        super().__init__({"x": x, "y": y, **columns}, labels, np.cumsum(lengths)[:-1])

    def draw(self, axes: "Axes", colours: Iterator["ColorType"]) -> None:
        colour = next(colours)
        for piece in self.pieces():
            axes.plot(self.x[piece], self.y[piece], color=colour)


class Field(Table):
    """A scalar on a grid: x of shape (columns,), y of shape (rows,), value of shape (rows, columns).

    Raises an AuthorError where the shapes do not fit. As columns of the table, all three have shape (rows * columns,).
    """

    def __init__(self, x: Numbers, y: Numbers, value: Numbers, labels: Labels = None) -> None:
        across, up, values = array(x), array(y), array(value)
        if values.shape != (len(up), len(across)):
            raise AuthorError(f"a field's values must have shape {(len(up), len(across))}, not {values.shape}")
        xs, ys = np.meshgrid(across, up)
        breaks = range(len(across), values.size, len(across))
        super().__init__({"x": xs.ravel(), "y": ys.ravel(), "value": values.ravel()}, labels, breaks)

    @property
    def grid(self) -> tuple[Array, Array, Array]:
        """x of shape (columns,), y of shape (rows,), value of shape (rows, columns)."""
        columns = self.breaks[0] if self.breaks else len(self)
        return self.x[:columns], self.y[::columns], self.value.reshape(-1, columns)

    def draw(self, axes: "Axes", colours: Iterator["ColorType"]) -> None:
        axes.pcolormesh(*self.grid, shading="gouraud", rasterized=True)


class Contours(Table):
    """Level lines of a field, as PGFPlots's `contour prepared` reads them: x, y, level.

    x, y, value : as for a Field; levels : its values on the lines. Raises an AuthorError where there is no line.
    """

    def __init__(self, x: Numbers, y: Numbers, value: Numbers, levels: Numbers, labels: Labels = None) -> None:
        generator = contourpy.contour_generator(array(x), array(y), array(value))
        found = [(line, level) for level in array(levels) for line in generator.lines(level) if len(line) > 1]
        if not found:
            raise AuthorError(f"a field {span(value)} has no line at {array(levels).tolist()}")
        lengths = [len(line) for line, _ in found]
        across, up = np.concatenate([line for line, _ in found]).T
        level = np.repeat([level for _, level in found], lengths)
        super().__init__({"x": across, "y": up, "level": level}, labels, np.cumsum(lengths)[:-1])

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
        generator = contourpy.contour_generator(array(x), array(y), array(value), fill_type="OuterOffset")
        filled = zip(*generator.filled(lower, upper), strict=True)
        rings = [ring for points, ends in filled for a, b in pairwise(ends) if len(ring := corners(points[a:b]))]
        if not rings:
            raise AuthorError(f"a field {span(value)} has nothing between {lower} and {upper}")
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
        edges = [-np.inf, *array(levels)[1:-1]]
        return {f"{name}-{k}": cls(x, y, value, edge, np.inf, labels) for k, edge in enumerate(edges)}

    def draw(self, axes: "Axes", colours: Iterator["ColorType"], alpha: float = 0.3) -> None:
        from matplotlib.patches import PathPatch  # slow to import, and needed only here
        from matplotlib.path import Path as Outline

        rings = [Outline(np.column_stack([self.x[p], self.y[p]])) for p in self.pieces()]
        axes.add_patch(PathPatch(Outline.make_compound_path(*rings), color=next(colours), alpha=alpha, linewidth=0))
        axes.autoscale_view()


class Arrows(Table):
    """Arrows from (x, y) to (x + u, y + v), each of shape (n,)."""

    def __init__(self, x: Numbers, y: Numbers, u: Numbers, v: Numbers, labels: Labels = None) -> None:
        super().__init__({"x": x, "y": y, "u": u, "v": v}, labels)

    def draw(self, axes: "Axes", colours: Iterator["ColorType"]) -> None:
        axes.quiver(self.x, self.y, self.u, self.v, color=next(colours), angles="xy", scale_units="xy", scale=1)


class Bars(Table):
    """Bars over x: Bars(x, train=…, test=…) has two series, whose heights have shape (n,) like x."""

    def __init__(self, x: Numbers, labels: Labels = None, **heights: Numbers) -> None:
        super().__init__({"x": x, **heights}, labels)

    def draw(self, axes: "Axes", colours: Iterator["ColorType"]) -> None:
        width = 0.8 / len(self.series)
        for k, (name, height) in enumerate(self.series.items()):
            left = self.x + (k - len(self.series) / 2) * width
            axes.bar(left, height, width, align="edge", color=next(colours), label=self.series_label(name))


class Values(dict[str, Any]):
    """Numbers by name, or lists of numbers, that the text, a title or a template quotes: Values(mean_loss=0.1).

    A name's underscores become dashes: the text quotes `mean-loss`.
    """

    def __init__(self, **values: Numbers) -> None:
        super().__init__({name.replace("_", "-"): array(value).tolist() for name, value in values.items()})

    def check(self, where: str) -> None:
        """Raises an AuthorError for what is not a finite number; its message begins with `where`."""
        for name, value in self.items():
            if array(value).dtype.kind not in "fiub":
                raise AuthorError(f"{where}: '{name}' is {value!r}; values are numbers, or lists of them")
            if not np.isfinite(array(value).astype(float)).all():
                raise AuthorError(f"{where}: '{name}' is {value}")

    def dump(self) -> str:
        """The values as JSON."""
        return json.dumps(self, indent=2) + "\n"


KINDS: tuple[type[Table], ...] = (Points, Curve, Path2D, Field, Contours, Region, Arrows, Bars)
TYPES = {kind.__name__: kind for kind in KINDS}


def number(text: str) -> int | float:
    return int(text) if re.fullmatch(r"-?\d+", text) else float(text)


def read(path: str | Path) -> Table:
    """The table in a file, of its own type, with the digits that the file has."""
    lines = dat.read(path)
    kind, *labels = lines.comments
    table = object.__new__(TYPES[kind])
    columns = zip(lines.names, *map(str.split, lines.rows), strict=True)
    Table.__init__(
        table,
        {name: list(map(number, values)) for name, *values in columns},
        dict(re.split(": ", line, maxsplit=1) for line in labels),
        lines.breaks,
    )
    return table


def read_all(folder: str | Path) -> tuple[dict[str, Table], dict[str, Any]]:
    """({name: table}, {name: value}) of the folder of a figure's tables."""
    folder = Path(folder)
    tables = {file.stem: read(file) for file in sorted(folder.glob("*.dat"))}
    return tables, json.loads((folder / "values.json").read_text(encoding="utf-8"))
