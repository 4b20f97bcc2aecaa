"""Matplotlib's axes in the stylesheet's colours and type: what a module's preview() draws on."""

import logging
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any, Protocol

os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

import matplotlib

matplotlib.use("agg")
from matplotlib import font_manager, pyplot
from matplotlib.axis import Axis
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.patheffects import Normal, withStroke
from matplotlib.text import Text
from matplotlib.ticker import Formatter, Locator, ScalarFormatter

from pipeline.style import calendar
from pipeline.style.markup import as_tex, plain
from pipeline.style.mathtext import Label, Paint
from pipeline.style.sketching import Sketching
from pipeline.style.stylesheet import Stylesheet
from pipeline.style.vivid import vivid

WIDE = 45  # letters that have room below an axis


class WithComma(ScalarFormatter):
    """Matplotlib's labels of ticks, with a comma for a point, whatever the system's locale is."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        return super().__call__(x, pos).replace(".", ",")


class Days(Locator):
    """Ticks of an axis of dates, as a figure has them. language : babel's name of it."""

    def __init__(self, language: str, decimal: str) -> None:
        self.language, self.decimal = language, decimal

    def __call__(self) -> Any:
        axis: Any = self.axis
        low, high = sorted(axis.get_view_interval())
        return self.tick_values(float(low), float(high))

    def tick_values(self, vmin: float, vmax: float) -> Any:
        axis: Any = self.axis
        box = axis.axes.get_window_extent().transformed(axis.axes.figure.dpi_scale_trans.inverted())
        upright = axis.axis_name == "y"
        length = 72 * (box.height if upright else box.width)
        return [tick.at for tick in calendar.ticks(vmin, vmax, length, self.language, upright, self.decimal)]


