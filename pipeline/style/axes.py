"""Matplotlib's axes in the stylesheet's colours and type: what a module's preview() draws on."""

import os
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import cycle
from typing import Any, Protocol

os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

import matplotlib

matplotlib.use("agg")
from matplotlib import pyplot
from matplotlib.axis import Axis
from matplotlib.colors import to_hex, to_rgb
from matplotlib.text import Text
from matplotlib.ticker import ScalarFormatter

from pipeline.style.markup import as_tex, plain
from pipeline.style.mathtext import Label, Paint
from pipeline.style.sketching import Sketching
from pipeline.style.stylesheet import Stylesheet
from pipeline.style.ticking import DayNames, Days, Numbers
from pipeline.style.vivid import vivid

WIDE = 45  # letters that have room below an axis


class Drawn(Protocol):
    """What draws itself on Matplotlib's axes: a table."""

    @property
    def plate(self) -> bool: ...

    @property
    def words(self) -> Mapping[str, Sequence[str]]: ...

    @property
    def dates(self) -> Container[str]: ...

    @property
    def shown(self) -> Mapping[str, Sequence[str]]: ...

    def draw(self, axes: Any, colours: Iterator[Any]) -> None: ...


class Colours(Iterator[Any]):
    """Colours by turns; how much of one, in per cent, fills an area in this edition, and how saturated that is."""

    def __init__(self, colours: Sequence[Any], tint: float, saturation: float) -> None:
        self.turns, self.tint, self.saturation = cycle(colours), tint, saturation

    def __next__(self) -> Any:
        return next(self.turns)

    def area(self, colour: Any) -> tuple[float, ...]:
        """What an area of a colour is mixed of."""
        return vivid(to_rgb(colour), self.saturation)


