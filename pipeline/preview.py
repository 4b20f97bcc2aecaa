"""Draws one figure's tables with Matplotlib, in one edition: a quick look, in the stylesheet's colours and type."""

import logging

from matplotlib import pyplot

from pipeline.cli import run
from pipeline.errors.author import AuthorError
from pipeline.files import whole
from pipeline.style.axes import Axes, prepare
from pipeline.style.stylesheet import Stylesheet
from pipeline.table import Table, read_all


def generic(axes, tables):
    """All tables on one pair of axes."""
    drawn = [table for table in tables.values() if isinstance(table, Table)]
    axes.draw(axes[0], *drawn)
    labels = {name: label for table in reversed(drawn) for name, label in table.labels.items()}
    axes.label(axes[0], x=labels.get("x", "x"), y=labels.get("y", ""))
    axes.legend(axes[0])


def preview(book, name, edition):
    figure = book.find(name)
    style = Stylesheet.read(book.edition_file(edition))
    logging.basicConfig(format=f"note: {figure.module}: %(message)s")  # such as a glyph that no font has
    lacking = prepare(style)
    tables, values = read_all(book.tables(name))
    tables["values"] = values  # as tables() returned them
    # Only a module that draws its own preview is imported; its imports may be slow.
    draw = book.load(figure.module).preview if figure.function("preview") else generic
    with pyplot.rc_context(style.rcparams), whole(book.preview(edition, name)) as aside:
        axes = Axes(style)
        try:
            draw(axes, tables)
        except AuthorError as error:
            raise AuthorError(f"{figure.module}: {error}") from None
        axes.figure.savefig(aside, metadata={"Software": None})
    for note in dict.fromkeys([*lacking, *axes.notes]):
        logging.warning(note)


if __name__ == "__main__":
    run(preview, __doc__, "figure", "edition")
