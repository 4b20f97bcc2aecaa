"""Tables say what they are: small types that know their ASCII layout and their generic Matplotlib drawing.

A file carries its type, then its labels, in comment lines; one header line; columns of numbers with seven
significant digits; a blank line between the rows of a grid and between the pieces of a line. PGFPlots reads it as it is.
"""

import json
import re
from itertools import pairwise
from pathlib import Path

import contourpy
import numpy as np

from pipeline.errors.author import AuthorError

DIGITS = 7  # significant: those of a 32-bit float


def array(values):
    """Numbers as a NumPy array; tensors are detached first."""
    return np.asarray(values.detach().cpu() if hasattr(values, "detach") else values)


def text(value):
    """A number as a file carries it; an integer keeps all its digits."""
    return f"{value:.{DIGITS}g}" if isinstance(value, np.floating | float) else str(int(value))


def texts(column):
    """The same of a whole column."""
    values = column.tolist()
    return [f"{value:.{DIGITS}g}" for value in values] if column.dtype.kind == "f" else [str(int(value)) for value in values]


def span(values):
    return f"from {array(values).min():.4g} to {array(values).max():.4g}"


class Table:
    """Columns of equal length. `breaks` are the row numbers before which a blank line stands.

    labels : {column: label in the book's macros}, for both renderers.
    """

    def __init__(self, columns, labels=None, breaks=()):
        self.columns = {name: array(values) for name, values in columns.items()}
        self.labels = dict(labels or {})
        self.breaks = [int(b) for b in breaks]

    def __getattr__(self, name):
        try:
            return self.__dict__["columns"][name]
        except KeyError:
            raise AttributeError(f"no column '{name}'") from None

    def __len__(self):
        return len(next(iter(self.columns.values())))

    def check(self, where):
        """Raises AuthorError, beginning with `where`, for what TeX could not draw."""
        lengths = {name: column.shape for name, column in self.columns.items()}
        if any(len(shape) != 1 for shape in lengths.values()) or len(set(lengths.values())) > 1:
            shapes = ", ".join(f"{name} has shape {tuple(shape)}" for name, shape in lengths.items())
            raise AuthorError(f"{where}: columns must be vectors of one length: {shapes}")
        if not len(self):
            raise AuthorError(f"{where}: the table is empty")
        if broken := [name for name, label in self.labels.items() if not isinstance(label, str) or "\n" in label]:
            raise AuthorError(f"{where}: the label of '{broken[0]}' is {self.labels[broken[0]]!r}, not a line of text")
        for name, column in self.columns.items():
            if not re.fullmatch(r"[\w-]+", name):
                raise AuthorError(f"{where}: a column cannot be called '{name}'; letters, digits, dashes and underscores can be read")
            if column.dtype.kind not in "fiub":
                row = next((k for k, v in enumerate(column.tolist()) if not isinstance(v, int | float)), 0)
                raise AuthorError(f"{where}: row {row}, column '{name}' is {column.tolist()[row]!r}, which is no number")
            bad = np.flatnonzero(~np.isfinite(column.astype(float)))
            if bad.size:
                raise AuthorError(f"{where}: row {bad[0]}, column '{name}' is {column[bad[0]]}")

    def dump(self):
        """The table as ASCII text."""
        head = [f"# {type(self).__name__}", *(f"# {name}: {label}" for name, label in self.labels.items())]
        rows = [*map(" ".join, zip(*map(texts, self.columns.values()), strict=True)), ""]
        for at in self.breaks:
            rows[at] = "\n" + rows[at]
        return "\n".join([*head, " ".join(self.columns), *rows])

    def draw(self, axes, colours):
        raise NotImplementedError

    @property
    def series(self):
        """{name: column} of all columns but the first."""
        return dict(list(self.columns.items())[1:])

    def series_label(self, name):
        """What a legend calls a series; nothing where there is only one."""
        return self.labels.get(name, name) if len(self.series) > 1 else None

    def pieces(self):
        """Slices of the rows between the blank lines."""
        return [slice(a, b) for a, b in zip([0, *self.breaks], [*self.breaks, len(self)], strict=True)]


