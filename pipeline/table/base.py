"""What all tables have in common: columns of numbers, their gaps, labels, and blank lines."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.table.dates import CALENDAR, SINCE, beyond
from pipeline.table.digits import texts
from pipeline.table.meaning import Column, meant, written
from pipeline.table.numbers import Array, Numbers, gaps
from pipeline.table.refusals import refusal, told

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

Labels = Mapping[str, str] | None  # {column: label in the book's macros}


class Table:
    """Columns of equal length; each is an attribute, too, such as table.x.

    columns : {name: numbers of shape (rows,)}; labels : {column: label in the book's macros}, for TeX and Matplotlib;
    breaks : the numbers of the rows before which a blank line stands. Where a number is missing, a file has `nan`.

    len(table) is the number of its rows.

    Dates, of Python, NumPy, pandas or polars, become days since 1970-01-01, UTC, and those with a time zone are told in
    UTC. Words become 0, 1, 2, … in the order in which they first appear, or in that of their categories, if these have
    one. dates : the names of the columns that were dates; words : {column that was one of words: these in their order}.
    """

    _advice = "leave out the rows in which numbers are missing"
    plate = False  # whether a preview shows it by itself, on axes of its own
    for_templates: tuple[str, ...] = ()  # what a template may ask of it besides labels and columns
    traits: Sequence[str] = ()  # words that say more of how it is drawn, kept beside its type in the file

    def __init__(
        self,
        columns: Mapping[str, Numbers | Column],
        labels: Labels = None,
        breaks: Iterable[int] = (),
    ) -> None:
        found = {name: values if isinstance(values, Column) else meant(values) for name, values in columns.items()}
        self.columns = {name: column.numbers for name, column in found.items()}
        self.words = {name: column.words for name, column in found.items() if column.words is not None}
        self.dates = {name for name, column in found.items() if column.dates}
        self.labels = dict(labels or {})
        self.breaks = [int(b) for b in breaks]

    def __getattr__(self, name: str) -> Array:
        try:
            return self.__dict__["columns"][name]
        except KeyError:
            raise AttributeError(f"no column '{name}'") from None

    @property
    def _meant(self) -> dict[str, Column]:
        """The columns with what their numbers stand for."""
        of = self.columns.items()
        return {name: Column(numbers, self.words.get(name), name in self.dates) for name, numbers in of}

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def check(self, where: str) -> None:
        """Raises an AuthorError for what TeX could not draw; its message begins with `where`."""
        for name, column in self.columns.items():
            if not column.ndim and (bad := refusal(column)):
                raise AuthorError(f"{where}: column '{name}' {bad[1]}", bad[2])
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
                other = re.sub(r"[^\w-]+", "-", name).strip("-")
                other = other if other[:1].isalpha() else f"s{other}"
                hint = f'call it {other}, and say labels={{"{other}": {json.dumps(name, ensure_ascii=False)}}}'
                raise AuthorError(f"{where}: a column cannot be called '{name}'; {can}", hint)
            numbers = name not in self._may_be_words and name not in self._may_be_dates
            if bad := refusal(column, numbers):
                row, what, advice = bad
                raise AuthorError(f"{where}: row {row}, column '{name}' {what}", advice)
            self._check_gaps(where, name, gaps(column))
            self._check_meaning(where, name)

    def _check_gaps(self, where: str, name: str, missing: Array) -> None:
        """Raises an AuthorError where numbers of a column are missing and cannot be; `missing` : where, (rows,)."""
        if missing.any() and name not in self._may_miss:
            row = int(np.flatnonzero(missing)[0])
            raise AuthorError(f"{where}: row {row}, column '{name}' is missing", self._advice)
        if missing.all():
            raise AuthorError(f"{where}: all of column '{name}' is missing")

    def _check_meaning(self, where: str, name: str) -> None:
        """Raises an AuthorError where a column has words or dates and takes none."""
        if name not in self.words and name not in self.dates:
            return
        if not (there := np.flatnonzero(~gaps(self.columns[name]))).size:
            return
        row = int(there[0])
        first = self.columns[name][row]
        if name in self.dates:
            for at, day in enumerate(self.columns[name]):
                if what := beyond(day):
                    raise AuthorError(f"{where}: row {at}, column '{name}' {what}", CALENDAR)
        if name in self.words and name not in self._may_be_words:
            what, advice = told(self.words[name][int(first)])
        elif name in self.dates and name not in self._may_be_dates:
            what, advice = told(np.datetime64(0, "D") + np.timedelta64(round(first * 86400), "s"))
        else:
            return
        raise AuthorError(f"{where}: row {row}, column '{name}' {what}", advice)

    def notes(self) -> list[str]:
        """What the author should know though all can be drawn, in lines."""
        return []

    @property
    def _may_miss(self) -> Container[str]:
        """The names of the columns that may have gaps."""
        return ()

    @property
    def _may_be_words(self) -> Container[str]:
        """The names of the columns that may hold words."""
        return ()

    @property
    def _may_be_dates(self) -> Container[str]:
        """The names of the columns that may hold dates."""
        return ()

    def dump(self, beside: Iterable[Array] = ()) -> str:
        """The table as ASCII text; `beside` : all columns of the figure, for what is drawn together."""
        head = [" ".join(["#", type(self).__name__, *self.traits])]
        head += [f"# {name}: {label}" for name, label in self.labels.items()]
        head += [f"# {name} {SINCE}" for name in self.columns if name in self.dates]
        head += [
            f"# {name} {k} = {written(word)}" for name, words in self.words.items() for k, word in enumerate(words)
        ]
        columns = (texts(column, beside) for column in self.columns.values())
        rows = [*map(" ".join, zip(*columns, strict=True)), ""]
        for at in self.breaks:
            rows[at] = "\n" + rows[at]
        return "\n".join([*head, " ".join(self.columns), *rows])

    def draw(self, axes: Axes, colours: Iterator[ColorType]) -> None:
        """Draws the table on Matplotlib's axes; each of its lines or series takes the next colour."""
        raise NotImplementedError

    @property
    def series(self) -> dict[str, Array]:
        """{name: column} of all columns but the first."""
        return dict(list(self.columns.items())[1:])

    @property
    def shown(self) -> dict[str, list[str]]:
        """{"x" or "y": the columns that draw() has along it}."""
        names = list(self.columns)
        along = names[:1], names[1:2]
        return dict(zip("yx" if "lying" in self.traits else "xy", along, strict=True))

    def _series_label(self, name: str) -> str | None:
        """What a legend calls a series; None where there is only one."""
        return self.labels.get(name, name) if len(self.series) > 1 else None

    def pieces(self) -> list[slice]:
        """The rows between the blank lines, as slices."""
        return [slice(a, b) for a, b in zip([0, *self.breaks], [*self.breaks, len(self)], strict=True)]
