"""Tables that are read as tables: numbers and words in columns under heads."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.table.base import Labels, Table
from pipeline.table.dates import text_of
from pipeline.table.meaning import Column, counted, meant
from pipeline.table.numbers import Array, Numbers, gaps, objects

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

MISSING = "–"
SIGNIFICANT = 3  # digits of the greatest number of a column, and one at least of the least
MOST = 9  # decimals


Digits = int | Mapping[str, int] | None
Printed = tuple[str | None, int]


class Tabular(Table):
    """Columns of numbers or words, each of shape (rows,), to be typeset as a table: Tabular(model=[…], loss=[…]).

    Dates are printed such as 2025-01-31, and what is missing is shown as a dash. labels : {column: its head}; rules :
    the rows before which a rule stands.
    """

    plate = True
    for_templates = ("heads", "breaks", "is_number", "printed", "spans")

    def __init__(self, labels: Labels = None, rules: Iterable[int] = (), **columns: Numbers) -> None:
        if not columns:
            raise AuthorError("a tabular has no columns", "Tabular(model=[…], loss=[…])")
        super().__init__({name: spelled(meant(column)) for name, column in columns.items()}, labels, sorted({*rules}))
        if odd := [rule for rule in self.breaks if not 0 < rule < len(self)]:
            what = f"a rule stands before row {odd[0]}, and there are rows from 0 to {len(self) - 1}"
            raise AuthorError(what, "between two rows: rules=[1] is one below the first row")

    @property
    def _may_miss(self) -> Container[str]:
        return self.columns

    @property
    def _may_be_words(self) -> Container[str]:
        return self.columns

    @property
    def heads(self) -> dict[str, str]:
        """{column: what stands over it}"""
        return {name: self.labels.get(name, name) for name in self.columns}

    def notes(self) -> list[str]:
        lost = "needs more than {} decimals, without which numbers are printed as 0: multiply it, or significant={}"
        return [
            f"column '{name}' {lost.format(MOST, SIGNIFICANT)}"
            for name, column in self.columns.items()
            if not self.words.get(name) and vanishing(column)
        ]

    def written(self, name: str, digits: int | None = None, significant: int | None = None) -> list[str | None]:
        """A column as it is printed, with a decimal point and so many decimals, or with so many significant digits,
        that is, decimals of its own for each number; None where it is missing."""
        column, words = self.columns[name], self.words.get(name)
        places = decimals(column) if digits is None else digits
        there = ~gaps(column)
        if words:
            return [words[int(value)] if known else None for value, known in zip(column, there, strict=True)]
        own = [places if significant is None else needed(value, significant) for value in column.tolist()]
        texts = zip(column.tolist(), own, there, strict=True)
        return [plain(value, places) if known else None for value, places, known in texts]

    def is_number(self, name: str) -> bool:
        """Whether a column has numbers, not words; AuthorError for what is no column."""
        if name not in self.columns:
            raise AuthorError(f"the tabular has no column '{name}'", f"its columns are {', '.join(self.columns)}")
        return not self.words.get(name)

    def printed(self, names: Sequence[str], digits: Digits = None, significant: Digits = None) -> list[list[Printed]]:
        """The rows of some columns as printed: (text or None, how many decimals others of its column have more).

        digits, significant : of all columns of numbers, or by column, as written() has them; a column's own digits win.
        """
        columns = []
        for given in (digits, significant):
            for name in given if isinstance(given, Mapping) else ():
                self.is_number(name)
        for name in names:
            number = self.is_number(name)
            by_name = isinstance(digits, Mapping) and name in digits
            texts = self.written(name, of(digits, name), None if by_name else of(significant, name))
            places = [len((text or "").partition(".")[2]) * number for text in texts]
            columns.append([(text, max(places) - own) for text, own in zip(texts, places, strict=True)])
        return list(map(list, zip(*columns, strict=True)))

    def spans(self, names: Sequence[str], groups: Mapping[str, Sequence[str]]) -> list[tuple[str, int, int]]:
        """(head, first, last) of what stands over columns, counted from 1; an empty head over those of no group."""
        found = {name: head for head, group in groups.items() for name in group}
        for head, group in groups.items():
            places = [names.index(name) for name in group if name in names]
            if len(places) < len(group) or places != [*range(places[0], places[0] + len(places))]:
                raise AuthorError(f"the columns of the group '{head}' are not side by side: {', '.join(group)}")
        spans = list[tuple[str, int, int]]()
        for at, name in enumerate(names, 1):
            head = found.get(name, "")
            if head and spans and spans[-1][0] == head:
                spans[-1] = head, spans[-1][1], at
            else:
                spans.append((head, at, at))
        return spans

    def draw(self, axes: Axes, colours: Iterator[ColorType]) -> None:
        axes.set_axis_off()
        rows = list(zip(*([text or MISSING for text in self.written(name)] for name in self.columns), strict=True))
        sides = ["left" if self.words.get(name) else "right" for name in self.columns]
        lengths = np.array(
            [max(len(text) for text in column) + 2 for column in zip(*rows, self.heads.values(), strict=True)]
        )
        width, height = (float(side) / axes.figure.dpi * 72 for side in axes.bbox.size)  # in points
        size = min(9, width / lengths.sum() / 0.55, height / (len(rows) + 1) / 1.4)
        drawn = axes.table(rows, colLabels=list(self.heads.values()), colWidths=list(lengths * 0.55 * size / width),
                           loc="center", edges="open")  # fmt: skip
        drawn.auto_set_font_size(False)
        drawn.set_fontsize(size)
        for (row, column), cell in drawn.get_celld().items():  # the heads are row 0
            cell.set_text_props(ha=sides[column])
            cell.set(edgecolor=axes.spines["left"].get_edgecolor(), linewidth=axes.spines["left"].get_linewidth())
            above = row in (0, 1) or row - 1 in self.breaks
            cell.visible_edges = "T" * above + "B" * (row == len(self))


def spelled(column: Column) -> Column:
    """A column whose dates are words."""
    if not column.dates or column.numbers.ndim != 1:
        return column
    return counted(objects([np.nan if np.isnan(day) else text_of(day) for day in column.numbers.tolist()]), None)


def of(given: Digits, name: str) -> int | None:
    """What is given for a column."""
    return given.get(name) if isinstance(given, Mapping) else given


def needed(value: float, significant: int) -> int:
    """How many decimals show so many significant digits of a number; none of what is missing, or 0."""
    return max(0, significant - 1 - math.floor(math.log10(abs(value)))) if value and not math.isnan(value) else 0


def decimals(column: Array) -> int:
    """How many decimals a column of numbers needs, all the same: none where all are whole, else as many as show three
    digits of the greatest, one of the least, and, up to two more, tell all that differ apart."""
    there = np.unique(column[~gaps(column)].astype(float))
    sizes = np.abs(there[there != 0])
    if (there == np.rint(there)).all():
        return 0
    needed = max(SIGNIFICANT - 1 - np.floor(np.log10(sizes.max())), -np.floor(np.log10(sizes.min())), 0)
    exact = next((k for k in range(MOST) if np.allclose(there, there.round(k), rtol=1e-7, atol=0)), MOST)
    needed = min(needed, exact)  # no zeros that say nothing
    for places in range(int(needed), int(needed) + 3):
        if len({plain(value, places) for value in there}) == len(there):
            return min(places, MOST)
    return min(int(needed), MOST)


def vanishing(column: Array) -> bool:
    """Whether a number other than 0 is printed as 0 with the decimals of its column."""
    there = column[~gaps(column) & (column != 0)]
    places = decimals(column)
    return any(float(plain(value, places)) == 0 for value in there.tolist())


def plain(value: float, places: int) -> str:
    """A number with so many decimals, and no sign before what is then 0."""
    text = f"{value:.{places}f}"
    return text.removeprefix("-") if not float(text) else text
