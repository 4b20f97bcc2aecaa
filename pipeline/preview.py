"""Draws one figure's tables with Matplotlib, in one edition, as a quick look.

It has the stylesheet's colours and type; build/previews/ holds the pictures.
"""

import logging
from collections.abc import Container, Mapping, Sequence
from math import ceil, sqrt
from pathlib import Path
from typing import Any

from matplotlib import RcParams, pyplot

from pipeline import seeds
from pipeline.cli import run
from pipeline.errors.author import AuthorError
from pipeline.files import whole
from pipeline.plots import offsets, reading
from pipeline.project.book import Book
from pipeline.project.figures import Figure
from pipeline.records.reads import taken_down
from pipeline.style.axes import Axes
from pipeline.style.faces import prepare
from pipeline.style.stylesheet import Stylesheet
from pipeline.table import Table, read_all


def generic(axes: Axes, tables: Mapping[str, Table | dict[str, Any]], logarithmic: Container[str] = ()) -> None:
    """All tables on one pair of axes, but for those that have axes of their own; logarithmic : which of "x" and "y"."""
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
        if shown == together and ax.name != "3d":
            ax.set(**{f"{axis}scale": "log" for axis in "xy" if axis in logarithmic})
        lying = any("lying" in table.traits for table in shown)
        names = {axis: label(shown, axis) for axis in "xy"}
        told = any(name in {*table.words, *table.dates} for table in shown for name in table.shown["x"])
        names["x"] = names["x"] or ("x" if shown == together and not told and not lying else "")
        heights = {name: text for table in reversed(shown) for name, text in table.labels.items()}
        axes.label(ax, **names, z=heights.get("z", "z") if ax.name == "3d" else "")
        if not axes.name_lines(ax):
            axes.legend(ax)
        axes.colour_bar(ax)


def label(tables: Sequence[Table], axis: str) -> str:
    """What tables call an axis: by its own name, or by that of a column that is alone along it."""
    other = {"x": "y", "y": "x"}
    own = [other[axis] if "lying" in table.traits else axis for table in tables]
    found = [table.labels[name] for table, name in zip(tables, own, strict=True) if name in table.labels]
    alone = [table.labels.get(table.shown[axis][0], "") for table in tables if len(table.shown[axis]) == 1]
    return next(filter(None, [*found, *alone]), "")


def logarithmic(template: str) -> list[str]:
    """Which of "x" and "y" are logarithmic on all axes of a template."""
    found = [(environment, options) for environment, options, *_ in reading.axes(template)]
    return [axis for axis in "xy" if found and all(offsets.logarithmic(*each, axis) for each in found)]


def draw(book: Book, figure: Figure, edition: str, target: Path) -> list[str]:
    """Draws a figure into a file, and returns what its reader should know, in lines."""
    style = Stylesheet.read(book.edition_file(edition))
    lacking = prepare(style)
    tables, values = read_all(book.tables(figure.name))
    returned = tables | {"values": values}  # as tables() returned them
    # Only a module that draws its own preview is imported; its imports may be slow.
    own = book.load(figure.code).preview if figure.defines("preview") else None
    seeds.begin(book.seed(figure.name))
    with pyplot.rc_context(RcParams(style.rcparams)):
        axes = Axes(style, book.config["language"], book.decimal)
        try:
            if own:
                own(axes, returned)
            else:
                generic(axes, returned, logarithmic(figure.template.read_text(encoding="utf-8")))
        except AuthorError as error:
            labels = [label for table in tables.values() for label in table.labels.values() if label in str(error)]
            place = labels and book.written_at(figure, max(labels, key=len))
            raise AuthorError(f"{place or figure.module}: {error}") from None
        axes.write_numbers()
        axes.fit()
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
