"""A figure's picture: its rendered template, with what PGFPlots cannot do by itself, held to what TeX can draw."""

from functools import partial
from pathlib import Path

from pipeline.files import within
from pipeline.plots import bars, limits, named, offsets
from pipeline.project.book import Book
from pipeline.project.figures import Figure
from pipeline.templating.environment import render


def source_of(book: Book, figure: Figure, tables: str | Path = "") -> str:
    """A figure's TikZ. tables : a folder of others than its own, which it is drawn from."""
    readable = partial(within, folders=[book.root, tables or book.tables(figure.name)])
    template = str(figure.template)
    source = render(book, figure, tables=tables)
    source = bars.barred(source, readable, template)
    source = named.named(source, readable, template, named.Speech(book.config["language"], book.decimal))
    source = offsets.counted(source, readable)
    limits.check(source, template, readable)
    return source