class DayNames(Formatter):
    """What these ticks are called: in two lines below an axis, in one beside it."""

    def __init__(self, language: str, decimal: str, below: bool) -> None:
        self.language, self.decimal, self.below = language, decimal, below

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        found = calendar.called(values, self.language, self.decimal)
        return ["\n".join(filter(None, tick[1:])) if self.below else tick.line for tick in found]

    def __call__(self, x: float, pos: int | None = None) -> str:
        return self.format_ticks([x])[0]


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
        self.all, self.bars = list(grid.ravel()), Counter()
        return self.all

    def __getitem__(self, k: int) -> Any:
        return self.all[k]

    def plane(self, *axes: Any) -> None:
        """Equal scales and no ticks, where the plane itself is the subject."""
        for ax in axes:
            ax.set_aspect("equal")
            ax.set(xticks=[], yticks=[])

    def roles(self, name: str, n: int) -> list[str]:
        """The roles of n things of a kind, name0, name1, …"""
        return [f"{name}{k}" for k in range(n)]

    def colour(self, role: str) -> str:
        return self.style.colours[role]

    def shade(self, scale: str, share: float) -> tuple[float, float, float, float]:
        """A colour of a scale, from 0 to 1."""
        return pyplot.get_cmap(scale)(float(share))

    def draw(self, ax: Any, *tables: Drawn, roles: Iterable[str] = ()) -> None:
        """Draws tables, each in the colour of its role; without any, in those of the scale `series`."""
        named = [self.colour(role) for role in roles]
        tint, saturation = (float(self.style.expand(rf"\{name}")) for name in ("tint", "areasaturation"))
        colours = Colours(named or self.style.scales["series"], tint, saturation)
        for table in tables:
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

    def bands(self, ax: Any, regions: Sequence[Any], of: int | None = None, first: int = 0) -> None:
        """Regions as bands of a field, from low to high: from the `first` on `of` so many, all of them unless told."""
        for k, region in enumerate(regions, first):
            colour = pyplot.get_cmap()(k / max(1, (of or len(regions)) - 1))
            region.draw(ax, iter([colour]), alpha=1)

    def over_field(self, ax: Any, table: Any, role: str, **options: Any) -> None:
        """Lines or marks on a field, paler and with a dark rim."""
        rim = withStroke(linewidth=2, foreground=self.colour("rim"))
        pale = [(a + b) / 2 for a, b in zip(to_rgb(self.colour(role)), to_rgb(self.colour("shine")), strict=True)]
        ax.plot(table.x, table.y, color=pale, path_effects=[rim, Normal()], **options)

    def in_space(self, ax: Any) -> Any:
        """Axes in space, in the place of these."""
        place = ax.get_subplotspec()
        ax.remove()
        self.all[self.all.index(ax)] = new = self.figure.add_subplot(place, projection="3d")
        new.set_box_aspect(None, zoom=0.85)  # names of the axes have room
        return new

    def label(self, ax: Any, x: str = "", y: str = "", title: str = "", z: str = "") -> None:
        """Names of the axes and a title, each glyph in its colour."""
        for label, name in ((x, "xlabel"), (y, "ylabel"), (z, "zlabel"), (title, "title")):
            if label:
                # the figure has no room above a box in space
                inside = {"y": 1.0} if name == "title" and ax.name == "3d" else {}
                if ax.name == "3d" and name != "title":
                    getattr(ax, f"{name[0]}axis").set_rotate_label(False)  # a short name stands upright
                self.write(getattr(ax, f"set_{name}")(label, **inside), label)

    def legend(self, ax: Any) -> None:
        """A legend of the curves and bars that carry a label in the book's macros."""
        fields = {each: str(each.get_label()) for each in ax.collections if each.get_array() is not None}
        for field in fields:  # their labels are those of colour bars
            field.set_label("_")
        handles, labels = ax.get_legend_handles_labels()
        for field, label in fields.items():
            field.set_label(label)
        if labels:
            for text, label in zip(ax.legend(handles, labels).get_texts(), labels, strict=True):
                self.write(text, label)

    def with_commas(self) -> None:
        """Gives the ticks of all axes labels with decimal commas, but for what the module labels by itself."""
        for axis in self.figure.findobj(Axis):
            for formatter in (axis.get_major_formatter(), axis.get_minor_formatter()):
                if type(formatter) is ScalarFormatter:
                    formatter.__class__ = WithComma  # its settings are kept

    def write(self, text: Text, label: str, colour: Any = None) -> None:
        """Gives one of Matplotlib's texts its words, a label in the book's macros, in `colour` where it has none."""
        drawn = Label(self.style, label)
        self.notes += drawn.notes
        text.set_text(drawn.text)
        pieces = drawn.pieces(text.get_fontproperties()) if drawn.colours else {}
        text.set(
            color=next(iter(pieces), colour or self.colour("ink")),
            path_effects=[Paint(pieces)] if len(pieces) > 1 else [],
        )


def faces(stem: str) -> list[str]:
    """Files of a face: the system's or, where it does not know of TeX's fonts, TeX's."""
    found = [path for path in font_manager.findSystemFonts(fontext="ttf") if Path(path).stem.lower().startswith(stem)]
    names = [f"{stem}-{cut}.otf" for cut in ("regular", "italic", "bold", "bolditalic")]
    if found or not shutil.which("kpsewhich"):
        return found
    lines = subprocess.run(["kpsewhich", *names], capture_output=True, text=True, encoding="utf-8").stdout.splitlines()
    return [line for line in lines if line]  # TeX Live 2026 has an empty one for what it does not find


def find_face(style: Stylesheet) -> list[str]:
    """Lets Matplotlib find the book's text face. Returns what is lacking, in notes."""
    face = style.macros["textface"][2]
    for path in faces(face.replace(" ", "").lower()):
        font_manager.fontManager.addfont(path)
    try:
        font_manager.findfont(face, fallback_to_default=False, rebuild_if_missing=False)
    except ValueError:
        logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # would say so for each glyph's sake
        return [
            f"the face {face} is not installed; the preview is drawn in another (`make setup` installs it, or says how)"
        ]
    return []


def prepare(style: Stylesheet) -> list[str]:
    """The same, and the book's colour maps by name."""
    for name, stops in style.scales.items():
        matplotlib.colormaps.register(LinearSegmentedColormap.from_list(name, stops))
    return find_face(style)
