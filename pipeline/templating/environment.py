"""A figure's template rendered into TikZ, by a Jinja with TeX's delimiters: what it sees of the tables, and of Python
nothing."""

import json
from collections.abc import Callable
from functools import cached_property
from math import isnan
from pathlib import Path
from typing import Any

import jinja2
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pipeline.errors.author import AuthorError
from pipeline.project.book import Book
from pipeline.project.figures import Figure
from pipeline.records.reads import told
from pipeline.style.markup import as_tex
from pipeline.style.sheets import HOUSE
from pipeline.table import Table, read
from pipeline.table.dates import text_of
from pipeline.table.values import plain
from pipeline.templating.origins import Marks, in_words, origins
from pipeline.templating.quoting import listing, statements
from pipeline.templating.resources import limited

LISTINGS: dict[str, Callable[[Path, str], list[Any]]] = {
    "listing": listing,
    "statements": statements,
}  # what templates call to quote code: (path in the book, function)


class Sources(jinja2.FileSystemLoader):
    """Templates of some folders, the first that has one; house/… are the house's. What is hidden, such as a
    repository, is none."""

    def get_source(self, environment: jinja2.Environment, name: str) -> tuple[str, str, Callable[[], bool]]:
        if any(part.startswith(".") for part in name.split("/")):
            raise jinja2.TemplateNotFound(name)
        if name.startswith("house/"):
            told(HOUSE / name.removeprefix("house/"))
            try:
                return jinja2.FileSystemLoader(HOUSE).get_source(environment, name.removeprefix("house/"))
            except jinja2.TemplateNotFound:
                raise jinja2.TemplateNotFound(name) from None
        for path in (Path(folder, name) for folder in self.searchpath):
            told(path)  # also where there is none, for there may be one by the next time
            if path.is_file():
                break
        return super().get_source(environment, name)

    def list_templates(self) -> list[str]:
        return super().list_templates() + [f"house/{name}" for name in jinja2.FileSystemLoader(HOUSE).list_templates()]


def environment(book: Book, *extensions: type[Extension]) -> jinja2.Environment:
    """Jinja with TeX's delimiters: ((* statement *)), ((( expression ))), ((= comment =)); undefined names are errors.

    Templates are data: they see the tables' numbers and labels, and nothing of Python. The filter `tex` prints words as
    they stand, but for formulas and macros.
    """
    found = ImmutableSandboxedEnvironment(
        block_start_string="((*",
        block_end_string="*))",
        variable_start_string="(((",
        variable_end_string=")))",
        comment_start_string="((=",
        comment_end_string="=))",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
        extensions=extensions,
        loader=Sources([book.root, book.root / HOUSE.name, HOUSE]),
    )
    found.filters["tex"] = as_tex
    return found


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

    @property
    def name(self) -> str:
        return self._path.stem

    @property
    def labels(self) -> dict[str, str]:
        return self._table.labels

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


def quoting(book: Book, lines: Callable[[Path, str], list[Any]]) -> Callable[[str, str], list[Any]]:
    """What a template calls to quote code: lines(path in the book, function)."""

    def quote(path: str, function: str) -> list[Any]:
        file = book.within(path)
        if file is None:
            raise AuthorError(f"cannot list '{path}', which is not in the book")
        if not file.is_file():
            raise AuthorError(f"there is no file '{file}' to list")
        told(file, quoted=True)
        return lines(file, function)

    return quote


def known(book: Book, figure: Figure) -> dict[str, Any]:
    """What a figure's template knows: {name: function, table or values}."""
    context = {name: quoting(book, lines) for name, lines in LISTINGS.items()}
    if not figure.module:
        return context
    folder = Path(book.tables(figure.name))
    tables = {f.stem: TableFile(f) for f in sorted(folder.glob("*.dat"))}
    values = json.loads((folder / "values.json").read_text(encoding="utf-8"))
    values = {name: printed(value) for name, value in values.items()}
    names = {name.replace("-", "_"): table for name, table in tables.items()}
    return names | context | {"tables": tables, "values": values}


def render(book: Book, figure: Figure, *extensions: type[Extension]) -> str:
    """The rendered TikZ of a figure."""
    if figure.untold:
        raise figure.untold
    env, context = environment(book, *extensions), known(book, figure)
    try:
        with limited():
            source = env.get_template(str(figure.template.relative_to(book.root))).render(context)
    except Exception as error:
        raise in_words(error, figure.template, env, context) from None
    comma = rf"\decimalmark{{{book.decimal}}}" if book.decimal != "." else ""
    return f"{comma}% {figure.name}: {figure.title}. Rendered from {figure.template}; edit that.\n{source}"


def lines(book: Book, figure: Figure, source: str) -> str:
    """Where each line of a figure's picture comes from, one a line; nothing where marks disturb what a template
    computes."""
    try:
        found = origins(render(book, figure, Marks), f"{figure.template}:1")
    except AuthorError:
        found = []
    whole = len(found) == len(source.split("\n"))
    return "\n".join([f"{figure.template}:1", *found[1:]] if whole else [])  # the first line says what the picture is
