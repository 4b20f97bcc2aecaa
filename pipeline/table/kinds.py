"""Tables of marks, lines, arrows and bars."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import cycle
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.table.base import Labels, Table
from pipeline.table.drawing import strengths, tint
from pipeline.table.names import joined
from pipeline.table.numbers import Numbers, array, gaps

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType


class Points(Table):
    """Marks at (x, y), each of shape (n,), or at (x, y, z) where there is a z=…; further columns, such as arm=…, say
    more about each mark.

    All of them may be numbers, dates or words. Where x or y is missing, there is no mark.
    """

    def __init__(self, x: Numbers, y: Numbers, labels: Labels = None, **more: Numbers) -> None:
        super().__init__({"x": x, "y": y, **more}, labels)

    @property
    def _may_miss(self) -> Container[str]:
        return self.columns

    @property
    def _may_be_words(self) -> Container[str]:
        return self.columns

    @property
    def _may_be_dates(self) -> Container[str]:
        return self.columns

    @property
    def along(self) -> str:
        """The names of the columns that are places along the axes."""
        return "xyz" if "z" in self.columns else "xy"

    def draw(self, axes: Axes, colours: Iterator[ColorType]) -> None:
        axes.plot(*(self.columns[name] for name in self.along), ".", markersize=2.5, color=next(colours))


class Curve(Table):
    """Lines over one axis: Curve(x, sine=…, cosine=…) has two, each of shape (n,) like x.

    ys : the lines, by the names of their columns; over : the name of x's column. Each column may be of numbers, dates
    or words. Where one is missing, a line breaks.
    """

    def __init__(self, x: Numbers, labels: Labels = None, over: str = "x", **ys: Numbers) -> None:
        super().__init__(joined({over: x}, ys, "a curve's line", "what it runs over is"), labels)

    @property
    def _may_miss(self) -> Container[str]:
        return self.columns

    @property
    def _may_be_words(self) -> Container[str]:
        return self.columns

    @property
    def _may_be_dates(self) -> Container[str]:
        return self.columns

    @property
    def shown(self) -> dict[str, list[str]]:
        return {"x": list(self.columns)[:1], "y": list(self.series)}

    def notes(self) -> list[str]:
        found, x = list[str](), next(iter(self.columns.values()))
        for name, y in self.series.items():
            there = np.pad(~(gaps(x) | gaps(y)), 1)
            for row in np.flatnonzero(there[1:-1] & ~there[:-2] & ~there[2:]) if len(self) > 1 else ():
                found.append(f"row {row} of column '{name}' stands alone between gaps; a line shows nothing of it")
        return found

    def draw(self, axes: Axes, colours: Iterator[ColorType]) -> None:
        x = next(iter(self.columns.values()))
        for name, y in self.series.items():
            axes.plot(x, y, color=next(colours), label=self._series_label(name))


class Path2D(Table):
    """Lines in the plane, with blank lines between them.

    pieces : a line each, of shape (n, 2), where n may differ; more : further columns, a list each, in which every piece
    has one number, or a vector of shape (n,).
    """

    AXES = "xy"
    _advice = "end the line before what is missing, and begin another piece behind it"

    def __init__(self, pieces: Iterable[Numbers], labels: Labels = None, **more: Iterable[Numbers]) -> None:
        lines, n = [array(piece) for piece in pieces], len(self.AXES)
        for k, line in enumerate(lines):
            if line.ndim != 2 or line.shape[1] != n:
                raise AuthorError(f"piece {k} of a path has shape {line.shape}, not (n, {n})")
        if not lines:
            raise AuthorError("a path has no pieces")
        lengths = [len(line) for line in lines]
        places = dict(zip(self.AXES, np.concatenate(lines).T, strict=True))
        columns = {
            name: np.concatenate([np.broadcast_to(array(v), n) for v, n in zip(values, lengths, strict=True)])
            for name, values in more.items()
        }
        every = joined(places, columns, "a path's further column", "its places are")
        super().__init__(every, labels, np.cumsum(lengths)[:-1])

    @property
    def _may_be_words(self) -> Container[str]:
        return self.columns

    @property
    def _may_be_dates(self) -> Container[str]:
        return self.columns

    def draw(self, axes: Axes, colours: Iterator[ColorType]) -> None:
        colour = next(colours)
        for piece in self.pieces():
            axes.plot(*(self.columns[name][piece] for name in self.AXES), color=colour)


class Arrows(Table):
    """Arrows from (x, y) to (x + u, y + v), each of shape (n,).

    x, y : numbers or dates; u, v : in the units of the axes, days where these are dates. None may be missing.
    """

    def __init__(self, x: Numbers, y: Numbers, u: Numbers, v: Numbers, labels: Labels = None) -> None:
        super().__init__({"x": x, "y": y, "u": u, "v": v}, labels)

    @property
    def _may_be_dates(self) -> Container[str]:
        return ("x", "y")

    def draw(self, axes: Axes, colours: Iterator[ColorType]) -> None:
        length = np.hypot(self.u, self.v)
        x, y, u, v, length = (column[length > 0] for column in (self.x, self.y, self.u, self.v, length))
        style: dict[str, Any] = {
            "color": next(colours),
            "angles": "xy",
            "units": "inches",
            "width": 0.01,
            "minlength": 0,
        }
        taper: dict[str, Any] = {
            "headwidth": 1,
            "headlength": 4.2,
            "headaxislength": 4.2,
        }  # a shaft ends within its head
        axes.quiver(x, y, u, v, scale_units="xy", scale=1, **style, **taper)
        tips: dict[str, Any] = {"pivot": "tip", "headwidth": 4.8, "headlength": 6, "headaxislength": 4.2}
        style |= {"scale_units": "inches", "scale": 1 / 0.06}  # heads are of one size, however short the arrow
        axes.quiver(x + u, y + v, u / length, v / length, **style, **tips)


class Bars(Table):
    """Bars over x: Bars(x, train=…, test=…) has two series, whose heights have shape (n,) like x.

    x : numbers, dates, or words, which are the bars' names, in their order. stacked : upon one another, those that are
    negative below 0, rather than side by side; lying : from left to right. Where a height is missing, there is no bar.
    """

    def __init__(
        self, x: Numbers, labels: Labels = None, stacked: bool = False, lying: bool = False, **heights: Numbers
    ) -> None:
        super().__init__({"x": x, **heights}, labels)
        self.traits = [name for name, so in (("stacked", stacked), ("lying", lying)) if so]

    @property
    def _may_miss(self) -> Container[str]:
        return self.series

    @property
    def _may_be_words(self) -> Container[str]:
        return ("x",)

    @property
    def _may_be_dates(self) -> Container[str]:
        return ("x",)

    def check(self, where: str) -> None:
        super().check(where)
        places, counts = np.unique(self.x, return_counts=True)
        if (counts > 1).any():
            row = int(np.flatnonzero(self.x == places[counts > 1][0])[1])
            told = f"'{self.words['x'][int(self.x[row])]}'" if "x" in self.words else "what is in a row before it"
            what = f"{where}: row {row}, column 'x' is {told} again, and one bar would stand before another"
            raise AuthorError(what, "give each row of bars a name or a place of its own, or add them up")

    def draw(self, axes: Axes, colours: Iterator[ColorType]) -> None:
        stacked, lying, n = "stacked" in self.traits, "lying" in self.traits, len(self.series)
        at = np.unique(self.x[~gaps(self.x)])
        room = np.diff(at).min() if len(at) > 1 else 1
        width = room * (0.6 if stacked else 0.8 / n)
        bar, size = (axes.barh, "height") if lying else (axes.bar, "width")
        below = np.zeros((2, len(self)))  # what stands there already, above and below 0
        for k, ((name, height), share) in enumerate(zip(self.series.items(), cycle(strengths(n)), strict=False)):
            colour, side = next(colours), (height < 0).astype(int)
            start = below[side, np.arange(len(self))] if stacked else np.zeros(len(self))
            middle = self.x if stacked else self.x + (k - (n - 1) / 2) * width
            style: dict[str, Any] = {size: width, "left" if lying else "bottom": start, "zorder": 2}
            fill = tint(axes, colours, colour, share)
            style |= {"facecolor": fill, "edgecolor": colour if share in (None, 0) else fill}
            bar(middle, height, label=self._series_label(name), **style)
            below[side, np.arange(len(self))] += np.nan_to_num(height)
        if lying and not axes.yaxis_inverted():
            axes.invert_yaxis()
