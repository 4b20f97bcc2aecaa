"""What a template sees of a figure's tables and values, and what is said of what it asks for and is not there."""

from collections.abc import Mapping
from functools import cached_property
from math import isnan
from pathlib import Path
from typing import Any

import jinja2

from pipeline.errors.author import AuthorError
from pipeline.errors.hints import nearest
from pipeline.style.markup import as_tex
from pipeline.table import Table, read
from pipeline.table.dates import text_of
from pipeline.table.values import plain

ASKED = ("labels", "rows", "column", "least", "greatest", "at", "words", "date")  # what a template may ask of a table


class Lacking(jinja2.StrictUndefined):
    """What is not there: where a template uses it, that of which it was asked says so."""

    @property
    def _undefined_message(self) -> str:
        lacks = getattr(self._undefined_obj, "_lacks", None)
        if lacks and isinstance(self._undefined_name, str):
            raise lacks(self._undefined_name)
        return super()._undefined_message


class Named(dict[str, Any]):
    """Things by name. lacks : what is said of a name that is none of theirs, which stands for {}."""

    def __init__(self, things: Mapping[str, Any], lacks: str) -> None:
        super().__init__(things)
        self._said = lacks

    def _lacks(self, name: str) -> AuthorError:
        there = f"there are {', '.join(self)}" if len(self) > 1 else f"there is {', '.join(self) or 'none'}"
        return AuthorError(self._said.format(name), nearest(name, self) or there)


class TableFile:
    """A table as a template sees it: its path when printed; its labels, columns and their least and greatest values.

    Dates are days since 1970 and words their places, as the axes have them; words(name) are the words of a column in
    their order, as TeX, and date(name, row) is a date as axes read it, such as 2025-01-31.
    """

    # What begins with an underscore is hidden from templates.
    def __init__(self, path: Path) -> None:
        self._path = path

    def __str__(self) -> str:
        return str(self._path)

    @cached_property
    def _table(self) -> Table:  # read only where a template asks
        return read(self._path)

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("_") and name in self._table.for_templates:
            return getattr(self._table, name)
        raise AttributeError(name)

    def _lacks(self, name: str) -> AuthorError:
        called = self.name.replace("-", "_")
        column = f"((( {called}.column('{name}') )))" if name in self._table.columns else None
        has = f"it has {', '.join(ASKED)}; its path is what it prints, ((( {called} )))"
        hint = column or nearest(name, ASKED, least=0.75) or has
        return AuthorError(f"the table '{self.name}' has no '{name}'", hint)

    @property
    def name(self) -> str:
        return self._path.stem

    @property
    def labels(self) -> dict[str, str]:
        return Named(self._table.labels, f"the table '{self.name}' has no label '{{}}'")

    @property
    def series(self) -> list[str]:
        """The names of all columns but the first, such as those of bars."""
        return list(self._table.series)

    @property
    def rows(self) -> list[tuple[float, ...]]:
        return list(zip(*(c.tolist() for c in self._table.columns.values()), strict=True))

    def column(self, name: str) -> list[float]:
        if name not in (columns := self._table.columns):
            raise AuthorError(
                f"the table '{Path(self._path).stem}' has no column '{name}'", f"its columns are {', '.join(columns)}"
            )
        return columns[name].tolist()

    def words(self, name: str) -> list[str]:
        self.column(name)
        if name not in self._table.words:
            raise AuthorError(f"the column '{name}' of the table '{Path(self._path).stem}' holds no words")
        return [as_tex(word) for word in self._table.words[name]]

    def date(self, name: str, row: int) -> str:
        day = self.column(name)[row]
        if name not in self._table.dates or isnan(day):
            raise AuthorError(f"the column '{name}' of the table '{Path(self._path).stem}' has no date in row {row}")
        return text_of(day)

    def _there(self, name: str) -> list[float]:
        return [number for number in self.column(name) if not isnan(number)]

    def least(self, name: str) -> float:
        return min(self._there(name))

    def greatest(self, name: str) -> float:
        return max(self._there(name))

    def at(self, name: str, share: float) -> str:
        """'x,y' of a curve at a share of its rows, or at the nearest that has both, where a label may stand."""
        points = list(zip(self.column(next(iter(self._table.columns))), self.column(name), strict=True))
        there = [row for row, point in enumerate(points) if not any(map(isnan, point))]
        wanted = round(share * (len(points) - 1))
        if not there:
            raise AuthorError(f"the table '{Path(self._path).stem}' has no row with both x and '{name}'")
        x, y = points[min(there, key=lambda row: abs(row - wanted))]
        return f"{x},{y}"


def printed(value: Any) -> Any:
    """A value as a template prints it: words as TeX, dates as axes read them, such as 2025-01-31."""
    if isinstance(value, list):
        return [printed(each) for each in value]
    return as_tex(value) if isinstance(value, str) else plain(value)
