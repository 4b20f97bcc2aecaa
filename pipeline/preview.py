"""Draws one figure's tables with Matplotlib, in one edition: a quick look, in the stylesheet's colours and type."""

import os
from itertools import cycle
from pathlib import Path

os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

import matplotlib

matplotlib.use("agg")
from matplotlib import font_manager, pyplot
from matplotlib.mathtext import MathTextParser
from matplotlib.transforms import IdentityTransform

from pipeline.errors import AuthorError
from pipeline.files import whole
from pipeline.step import run
from pipeline.stylesheet import Stylesheet
from pipeline.table import Table, read_all

ORDER = ("target", "latent", "hidden", "energy", "predictor", "decoder", "reconstruction", "input", "temperature")


class Axes:
    """What a module's preview(axes, tables) draws on: Matplotlib's axes of the figure, and the edition's colours.

    axes[k] is panel k after axes.panels(columns, rows); axes.colour("energy") is a role's colour, axes.classes(5) are
    roles; axes.label(ax, x=…, y=…, title=…) takes labels in the book's macros; axes.draw(ax, table, …) draws tables.
    """

    def __init__(self, style):
        self.style = style
        self.coloured = []
        self.panels(1)

    def panels(self, columns, rows=1, size=None, **options):
        pyplot.close("all")
        width, height = size or (min(3.2 * columns, 7.5), min(3.2, 7.5 / columns) * rows)
        self.figure, grid = pyplot.subplots(rows, columns, figsize=(width, height), squeeze=False, layout="constrained", **options)
        self.all = list(grid.ravel())
        return self.all

    def __getitem__(self, k):
        return self.all[k]

    def plane(self, *axes):
        """Equal scales and no ticks, where the plane itself is the subject."""
        for ax in axes:
            ax.set_aspect("equal")
            ax.set(xticks=[], yticks=[])

    def classes(self, n):
        """The roles of n classes."""
        return [f"class{k}" for k in range(n)]

    def colour(self, role):
        return self.style.colours[role]

    def draw(self, ax, *tables, roles=ORDER):
        colours = cycle(self.style.colours[role] for role in roles)
        for table in tables:
            table.draw(ax, colours)

    def bands(self, ax, regions, of=None):
        """Regions as bands of a field, from low to high: the first ones `of` so many, all of them unless told."""
        for k, region in enumerate(regions):
            colour = pyplot.get_cmap()(k / max(1, (of or len(regions)) - 1))
            region.draw(ax, iter([colour]), alpha=1)

    def label(self, ax, x="", y="", title=""):
        """Names of the axes and a title; each run of one colour is drawn in it."""
        for label, name in ((x, "xlabel"), (y, "ylabel"), (title, "title")):
            if label:
                self.colour_text(getattr(ax, f"set_{name}")(self.plain(label)), label)

    def legend(self, ax):
        """A legend of the curves and bars that carry a label in the book's macros."""
        handles, labels = ax.get_legend_handles_labels()
        if labels:
            texts = ax.legend(handles, [self.plain(label) for label in labels]).get_texts()
            for text, label in zip(texts, labels, strict=True):
                self.colour_text(text, label)

    def plain(self, label):
        """The label as one mathtext string, which keeps the room for its coloured pieces."""
        text = "".join(text for text, _ in self.style.segments(label)).replace("$$", " ")  # a space keeps \beta from F
        try:
            MathTextParser("path").parse(text)
        except ValueError as error:
            raise AuthorError(f"mathtext cannot draw the label {label}: {str(error).strip().splitlines()[-1]}") from None
        return text

    def colour_text(self, artist, label):
        segments = self.style.segments(label)
        artist.set_color(segments[0][1])
        if len({colour for _, colour in segments}) > 1:
            self.coloured.append((artist, segments))

    def finish(self):
        """Redraws labels of several colours piece by piece, in place."""
        self.figure.canvas.draw()
        self.figure.set_layout_engine("none")
        for artist, segments in self.coloured:
            box = artist.get_window_extent()
            upright = artist.get_rotation() == 90
            x, y = box.x0, box.y0
            pieces = [
                self.figure.text(0, 0, text, color=colour, fontsize=artist.get_fontsize(), rotation=artist.get_rotation(),
                                 transform=IdentityTransform(), va="baseline", ha="left", rotation_mode="anchor")
                for text, colour in segments
            ]  # fmt: skip
            extents = [piece.get_window_extent() for piece in pieces]
            # A baseline common to all pieces: that of the whole label.
            drop = max(e.x1 if upright else -e.y0 for e in extents)
            for piece, extent in zip(pieces, extents, strict=True):
                piece.set_position((box.x1 - drop if upright else x, y if upright else box.y0 + drop))
                x, y = x + extent.width, y + extent.height
            artist.set_alpha(0)


def use_faces(style):
    """Lets Matplotlib find the book's text face among the system's fonts."""
    stem = style.macros["textface"][2].replace(" ", "").lower()
    for path in font_manager.findSystemFonts(fontext="otf"):
        if Path(path).stem.lower().startswith(stem):
            font_manager.fontManager.addfont(path)


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
    use_faces(style)
    tables, values = read_all(book.tables(name))
    tables["values"] = values  # as tables() returned them
    # Only a module that draws its own preview is imported; its imports may be slow.
    draw = book.load(figure.module).preview if figure.function("preview") else generic
    with pyplot.rc_context(style.rcparams), whole(book.preview(edition, name)) as aside:
        axes = Axes(style)
        draw(axes, tables)
        axes.finish()
        axes.figure.savefig(aside, metadata={"Software": None})


if __name__ == "__main__":
    run(preview, __doc__, "name", "edition")
