"""Pictures as they plot tables: their axes, their \\addplot commands, and the tables that these name."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

import numpy as np

from pipeline import dat
from pipeline.style.comments import COMMENT

ROWS = 20  # a table of more is a layer; `layer=always` or `layer=never` among a plot's options decides otherwise
LEVELS = 33  # rows of a surface's specimen, of two patches each, which rise by a sixtieth: so are its colours sampled
AXIS = re.compile(r"\\begin\{(\w*axis|groupplot)\}|\\nextgroupplot")
LIMITS = {
    name: re.compile(rf"\b{name}\s*=\s*\{{?(-?\d+\.?\d*(?:e[-+]?\d+)?)\}}?\s*(?=[,\]])")
    for name in ("xmin", "xmax", "ymin", "ymax", "zmin", "zmax")
}
ADDED, TABLE, FILE = (
    re.compile(r"\\addplot(3?)\s*(\+?)\s*"),
    re.compile(r"\s*table\s*"),
    re.compile(r"\s*\{([^{}]+\.dat)\}\s*;"),
)
COLUMN = re.compile(r"\s*([xyz])( index| expr|)\s*=\s*([\w.+-]+)\s*")
WISH = re.compile(r"\blayer\s*=\s*(\w+)")
THINNED = re.compile(r"\beach nth point\s*=\s*(\d+)\s*(?:,\s*(?=[^\s])|(?=\]))")
MOVED = re.compile(r"shift|rotate|scale|slant|\bcm\b|transform")
# What names, moves, drops or joins a plot's points: PGFPlots draws it as ever. Most of it a specimen would show as
# well.
UNFIT = re.compile(
    r"name path|current plot|filter|restrict|each nth point\*|skip coords|smooth|tension|const plot|jump mark"
    r"|[xy](bar|comb)|symbolic|stack plots|error bars|nodes near|scatter|mark (repeat|phase|indices)|z buffer"
    r"|point meta|corner|decorat|polaraxis|coord trafo"
)


def bracket(text, at):
    """The [options] that begin at `at`, if any do."""
    depth = 0
    for end in range(at, len(text)):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(text[end], 0)
        if depth == 0:
            return text[at : end + 1] if text[at] == "[" else ""
    return ""


def axes(picture):
    """(environment, options, start, end) of each axis in a picture; a group's options are its axes', too."""
    marks, group = list(AXIS.finditer(picture)), ""
    for mark, following in zip_longest(marks, marks[1:]):
        given = bracket(picture, mark.end()) if picture[mark.end() : mark.end() + 1] == "[" else ""
        yield (
            mark[1] or "axis",
            given if mark[1] else group + given,
            mark.end(),
            following.start() if following else len(picture),
        )
        if mark[1]:
            group = given


def limits(options):
    """[(axis, least, greatest)] of the limits that an axis is given as numbers."""
    for k, axis in enumerate("xyz"):
        low, high = (LIMITS[axis + end].findall(options) for end in ("min", "max"))
        yield k, float(low[-1]) if low else -np.inf, float(high[-1]) if high else np.inf


def read(path):
    """(names, lines of numbers, numbers of shape (rows, columns), rows before which a blank line stands) of a table."""
    lines = dat.read(path)
    return lines.names, lines.rows, np.loadtxt(lines.rows, ndmin=2), np.array(lines.breaks, int)


def columns(path):
    """{column: numbers} of a table."""
    names, _, data, _ = read(path)
    return dict(zip(names, data.T, strict=True))


@dataclass
class Plot:
    """An \\addplot of a table, at picture[start:end]."""

    start: int
    end: int
    three: str  # '3' in space
    plus: str  # '+' where the options are added to the cycle list's
    options: str
    chosen: str  # the table's own options
    path: str
    axis: str  # its axis's options
    place: int  # where in the picture these are

    @cached_property
    def table(self):
        names, lines, data, breaks = read(self.path)
        step = int(next(iter(THINNED.findall(self.options)), 1))
        if step > 1 and len(breaks):
            raise ValueError("PGFPlots counts points through blank lines")
        return names, lines[::step], data[::step], breaks

    rows = property(lambda self: len(self.table[2]))

    @property
    def key(self):
        """Of the axis that states its geometry for this plot, too: one that is moved in it has its own."""
        return f"{self.place}{self.three}" + (f" {self.start}" if MOVED.search(self.options) else "")

    @cached_property
    def along(self):
        """The numbers along each axis, of shape (axes, rows); None where the table's options are more than columns and
        constants."""
        names, _, data, _ = self.table
        chosen = {axis: (" index", str(k)) for k, axis in enumerate("xyz" if self.three else "xy")}
        for option in filter(str.strip, self.chosen[1:-1].split(",")):
            if not (match := COLUMN.fullmatch(option)):
                return None
            chosen[match[1]] = match[2], match[3]
        try:
            return np.array([
                np.full(self.rows, float(value))
                if kind == " expr"
                else data[:, int(value) if kind else names.index(value)]
                for kind, value in chosen.values()
            ])  # fmt: skip
        except (ValueError, IndexError):  # an expression; what is wrong otherwise is TeX's to say
            return None

    @property
    def tips(self):
        """Where arrows end, if the table has any, of shape (2, rows)."""
        names, _, data, _ = self.table
        return (
            self.along[:2] + np.array([data[:, names.index(name)] for name in "uv"])
            if {"u", "v"} <= set(names)
            else None
        )

    @cached_property
    def piece(self):
        """The number of each row's piece, between blank lines."""
        piece = np.zeros(self.rows, int)
        np.add.at(piece, self.table[3], 1)
        return piece.cumsum()

    @cached_property
    def grid(self):
        """(rows, columns) of a surface's grid, straight along x and y; None where it is no such surface."""
        breaks = self.table[3]
        if (
            "surf" not in self.options
            or not len(breaks)
            or self.rows % breaks[0]
            or (np.diff(breaks) != breaks[0]).any()
        ):
            return None
        x, y, _ = self.along.reshape(3, -1, breaks[0])
        return x.shape if (x == x[0]).all() and (y[:, 0] == y.T).all() else None

    @cached_property
    def specimen(self):
        """Numbers of the rows that PGFPlots draws: the extremes, and a few to see how points are joined."""
        reach = self.along if self.tips is None else [*self.along, *self.tips, np.hypot(*(self.tips - self.along[:2]))]
        rows = {0, 1, self.rows // 2, *(row for numbers in reach for row in (numbers.argmin(), numbers.argmax()))}
        # Limits given for one axis matter for the others.
        for place in (self.along,) if self.tips is None else (self.along, self.tips):
            within = [(place[k] >= low) & (place[k] <= high) for k, low, high in limits(self.axis) if k < len(place)]
            for k, numbers in enumerate(place):
                some = np.flatnonzero(np.logical_and.reduce([other for j, other in enumerate(within) if j != k]))
                rows.update({some[numbers[some].argmin()], some[numbers[some].argmax()]} if len(some) else ())
        breaks = self.table[3]
        # contours are drawn one by one
        ends = breaks if "contour" in self.options or "level lines" in self.options else breaks[:1]
        return np.array(sorted(rows.union(ends, ends - 1, (ends + 1) % self.rows)))

    @cached_property
    def sampled(self):
        """The specimen of a surface: x, y and z of shape (3, rows, 3), its height rising from patch to patch."""
        x, y, z = self.along.reshape(3, *self.grid)
        across, up = (
            x[0, [0, x.shape[1] // 2, -1]],
            np.interp(np.linspace(0, len(y) - 1, LEVELS + 1), np.arange(len(y)), y[:, 0]),
        )
        height = np.clip((np.add.outer(2 * np.arange(LEVELS + 1), np.arange(3)) - 3.5) / (2 * LEVELS - 6), 0, 1)
        return np.array([*np.meshgrid(across, up), z.min() + (z.max() - z.min()) * height])

    def reduced(self):
        """The specimen's table."""
        names, lines, data, _ = self.table
        if self.grid:
            place = [next(k for k, column in enumerate(data.T) if (column == numbers).all()) for numbers in self.along]
            rows = [[" ".join(f"{row[place.index(k)]:.9g}" if k in place else "0" for k in range(len(names)))
                     for row in line.T]
                    for line in self.sampled.transpose(1, 0, 2)]  # fmt: skip
            return (
                "\n\n".join(
                    "\n".join(line) for line in ([" ".join(names) + "\n" + rows[0][0], *rows[0][1:]], *rows[1:])
                )
                + "\n"
            )
        parted, text = np.diff(self.piece[self.specimen], append=self.piece[self.specimen[-1]]) > 0, [" ".join(names)]
        for row, ends in zip(self.specimen, parted, strict=True):
            text += [lines[row], ""] if ends else [lines[row]]
        return "\n".join(text) + "\n"

    def fits(self):
        """Whether it is to be a layer, and can be one."""
        wish = WISH.findall(self.options)
        try:
            return (
                wish[-1:] != ["never"]
                and not UNFIT.search(self.options)
                and self.rows > (3 if wish[-1:] == ["always"] else ROWS)
                and self.along is not None
                and ("surf" not in self.options or self.grid is not None)
            )
        except (OSError, ValueError):  # no table of the pipeline's
            return False


def plots(picture):
    """[Plot] of all tables that a picture plots in the plain way."""
    axes_at = [(start, options) for _, options, start, _ in axes(picture)]
    for match in ADDED.finditer(picture):
        if COMMENT.search(picture, picture.rfind("\n", 0, match.start()) + 1, match.start()):
            continue
        options = bracket(picture, match.end()) if picture[match.end() : match.end() + 1] == "[" else ""
        if table := TABLE.match(picture, match.end() + len(options)):
            chosen = bracket(picture, table.end()) if picture[table.end() : table.end() + 1] == "[" else ""
            if file := FILE.match(picture, table.end() + len(chosen)):
                place, given = next((axis for axis in reversed(axes_at) if axis[0] <= match.start()), (0, ""))
                yield Plot(match.start(), file.end(), match[1], match[2], options, chosen, file[1], given, place)