class Points(Table):
    """Marks at (x, y); further columns say more about each."""

    def __init__(self, x, y, labels=None, **more):
        super().__init__({"x": x, "y": y, **more}, labels)

    def draw(self, axes, colours):
        axes.plot(self.x, self.y, ".", markersize=2.5, color=next(colours))


class Curve(Table):
    """Lines over x, or over what its column is called: one a further column."""

    def __init__(self, x, labels=None, over="x", **ys):
        super().__init__({over: x, **ys}, labels)

    def draw(self, axes, colours):
        x = next(iter(self.columns.values()))
        for name, y in self.series.items():
            axes.plot(x, y, color=next(colours), label=self.series_label(name))


class Path2D(Table):
    """Lines in the plane, the pieces parted by blank lines; further columns have a number or a vector a piece."""

    def __init__(self, pieces, labels=None, **more):
        pieces = [array(p) for p in pieces]
        x, y = np.concatenate(pieces).T
        more = {
            name: np.concatenate([np.broadcast_to(array(value), len(piece)) for value, piece in zip(values, pieces, strict=True)])
            for name, values in more.items()
        }
        super().__init__({"x": x, "y": y, **more}, labels, np.cumsum([len(p) for p in pieces])[:-1])

    def draw(self, axes, colours):
        colour = next(colours)
        for piece in self.pieces():
            axes.plot(self.x[piece], self.y[piece], color=colour)


class Field(Table):
    """A scalar on a grid: x of shape (columns,), y of shape (rows,), value of shape (rows, columns)."""

    def __init__(self, x, y, value, labels=None):
        x, y, value = array(x), array(y), array(value)
        if value.shape != (len(y), len(x)):
            raise AuthorError(f"a field's values must have shape {(len(y), len(x))}, not {value.shape}")
        xs, ys = np.meshgrid(x, y)
        breaks = range(len(x), value.size, len(x))
        super().__init__({"x": xs.ravel(), "y": ys.ravel(), "value": value.ravel()}, labels, breaks)

    @property
    def grid(self):
        """x of shape (columns,), y of shape (rows,), value of shape (rows, columns)."""
        columns = self.breaks[0] if self.breaks else len(self)
        return self.x[:columns], self.y[::columns], self.value.reshape(-1, columns)

    def draw(self, axes, colours):
        axes.pcolormesh(*self.grid, shading="gouraud", rasterized=True)


class Contours(Table):
    """Level lines of a field, as PGFPlots's `contour prepared` reads them: x, y, level."""

    def __init__(self, x, y, value, levels, labels=None):
        lines = contourpy.contour_generator(array(x), array(y), array(value))
        pieces = [(line, level) for level in array(levels) for line in lines.lines(level) if len(line) > 1]
        if not pieces:
            raise AuthorError(f"a field {span(value)} has no line at {list(levels)}")
        xy = np.concatenate([line for line, _ in pieces])
        level = np.repeat([level for _, level in pieces], [len(line) for line, _ in pieces])
        super().__init__({"x": xy[:, 0], "y": xy[:, 1], "level": level}, labels, np.cumsum([len(p) for p, _ in pieces])[:-1])

    def draw(self, axes, colours):
        colour = next(colours)
        for piece in self.pieces():
            axes.plot(self.x[piece], self.y[piece], color=colour, linewidth=0.7)


def corners(ring):
    """A closed line (n, 2) without the points at which it stands still or goes straight on, such as those along a grid's edge."""
    ring = ring[:-1][(np.diff(ring, axis=0) != 0).any(axis=1)]
    (ax, ay), (bx, by) = (ring - np.roll(ring, 1, axis=0)).T, (np.roll(ring, -1, axis=0) - ring).T
    turns = np.abs(ax * by - ay * bx) > 1e-9 * np.hypot(ax, ay) * np.hypot(bx, by)
    return np.concatenate([ring[turns], ring[turns][:1]])


