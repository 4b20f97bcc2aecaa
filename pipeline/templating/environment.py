"""A figure's template rendered into TikZ, by a Jinja with TeX's delimiters: what it sees of the tables, and of Python nothing."""

import json
import re
from functools import cached_property
from pathlib import Path

import jinja2
from jinja2 import meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pipeline.errors.author import AuthorError
from pipeline.table import read
from pipeline.templating.limits import limited
from pipeline.templating.origins import Marks, in_words, origins
from pipeline.templating.quoting import listing, statements

LISTINGS = {"listing": listing, "statements": statements}  # what templates call to quote code: (path in the book, function)
NAMING = re.compile("|".join(["extends", "include", "import", *LISTINGS]))  # a template without such a word names no other file


class Sources(jinja2.FileSystemLoader):
    """Templates of some folders; what is hidden there, such as a repository, is none."""

    def get_source(self, environment, name):
        if any(part.startswith(".") for part in name.split("/")):
            raise jinja2.TemplateNotFound(name)
        return super().get_source(environment, name)


def environment(book, *extensions):
    """Jinja with TeX's delimiters: ((* statement *)), ((( expression ))), ((= comment =)); undefined names are errors.

    Templates are data: they see the tables' numbers and labels, and nothing of Python.
    """
    return ImmutableSandboxedEnvironment(
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
        loader=Sources([book.root, "templates"]),
    )


class TableFile:
    """A table as a template sees it: its path when printed; its labels, columns and their least and greatest values."""

    # What begins with an underscore is hidden from templates.
    def __init__(self, path):
        self._path = path

    def __str__(self):
        return str(self._path)

    @cached_property
    def _table(self):  # read only where a template asks
        return read(self._path)

    labels = property(lambda self: self._table.labels)
    rows = property(lambda self: list(zip(*(c.tolist() for c in self._table.columns.values()), strict=True)))

    def column(self, name):
        if name not in (columns := self._table.columns):
            raise AuthorError(f"the table '{Path(self._path).stem}' has no column '{name}'", f"its columns are {', '.join(columns)}")
        return columns[name].tolist()

    def least(self, name):
        return min(self.column(name))

    def greatest(self, name):
        return max(self.column(name))

    def at(self, name, share):
        """'x,y' of a curve at a share of its rows, where a label may stand."""
        numbers = self.column(name)
        row = round(share * (len(numbers) - 1))
        return f"{next(iter(self._table.columns.values()))[row]},{numbers[row]}"


def templates_of(book, figure):
    """Paths of the figure's template and all that it extends, includes or imports, and of the files that it lists.

    What is not there is the picture's job to report: Snakemake takes an error here for a file that it need not make.
    """
    env = environment(book)
    seen, open_ = [], [str(figure.template.relative_to(book.root))]
    while open_:
        name = open_.pop()
        try:
            text, path, _ = env.loader.get_source(env, name)
            if path in seen:
                continue
            seen.append(path)
            if not NAMING.search(text):
                continue
            tree = env.parse(text)
        except (jinja2.TemplateNotFound, jinja2.TemplateSyntaxError):
            continue  # the picture's own job says so
        open_ += [t for t in meta.find_referenced_templates(tree) if t]
        calls = (c for c in tree.find_all(nodes.Call) if isinstance(c.node, nodes.Name) and c.node.name in LISTINGS)
        listed = [book.within(str(c.args[0].value)) for c in calls if c.args and isinstance(c.args[0], nodes.Const)]
        seen += [str(file) for file in listed if file and file.is_file()]
    return seen


def quoting(book, figure, lines):
    """What a template calls to quote code: lines(path in the book, function), for a file that the figure depends on."""

    def quote(path, function):
        file = book.within(path)
        if file is None:
            raise AuthorError(f"cannot list '{path}', which is not in the book")
        if not file.is_file():
            raise AuthorError(f"there is no file '{file}' to list")
        if str(file) not in templates_of(book, figure):
            raise AuthorError(f"a variable hides that the figure depends on '{path}'", "write the name where it is listed")
        return lines(file, function)

    return quote


def known(book, figure):
    """What a figure's template knows: {name: function, table or values}."""
    context = {name: quoting(book, figure, lines) for name, lines in LISTINGS.items()}
    if not figure.module:
        return context
    folder = Path(book.tables(figure.name))
    tables = {f.stem: TableFile(f) for f in sorted(folder.glob("*.dat"))}
    values = json.loads((folder / "values.json").read_text(encoding="utf-8"))
    names = {name.replace("-", "_"): table for name, table in tables.items()}
    return names | context | {"tables": tables, "values": values}


def render(book, figure, *extensions):
    """The rendered TikZ of a figure."""
    env, context = environment(book, *extensions), known(book, figure)
    try:
        with limited():
            source = env.get_template(str(figure.template.relative_to(book.root))).render(context)
    except Exception as error:
        raise in_words(error, figure.template, env, context) from None
    return f"% {figure.name}: {figure.title}. Rendered from {figure.template}; edit that.\n{source}"


def lines(book, figure, source):
    """Where each line of a figure's picture comes from, one a line; nothing where marks disturb what a template computes."""
    try:
        found = origins(render(book, figure, Marks), f"{figure.template}:1")
    except AuthorError:
        found = []
    whole = len(found) == len(source.split("\n"))
    return "\n".join([f"{figure.template}:1", *found[1:]] if whole else [])  # the first line says what the picture is
