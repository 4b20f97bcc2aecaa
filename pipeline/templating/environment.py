"""A figure's template rendered into TikZ, by a Jinja with TeX's delimiters: what it sees of the tables, and of Python
nothing."""

import json
from collections.abc import Callable
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
from pipeline.templating.origins import Marks, in_words, origins
from pipeline.templating.quoting import listing, statements
from pipeline.templating.resources import limited
from pipeline.templating.seen import Lacking, Named, TableFile, printed

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
        undefined=Lacking,
        extensions=extensions,
        loader=Sources([book.root, book.root / HOUSE.name, HOUSE]),
    )
    found.filters["tex"] = as_tex
    return found


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


def known(book: Book, figure: Figure, tables: str | Path = "") -> dict[str, Any]:
    """What a figure's template knows: {name: function, table or values}. tables : a folder of others than its own."""
    context = {name: quoting(book, lines) for name, lines in LISTINGS.items()}
    if not figure.module:
        return context
    folder = Path(tables or book.tables(figure.name))
    files = {f.stem: TableFile(f) for f in sorted(folder.glob("*.dat"))}
    values = json.loads((folder / "values.json").read_text(encoding="utf-8"))
    values = {name: printed(value) for name, value in values.items()}
    names = {name.replace("-", "_"): table for name, table in files.items()}
    seen = {"tables": Named(files, "there is no table '{}'"), "values": Named(values, "there is no value '{}'")}
    return names | context | seen


def render(book: Book, figure: Figure, *extensions: type[Extension], tables: str | Path = "") -> str:
    """The rendered TikZ of a figure. tables : a folder of others than its own."""
    if figure.untold:
        raise figure.untold
    env, context = environment(book, *extensions), known(book, figure, tables)
    try:
        with limited():
            source = env.get_template(str(figure.template.relative_to(book.root))).render(context)
    except Exception as error:
        raise in_words(error, figure.template, env, context) from None
    comma = rf"\decimalmark{{{book.decimal}}}" if book.decimal != "." else ""
    return f"{comma}% {figure.name}: {figure.title}. Rendered from {figure.template}; edit that.\n{source}"


def lines(book: Book, figure: Figure, source: str, tables: str | Path = "") -> str:
    """Where each line of a figure's picture comes from, one a line; nothing where marks disturb what a template
    computes."""
    try:
        found = origins(render(book, figure, Marks, tables=tables), f"{figure.template}:1")
    except AuthorError:
        found = []
    whole = len(found) == len(source.split("\n"))
    return "\n".join([f"{figure.template}:1", *found[1:]] if whole else [])  # the first line says what the picture is
