"""An \\addplot of a table, the numbers that it plots, and the few rows of them that are its specimen."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.plots import columns
from pipeline.plots.columns import Array, Columns

LEVELS = 33  # rows of a surface's specimen, of two patches each, which rise by a sixtieth: so are its colours sampled
COLUMN = re.compile(r"\s*([xyz])( index| expr|)\s*=\s*([\w.+-]+)\s*")
THINNED = re.compile(r"\beach nth point\s*=\s*(\d+)\s*(?:,\s*(?=[^\s])|(?=\]))")
CHARTED = re.compile(r"\bcharted points\b")
MOVED = re.compile(r"shift|rotate|scale|slant|\bcm\b|transform")
LIMITS = {
    name: re.compile(rf"\b{name}\s*=\s*\{{?(-?\d+\.?\d*(?:e[-+]?\d+)?)\}}?\s*(?=[,\]])")
    for name in ("xmin", "xmax", "ymin", "ymax", "zmin", "zmax")
}


def limits(options: str) -> list[tuple[int, float, float]]:
    """[(axis, least, greatest)] of the limits that an axis is given as numbers."""
    found = []
    for k, axis in enumerate("xyz"):
        low, high = (LIMITS[axis + end].findall(options) for end in ("min", "max"))
        found.append((k, float(low[-1]) if low else -np.inf, float(high[-1]) if high else np.inf))
    return found


@dataclass
class Plot:
    """An \\addplot of a table, at picture[start:end]; where this is none of the pipeline's, its numbers raise
    ValueError."""

    start: int
    end: int
    three: str  # '3' in space
    plus: str  # '+' where the options are added to the cycle list's
    options: str
    chosen: str  # the table's own options
    path: str
    axis: str  # its axis's options
    place: int  # where in the picture these are
    more: set[int] = field(default_factory=set, compare=False)  # rows that its specimen has besides

    @cached_property
    def table(self) -> Columns:
        return columns.read(self.path).thinned(int(next(iter(THINNED.findall(self.options)), 1)))

    @property
    def rows(self) -> int:
        return len(self.table.numbers)

    @property
    def key(self) -> str:
        """Of the axis that states its geometry for this plot, too: one that is moved in it has its own."""
        return f"{self.place}{self.three}" + (f" {self.start}" if MOVED.search(self.options) else "")

    @cached_property
    def along(self) -> Array:
        """The numbers along each axis, of shape (axes, rows); ValueError where the table's options are more than
        columns and constants, or numbers are missing."""
        chosen = {axis: (" index", str(k)) for k, axis in enumerate("xyz" if self.three else "xy")}
        for option in filter(str.strip, self.chosen[1:-1].split(",")):
            if not (match := COLUMN.fullmatch(option)):
                raise ValueError(f"{option} is more than a column")
            chosen[match[1]] = match[2], match[3]
        found = np.array([self.numbers(kind, value) for kind, value in chosen.values()])
        if np.isnan(found).any():
            raise ValueError(f"{self.path}: it has gaps, which are PGFPlots's to leave")
        return found

    def numbers(self, kind: str, value: str) -> Array:
        """Of a column, by its name or number, or a constant; an expression, or what is wrong, is TeX's to read."""
        if kind == " expr":
            return np.full(self.rows, float(value))
        column = int(value) if kind else self.table.names.index(value)
        if not 0 <= column < len(self.table.names):
            raise ValueError(f"{self.path}: there is no column {column}")
        return self.table.numbers[:, column]

    @property
    def tips(self) -> Array | None:
        """Where arrows end, if the table has any, of shape (2, rows)."""
        names = self.table.names
        if not {"u", "v"} <= set(names):
            return None
        return self.along[:2] + np.array([self.table.numbers[:, names.index(name)] for name in "uv"])

    @cached_property
    def piece(self) -> NDArray[np.intp]:
        """The number of each row's piece, between blank lines."""
        piece = np.zeros(self.rows, int)
        piece[self.table.breaks] = 1
        return piece.cumsum()

    @cached_property
    def grid(self) -> tuple[int, int] | None:
        """(rows, columns) of a surface's grid, straight along x and y; None where it is no such surface."""
        breaks = self.table.breaks
        if (
            "surf" not in self.options
            or not len(breaks)
            or self.rows % breaks[0]
            or (np.diff(breaks) != breaks[0]).any()
        ):
            return None
        x, y, _ = self.along.reshape(3, -1, breaks[0])
        return (len(x), int(breaks[0])) if (x == x[0]).all() and (y[:, 0] == y.T).all() else None

    @cached_property
    def shades(self) -> NDArray[np.intp] | None:
        """The number of each row's colour, where marks have that of their place on a chart, of shape (rows,)."""
        names = self.table.names
        if not CHARTED.search(self.options) or not {"across", "up"} <= set(names):
            return None
        places = self.table.numbers[:, [names.index("across"), names.index("up")]]
        return np.unique(places, axis=0, return_inverse=True)[1].ravel()

    @property
    def shaded(self) -> set[int]:
        """A row of each colour, of those within the axis's limits where there is one."""
        if self.shades is None:
            return set()
        given = [(along, *ends) for along, (_, *ends) in zip(self.along, limits(self.axis), strict=False)]
        within = np.logical_and.reduce([(along >= low) & (along <= high) for along, low, high in given])
        order = np.argsort(~within, kind="stable")
        return {*order[np.unique(self.shades[order], return_index=True)[1]].tolist()}

    # ---- The specimen ----
    def enlarge(self, rows: Iterable[int]) -> None:
        """Adds rows to the specimen."""
        self.more.update(rows)
        self.__dict__.pop("specimen", None)

    @cached_property
    def specimen(self) -> NDArray[np.intp]:
        """Numbers of the rows that PGFPlots draws: the extremes, and a few to see how points are joined."""
        places = [self.along] if self.tips is None else [self.along, self.tips]
        reach = [numbers for place in places for numbers in place]
        if self.tips is not None:
            reach.append(np.hypot(*(self.tips - self.along[:2])))
        rows = {0, 1, self.rows // 2, *(int(row) for numbers in reach for row in (numbers.argmin(), numbers.argmax()))}
        rows |= self.shaded
        # Limits given for one axis matter for the others, and what is within all for the bounding box.
        for place in places:
            within = [(place[k] >= low) & (place[k] <= high) for k, low, high in limits(self.axis) if k < len(place)]
            for k, numbers in enumerate(place):
                for seen in ([other for j, other in enumerate(within) if j != k], within):
                    some = np.flatnonzero(np.logical_and.reduce(seen))
                    if len(some):
                        rows |= {int(some[numbers[some].argmin()]), int(some[numbers[some].argmax()])}
        breaks = self.table.breaks
        # contours are drawn one by one
        ends = breaks if "contour" in self.options or "level lines" in self.options else breaks[:1]
        return np.array(sorted(rows.union(self.more, ends, ends - 1, (ends + 1) % self.rows)), int)

    @cached_property
    def sampled(self) -> Array:
        """The specimen of a surface: x, y and z of shape (3, rows, 3), its height rising from patch to patch."""
        x, y, z = self.along.reshape(3, -1, self.table.breaks[0])
        across = x[0, [0, x.shape[1] // 2, -1]]
        up = np.interp(np.linspace(0, len(y) - 1, LEVELS + 1), np.arange(len(y)), y[:, 0])
        height = np.clip((np.add.outer(2 * np.arange(LEVELS + 1), np.arange(3)) - 3.5) / (2 * LEVELS - 6), 0, 1)
        return np.array([*np.meshgrid(across, up), z.min() + (z.max() - z.min()) * height])

    def reduced(self) -> str:
        """The specimen's table."""
        pieces = self.sampled_lines() if self.grid else self.chosen_lines()
        return "\n\n".join("\n".join(lines) for lines in pieces) + "\n"

    def sampled_lines(self) -> list[list[str]]:
        """The pieces of a surface's specimen, the names before the first; a column that it does not plot is 0."""
        axes = [
            next((axis for axis, numbers in enumerate(self.along) if (column == numbers).all()), None)
            for column in self.table.numbers.T
        ]
        pieces = [
            [" ".join("0" if axis is None else f"{row[axis]:.9g}" for axis in axes) for row in line.T]
            for line in self.sampled.transpose(1, 0, 2)
        ]
        pieces[0].insert(0, " ".join(self.table.names))
        return pieces

    def chosen_lines(self) -> list[list[str]]:
        """The same of another specimen: its rows as the table has them."""
        pieces = [[" ".join(self.table.names)]]
        for row, piece in zip(self.specimen, np.diff(self.piece[self.specimen], prepend=0), strict=True):
            if piece:
                pieces.append([])
            pieces[-1].append(self.table.lines[row])
        return pieces