class Axes(Sketching):
    """What a module's preview(axes, tables) draws on: Matplotlib's axes of the figure, and the edition's colours.

    axes[k] is panel k after axes.panels(columns, rows); axes.colour("neutral") is a role's colour, and
    axes.roles("class", 5) are class0 to class4; axes.label(ax, x=…, y=…, title=…) takes labels in the book's macros;
    axes.draw(ax, table, …) draws tables, with ticks for their dates and words.
    """

    def __init__(self, style: Stylesheet, language: str = "british", decimal: str = ".") -> None:
        self.style, self.language, self.decimal = style, language, decimal
        self.notes: list[str] = []
        self.panels(1)

    def panels(self, columns: int, rows: int = 1, size: tuple[float, float] | None = None, **options: Any) -> list[Any]:
        pyplot.close("all")
        width, height = size or (min(3.2 * columns, 7.5), min(3.2, 7.5 / columns) * rows)
        self.figure, grid = pyplot.subplots(
            rows, columns, figsize=(width, height), squeeze=False, layout="constrained", **options
        )
        self.all, self.bars, self.boxes, self.rows = list(grid.ravel()), Counter(), {}, []
        return self.all

    def __getitem__(self, k: int) -> Any:
        return self.all[k]

    def roles(self, name: str, n: int) -> list[str]:
        """The roles of n things of a kind, name0, name1, …"""
        return [f"{name}{k}" for k in range(n)]

    def shade(self, scale: str, share: float) -> tuple[float, float, float, float]:
        """A colour of a scale, from 0 to 1."""
        return pyplot.get_cmap(scale)(float(share))

    def draw(self, ax: Any, *tables: Drawn, roles: Iterable[str] = ()) -> None:
        """Draws tables, each in the colour of its role; without any, in those of the scale `series`."""
        named = [self.colour(role) for role in roles]
        colours = Colours(named or self.style.scales["series"], *self.percents())
        for table in tables:
            if {"across", "up"} <= getattr(table, "columns", {}).keys() and ax.name != "3d":
                self.charted(ax, table)  # each point has a colour of its own, by its place
            else:
                table.draw(ax, colours)
        for axis in "xy" if ax.name != "3d" else "":
            self.name_ticks(ax, axis, [table for table in tables if not table.plate])
        for text in self.inside(ax):
            if {*"\\$"} & {*text.get_text()}:
                self.write(text, text.get_text(), text.get_color())

    def inside(self, ax: Any) -> list[Text]:
        """The texts that stand on axes, in the cells of tables, too."""
        return [*ax.texts, *(cell.get_text() for table in ax.tables for cell in table.get_celld().values())]

    def colour_bar(self, ax: Any) -> None:
        """A bar with the meaning of the colours of each scale on these axes."""
        for drawn in [*ax.images, *ax.collections]:
            if (
                (shades := drawn.get_array()) is not None
                and shades.ndim < 3
                and drawn.get_cmap().name in self.style.scales
            ):
                bar = self.figure.colorbar(drawn, ax=ax, shrink=0.8)
                if not (label := str(drawn.get_label())).startswith("_"):
                    self.write(bar.ax.yaxis.label, label)

    def name_ticks(self, ax: Any, axis: str, tables: Sequence[Drawn]) -> None:
        """Gives an axis along which tables have words or dates the ticks of these."""
        names = [(table, name) for table in tables for name in table.shown.get(axis, ())]
        lists = [table.words[name] for table, name in names if name in table.words]
        if lists:
            words = max(lists, key=len)
            labels = [Label(self.style, as_tex(word)) for word in words]
            self.notes += [note for label in labels for note in label.notes]
            ax.set(**{f"{axis}ticks": range(len(words)), f"{axis}ticklabels": [label.text for label in labels]})
            ends = (-0.5, len(words) - 0.5)
            ax.set(**{f"{axis}lim": ends[::-1] if getattr(ax, f"{axis}axis").get_inverted() else ends})
            ax.grid(visible=False, axis=axis)
            if axis == "x" and sum(len(plain(word)) + 2 for word in words) > WIDE:
                pyplot.setp(ax.get_xticklabels(), rotation=40, ha="right", rotation_mode="anchor")
        elif any(name in table.dates for table, name in names):
            of = getattr(ax, f"{axis}axis")
            of.set_major_locator(Days(self.language, self.decimal))
            of.set_major_formatter(DayNames(self.language, self.decimal, axis == "x"))

    def label(self, ax: Any, x: str = "", y: str = "", title: str = "", z: str = "") -> None:
        """Names of the axes and a title, each glyph in its colour."""
        for label, name in ((x, "xlabel"), (y, "ylabel"), (z, "zlabel"), (title, "title")):
            if label:
                # the figure has no room above a box in space
                inside = {"y": 1.0} if name == "title" and ax.name == "3d" else {}
                if ax.name == "3d" and name != "title":
                    getattr(ax, f"{name[0]}axis").set_rotate_label(False)  # a short name stands upright
                    inside = {"rotation": 90 if name == "zlabel" else 0}
                self.write(getattr(ax, f"set_{name}")(label, **inside), label)

    def legend(self, ax: Any, below: bool = False) -> None:
        """A legend of the curves and bars that carry a label in the book's macros; below : under all panels."""
        fields = {each: str(each.get_label()) for each in ax.collections if each.get_array() is not None}
        for field in fields:  # their labels are those of colour bars
            field.set_label("_")
        handles, labels = ax.get_legend_handles_labels()
        for field, label in fields.items():
            field.set_label(label)
        if labels:
            foot: dict[str, Any] = {"loc": "outside lower center", "ncols": len(labels)}
            legend = self.figure.legend(handles, labels, **foot) if below else ax.legend(handles, labels)
            for text, label in zip(legend.get_texts(), labels, strict=True):
                self.write(text, label)

    def write_numbers(self) -> None:
        """Has the numbers along all axes written as figures have them, but for what the module labels by itself."""
        for axis in self.figure.findobj(Axis):
            for formatter in (axis.get_major_formatter(), axis.get_minor_formatter()):
                if type(formatter) is ScalarFormatter:
                    formatter.__class__ = Numbers  # its settings are kept
                    vars(formatter)["decimal"] = self.decimal

    def write(self, text: Text, label: str, colour: Any = None) -> None:
        """Gives one of Matplotlib's texts its words, a label in the book's macros, in `colour` where it has none."""
        drawn, base = Label(self.style, label), to_hex(colour or self.colour("ink"))
        self.notes += drawn.notes
        text.set_text(drawn.text)
        pieces = drawn.pieces(text.get_fontproperties(), base) if drawn.colours else {}
        text.set(
            color=next(iter(pieces), base),
            path_effects=[Paint(pieces)] if len(pieces) > 1 else [],
        )