class Region(Table):
    """The area where a field lies between two levels: its outlines, holes included, to be filled by the even-odd rule."""

    def __init__(self, x, y, value, lower, upper, labels=None):
        generator = contourpy.contour_generator(array(x), array(y), array(value), fill_type="OuterOffset")
        filled = zip(*generator.filled(lower, upper), strict=True)
        rings = [ring for points, ends in filled for a, b in pairwise(ends) if len(ring := corners(points[a:b]))]
        if not rings:
            raise AuthorError(f"a field {span(value)} has nothing between {lower} and {upper}")
        xy = np.concatenate(rings)
        super().__init__({"x": xy[:, 0], "y": xy[:, 1]}, labels, np.cumsum([len(r) for r in rings])[:-1])

    @classmethod
    def inside(cls, outlines, labels=None):
        """The area inside closed lines, each of shape (n, 2)."""
        region, lines = cls.__new__(cls), Path2D(outlines)
        Table.__init__(region, lines.columns, labels, lines.breaks)
        return region

    @classmethod
    def bands(cls, name, x, y, value, levels, labels=None):
        """{"name-0": Region, …} between neighbouring levels; the outer bands hold all that lies beyond them.

        Each reaches under those above it, so that no seam shows between two: draw them in order.
        """
        edges = [-np.inf, *levels[1:-1]]
        return {f"{name}-{k}": cls(x, y, value, edge, np.inf, labels) for k, edge in enumerate(edges)}

    def draw(self, axes, colours, alpha=0.3):
        from matplotlib.patches import PathPatch  # only who draws pays for Matplotlib
        from matplotlib.path import Path as Outline

        rings = [Outline(np.column_stack([self.x[p], self.y[p]])) for p in self.pieces()]
        axes.add_patch(PathPatch(Outline.make_compound_path(*rings), color=next(colours), alpha=alpha, linewidth=0))
        axes.autoscale_view()


class Arrows(Table):
    """Arrows from (x, y) to (x + u, y + v)."""

    def __init__(self, x, y, u, v, labels=None):
        super().__init__({"x": x, "y": y, "u": u, "v": v}, labels)

    def draw(self, axes, colours):
        axes.quiver(self.x, self.y, self.u, self.v, color=next(colours), angles="xy", scale_units="xy", scale=1)


class Bars(Table):
    """Heights over x: one series of bars a further column."""

    def __init__(self, x, labels=None, **heights):
        super().__init__({"x": x, **heights}, labels)

    def draw(self, axes, colours):
        width = 0.8 / len(self.series)
        for k, (name, height) in enumerate(self.series.items()):
            left = self.x + (k - len(self.series) / 2) * width
            axes.bar(left, height, width, align="edge", color=next(colours), label=self.series_label(name))


class Values(dict):
    """Numbers by name, or lists of numbers, that the text, a title or a template quotes."""

    def __init__(self, **values):
        super().__init__({name.replace("_", "-"): array(value).tolist() for name, value in values.items()})

    def check(self, where):
        for name, value in self.items():
            if array(value).dtype.kind not in "fiub":
                raise AuthorError(f"{where}: '{name}' is {value!r}; values are numbers, or lists of them")
            if not np.isfinite(array(value).astype(float)).all():
                raise AuthorError(f"{where}: '{name}' is {value}")

    def dump(self):
        return json.dumps(self, indent=2) + "\n"


TYPES = {kind.__name__: kind for kind in (Points, Curve, Path2D, Field, Contours, Region, Arrows, Bars)}


def number(text):
    return int(text) if re.fullmatch(r"-?\d+", text) else float(text)


def read(path):
    """The table in a file, with the digits that the file carries."""
    head, rows, breaks = [], [], []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            head.append(line[2:])
        elif line:
            rows.append(line.split())
        else:
            breaks.append(len(rows) - 1)  # the header is a row too
    table = object.__new__(TYPES[head[0]])
    labels = dict(re.split(": ", line, maxsplit=1) for line in head[1:])
    columns = {name: list(map(number, values)) for name, *values in zip(*rows, strict=True)}
    Table.__init__(table, columns, labels, breaks)
    return table


def read_all(folder):
    """({name: table}, values) of a figure's tables."""
    folder = Path(folder)
    tables = {file.stem: read(file) for file in sorted(folder.glob("*.dat"))}
    return tables, json.loads((folder / "values.json").read_text(encoding="utf-8"))
