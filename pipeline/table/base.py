"""What all tables have in common: columns of numbers, their gaps, labels, and blank lines."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.table.digits import texts
from pipeline.table.numbers import Array, Numbers, array, gaps, refusal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

Labels = Mapping[str, str] | None  # {column: label in the book's macros}


class Table:
    """Columns of equal length; each is an attribute, too, such as table.x.

    columns : {name: numbers of shape (rows,)}; labels : {column: label in the book's macros}, for TeX and Matplotlib;
    breaks : the numbers of the rows before which a blank line stands. Where a number is missing, a file has `nan`.
    """

    advice = "leave out the rows in which numbers are missing"

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
                raise AuthorError(f"{where}: a column cannot be called '{name}'; {can}")
            if bad := refusal(column):
                row, what, advice = bad
                raise AuthorError(f"{where}: row {row}, column '{name}' {what}", advice)
            self.check_gaps(where, name, gaps(column))

    def check_gaps(self, where: str, name: str, missing: Array) -> None:
        """Raises an AuthorError where numbers of a column are missing and cannot be; `missing` : where, (rows,)."""
        if missing.any() and name not in self.may_miss:
            row = int(np.flatnonzero(missing)[0])
            raise AuthorError(f"{where}: row {row}, column '{name}' is missing", self.advice)
        if missing.all():
            raise AuthorError(f"{where}: all of column '{name}' is missing")

    def notes(self) -> list[str]:
        """What the author should know though all can be drawn, in lines."""
        return []

    @property
    def may_miss(self) -> Container[str]:
        """The names of the columns that may have gaps."""
        return ()

    def dump(self, beside: Iterable[Array] = ()) -> str:
        """The table as ASCII text; `beside` : all columns of the figure, for what is drawn together."""
        head = [f"# {type(self).__name__}", *(f"# {name}: {label}" for name, label in self.labels.items())]
        columns = (texts(column, beside) for column in self.columns.values())
        rows = [*map(" ".join, zip(*columns, strict=True)), ""]
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
