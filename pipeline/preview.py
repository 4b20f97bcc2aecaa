"""Draws one figure's tables with Matplotlib, in one edition: a quick look, in the stylesheet's colours and type."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matplotlib import RcParams, pyplot

from pipeline import seeds
from pipeline.cli import run
from pipeline.errors.author import AuthorError
from pipeline.files import whole
from pipeline.project.book import Book
from pipeline.project.figures import Figure
from pipeline.records.reads import taken_down
from pipeline.style.axes import Axes, prepare
from pipeline.style.stylesheet import Stylesheet
from pipeline.table import Table, read_all


def generic(axes: Axes, tables: Mapping[str, Table | dict[str, Any]]) -> None:
    """All tables on one pair of axes."""
    drawn = [table for table in tables.values() if isinstance(table, Table)]
    axes.draw(axes[0], *drawn)
    labels = {name: label for table in reversed(drawn) for name, label in table.labels.items()}
    axes.label(axes[0], x=labels.get("x", "x"), y=labels.get("y", ""))
    axes.legend(axes[0])


def draw(book: Book, figure: Figure, edition: str, target: Path) -> list[str]:
    """Draws a figure into a file, and returns what its reader should know, in lines."""
    style = Stylesheet.read(book.edition_file(edition))
    lacking = prepare(style)
    tables, values = read_all(book.tables(figure.name))
    returned = tables | {"values": values}  # as tables() returned them
    # Only a module that draws its own preview is imported; its imports may be slow.
    drawing = book.load(figure.code).preview if figure.defines("preview") else generic
    seeds.begin(book.seed(figure.name))
    with pyplot.rc_context(RcParams(style.rcparams)):
        axes = Axes(style)
        try:
            drawing(axes, returned)
        except AuthorError as error:
            labels = [label for table in tables.values() for label in table.labels.values() if label in str(error)]
            place = labels and book.written_at(figure, max(labels, key=len))
            raise AuthorError(f"{place or figure.module}: {error}") from None
        if book.decimal == ",":
            axes.with_commas()
        axes.figure.savefig(target, metadata={"Software": None})
    return [*lacking, *axes.notes]


def preview(book: Book, name: str, edition: str) -> None:
    figure, target = book.find_computed(name), book.preview(edition, name)
    logging.basicConfig(format=f"note: {figure.module}: %(message)s")  # such as a glyph that no font has
    with taken_down(book, target), whole(target) as aside:
        notes = draw(book, figure, edition, aside)
    for note in dict.fromkeys(notes):
        logging.warning(note)


if __name__ == "__main__":
    run(preview, __doc__, "figure", "edition")
