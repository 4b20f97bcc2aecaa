"""Tables of cells: a number for each row and column, by name."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.table.base import Labels, Table
from pipeline.table.meaning import Column
from pipeline.table.names import names_of
from pipeline.table.numbers import Array, Numbers, array, gaps
from pipeline.table.refusals import refusal
from pipeline.table.tabular import decimals, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

MOST = 2500  # cells, which TeX draws one by one
SHINE, RIM = "#FFFFFF", "#000000"


class Cells(Table):
    """A number for each row and column, first row on top: a confusion matrix, a correlation, weights of attention.

    value : of shape (rows, columns), missing where a cell is to be a hole; columns, rows : their names in the book's
    macros, or numbers, or dates; without, they are counted from 0. In the file x and y count columns and rows.
    Raises an AuthorError where the shapes do not fit, or TeX could not draw so many.
    """

    plate = True

    def __init__(
        self,
        value: Numbers,
        columns: Sequence[str | float] | Numbers | None = None,
        rows: Sequence[str | float] | Numbers | None = None,
        labels: Labels = None,
    ) -> None:
        values = array(value)
        if values.ndim != 2 or not values.size:
            raise AuthorError(f"the values of cells have shape (rows, columns), not {values.shape}")
        high, wide = values.shape
        if bad := refusal(values):
            row, column = divmod(bad[0], wide)
            raise AuthorError(f"value[{row}, {column}] {bad[1]}", bad[2])
        if gaps(values).all():
            raise AuthorError("all of the cells' values are missing")
        if values.size > MOST:
            advice = "as an Image its pixels are cells, in the colours of any scale"
            raise AuthorError(f"{values.size} cells, and TeX draws {MOST} one by one in good time", advice)
        across, down = (
            None if given is None else names_of(what, given, count)
            for what, given, count in (("columns", columns, wide), ("rows", rows, high))
        )
        x, y = np.meshgrid(np.arange(wide), np.arange(high))
        places = {"x": Column(x.ravel(), across), "y": Column(y.ravel(), down)}
        super().__init__(places | {"value": values.ravel()}, labels, range(wide, values.size, wide))

    @property
    def _may_miss(self) -> Container[str]:
        return ("value",)

    @property
    def _may_be_words(self) -> Container[str]:
        return ("x", "y")

    @property
    def grid(self) -> Array:
        """The values, of shape (rows, columns)."""
        columns = self.breaks[0] if self.breaks else len(self)
        return self.columns["value"].reshape(-1, columns)

    def draw(self, axes: Axes, colours: Iterator[ColorType]) -> None:
        value = self.grid
        low, high = np.nanmin(value), np.nanmax(value)
        signed = low < 0 < high
        reach = max(-low, high)
        drawn = axes.imshow(value, cmap="signed" if signed else "field", aspect="equal",
                            vmin=-reach if signed else low, vmax=reach if signed else high)  # fmt: skip
        axes.grid(visible=False)
        drawn.set_label(self.labels.get("value", "_"))
        for axis, name in ((axes.xaxis, "x"), (axes.yaxis, "y")):
            axis.set_ticks(range(int(self.columns[name].max()) + 1), self.words.get(name))
        if max(map(len, self.words.get("x", [""]))) > 3:
            axes.tick_params("x", labelrotation=60)
        places = min(2, decimals(value))
        room = min(axes.bbox.size) / axes.figure.dpi * 72 / max(value.shape)  # of a cell, in points
        size = min(9, 0.35 * room)
        for row, column in zip(*np.nonzero(~np.isnan(value.astype(float))), strict=True) if size > 3 else ():
            text = plain(value[row, column], places)
            colour = readable(*drawn.cmap(drawn.norm(value[row, column]))[:3])
            axes.text(column, row, text, ha="center", va="center", fontsize=size, color=colour)


def readable(*rgb: float) -> str:
    """White or black, whichever is read better on a colour in 0…1 (WCAG 2.2, as pipeline/style/colour.py, which is
    no part of tables)."""
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in rgb]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return SHINE if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 else RIM
