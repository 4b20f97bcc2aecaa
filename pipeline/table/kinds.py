"""Tables of marks, lines, arrows and bars."""

from collections.abc import Container, Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from pipeline.table.base import Labels, Table
from pipeline.table.numbers import Numbers, array, gaps

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType


class Points(Table):
    """Marks at (x, y), each of shape (n,); further columns, such as arm=…, say more about each mark.

    All of them may be numbers, dates or words. Where x or y is missing, there is no mark.
    """

    def __init__(self, x: Numbers, y: Numbers, labels: Labels = None, **more: Numbers) -> None:
        super().__init__({"x": x, "y": y, **more}, labels)

    @property
    def may_miss(self) -> Container[str]:
        return self.columns

    @property
    def may_be_words(self) -> Container[str]:
        return self.columns

    @property
    def may_be_dates(self) -> Container[str]:
        return self.columns

    def draw(self, axes: "Axes", colours: Iterator["ColorType"]) -> None:
        axes.plot(self.x, self.y, ".", markersize=2.5, color=next(colours))


class Curve(Table):
    """Lines over one axis: Curve(x, sine=…, cosine=…) has two, each of shape (n,) like x.

    over : the name of x's column. Each column may be of numbers, dates or words. Where one is missing, a line breaks.
    """

    def __init__(self, x: Numbers, labels: Labels = None, over: str = "x", **ys: Numbers) -> None:
        super().__init__({over: x, **ys}, labels)

    @property
    def may_miss(self) -> Container[str]:
        return self.columns

    @property
    def may_be_words(self) -> Container[str]:
        return self.columns

    @property
    def may_be_dates(self) -> Container[str]:
        return self.columns

    def notes(self) -> list[str]:
        found, x = list[str](), next(iter(self.columns.values()))
        for name, y in self.series.items():
            there = np.pad(~(gaps(x) | gaps(y)), 1)
            for row in np.flatnonzero(there[1:-1] & ~there[:-2] & ~there[2:]) if len(self) > 1 else ():
                found.append(f"row {row} of column '{name}' stands alone between gaps; a line shows nothing of it")
        return found

    def draw(self, axes: "Axes", colours: Iterator["ColorType"]) -> None:
        x = next(iter(self.columns.values()))
        for name, y in self.series.items():
            axes.plot(x, y, color=next(colours), label=self.series_label(name))


class Path2D(Table):
    """Lines in the plane, with blank lines between them.

    pieces : a line each, of shape (n, 2), where n may differ; more : further columns, a list each, in which every piece
    has one number, or a vector of shape (n,).
    """

    advice = "end the line before what is missing, and begin another piece behind it"

    def __init__(self, pieces: Iterable[Numbers], labels: Labels = None, **more: Iterable[Numbers]) -> None:
        lines = [array(piece) for piece in pieces]
        lengths = [len(line) for line in lines]
        x, y = np.concatenate(lines).T
        columns = {
            name: np.concatenate([np.broadcast_to(array(v), n) for v, n in zip(values, lengths, strict=True)])
            for name, values in more.items()
        }
        super().__init__({"x": x, "y": y, **columns}, labels, np.cumsum(lengths)[:-1])

    @property
    def may_be_words(self) -> Container[str]:
        return self.columns

    @property
    def may_be_dates(self) -> Container[str]:
        return self.columns

    def draw(self, axes: "Axes", colours: Iterator["ColorType"]) -> None:
        colour = next(colours)
        for piece in self.pieces():
            axes.plot(self.x[piece], self.y[piece], color=colour)


class Arrows(Table):
    """Arrows from (x, y) to (x + u, y + v), each of shape (n,)."""

    def __init__(self, x: Numbers, y: Numbers, u: Numbers, v: Numbers, labels: Labels = None) -> None:
        super().__init__({"x": x, "y": y, "u": u, "v": v}, labels)

    @property
    def may_be_dates(self) -> Container[str]:
        return ("x", "y")

    def draw(self, axes: "Axes", colours: Iterator["ColorType"]) -> None:
        axes.quiver(self.x, self.y, self.u, self.v, color=next(colours), angles="xy", scale_units="xy", scale=1)


class Bars(Table):
    """Bars over x: Bars(x, train=…, test=…) has two series, whose heights have shape (n,) like x.

    x : numbers, dates, or words, which are the bars' names, in their order.
    Where a height is missing, there is no bar.
    """

    def __init__(self, x: Numbers, labels: Labels = None, **heights: Numbers) -> None:
        super().__init__({"x": x, **heights}, labels)

    @property
    def may_miss(self) -> Container[str]:
        return self.series

    @property
    def may_be_words(self) -> Container[str]:
        return ("x",)

    @property
    def may_be_dates(self) -> Container[str]:
        return ("x",)

    def draw(self, axes: "Axes", colours: Iterator["ColorType"]) -> None:
        width = 0.8 / len(self.series)
        for k, (name, height) in enumerate(self.series.items()):
            left = self.x + (k - len(self.series) / 2) * width
            axes.bar(left, height, width, align="edge", color=next(colours), label=self.series_label(name))
