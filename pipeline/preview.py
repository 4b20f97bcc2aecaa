"""Draws one figure's tables with Matplotlib, in one edition: a quick look, in the stylesheet's colours and type."""

import logging
from collections.abc import Mapping
from math import ceil, sqrt
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
    """All tables on one pair of axes, but for those that have axes of their own."""
    drawn = [table for table in tables.values() if isinstance(table, Table)]
    together = [table for table in drawn if not table.plate]
    panels = [[table] for table in drawn if table.plate] + [together] * (bool(together) or not drawn)
    across = ceil(sqrt(len(panels)))
    down = ceil(len(panels) / across)
    room = {} if panels == [together] else {"size": (min(4.8 * across, 9.6), min(4, 8 / across) * down)}
    axes.panels(across, down, **room)
    for ax in axes.all[len(panels) :]:
        ax.set_axis_off()
    for ax, shown in zip(axes.all, panels, strict=False):
        ax = axes.in_space(ax) if any(getattr(table, "along", "") == "xyz" for table in shown) else ax
        axes.draw(ax, *shown)
        labels = {name: label for table in reversed(shown) for name, label in table.labels.items()}
        names = {"x": labels.get("x", "x" if shown == together else ""), "y": labels.get("y", "")}
        if any("lying" in table.traits for table in shown):
            names = {"x": names["y"], "y": labels.get("x", "")}
        axes.label(ax, **names, z=labels.get("z", "z") if ax.name == "3d" else "")
        axes.legend(ax)
        axes.colour_bar(ax)


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
