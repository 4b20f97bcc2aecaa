"""What previews have in common with figures beyond their colours: bars of levels, direct labels, boxes in space."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import inf, isfinite
from typing import Any

import numpy as np
from matplotlib import pyplot
from matplotlib.cm import ScalarMappable
from matplotlib.colors import from_levels_and_colors, to_rgb
from matplotlib.lines import Line2D
from matplotlib.patheffects import Normal, withStroke
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator, NullLocator
from mpl_toolkits.mplot3d.art3d import Poly3DCollection

from pipeline.style.stylesheet import Stylesheet


class Sketching:
    """The part of Axes that knows no tables: all : the panels; write : gives a text a label in the book's macros."""

    style: Stylesheet
    figure: Any
    all: list[Any]
    bars: Counter[str]  # how many stand beside the panels, "upright", and lie below them, "lying"

    def colour(self, role: str) -> str:
        raise NotImplementedError

    def write(self, text: Text, label: str, colour: Any = None) -> None:
        raise NotImplementedError

    def mosaic(self, rows: str, size: tuple[float, float], **options: Any) -> list[Any]:
        """Panels that span columns and rows, in the order of their letters: "012;aab" is three above two, the first
        of which is twice as wide."""
        self.figure.clear()
        self.figure.set_size_inches(*size)
        found = self.figure.subplot_mosaic(rows.replace(";", "\n"), **options)
        self.all = [found[letter] for letter in dict.fromkeys(rows.replace(";", "").replace(".", ""))]
        return self.all

    def level_bar(
        self, levels: Sequence[float], *axes: Any, label: str = "", lying: bool = False, **options: Any
    ) -> None:
        """A bar beside axes with the bands of a field between levels, to scale; an infinite one is a point."""
        inner, (first, last) = [level for level in levels if isfinite(level)], (levels[0], levels[-1])
        extend: Any = {(0, 0): "neither", (1, 0): "min", (0, 1): "max", (1, 1): "both"}[-first == inf, last == inf]
        shades = [pyplot.get_cmap()(k / max(1, len(levels) - 2)) for k in range(len(levels) - 1)]
        cmap, norm = from_levels_and_colors(inner, shades, extend=extend)
        bar = self.figure.colorbar(
            ScalarMappable(norm, cmap), ax=axes, spacing="proportional", shrink=0.8,
            orientation="horizontal" if lying else "vertical", **options,
        )  # fmt: skip
        self.bars["lying" if lying else "upright"] += 1
        along = bar.ax.xaxis if lying else bar.ax.yaxis
        along.set_major_locator(MaxNLocator(6))
        along.set_minor_locator(NullLocator())
        if label:
            self.write(bar.ax.set_xlabel(label) if lying else bar.ax.set_title(label), label)

    def fit(self) -> None:
        """Makes the figure as high as its panels need, where all of them have equal scales."""
        planes = [ax for ax in self.all if ax.name != "3d" and ax.axison and ax.get_aspect() == 1]
        if not planes or len(planes) < len([ax for ax in self.all if ax.axison]):
            return
        width, _ = self.figure.get_size_inches()
        columns, rows = planes[0].get_gridspec().ncols, planes[0].get_gridspec().nrows
        spans = [[float(np.ptp(ends)) for ends in (ax.get_xlim(), ax.get_ylim())] for ax in planes]
        shape = max(y / x for x, y in spans)
        room = (width - 0.5 - 0.8 * bool(self.bars["upright"])) / columns
        self.figure.set_size_inches(width, rows * (shape * room + 0.55) + 0.8 * bool(self.bars["lying"]))

    def space(self, ax: Any, view: Sequence[float], ratio: Sequence[float] = (1, 1, 1)) -> None:
        """The view and the edges' ratio of a box in space, as PGFPlots's `view` and `plot box ratio` have them."""
        ax.set_proj_type("ortho")
        ax.view_init(elev=view[1], azim=view[0] - 90)
        ax.set_box_aspect(ratio, zoom=1.1)
        for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
            axis.set_major_locator(MaxNLocator(4))

    def area(self, ax: Any, x: Any, y: Any, role: str) -> None:
        """The inside of an outline, in the edition's tint of a role."""
        share = float(self.style.expand(r"\tint")) / 100
        ax.fill(x, y, color=self.mixed(role, share), label="_")

    def mixed(self, role: str, share: float) -> list[float]:
        """A role on paper, so much of it."""
        colours = zip(to_rgb(self.colour(role)), to_rgb(self.colour("paper")), strict=True)
        return [share * a + (1 - share) * b for a, b in colours]

    def facets(self, ax: Any, table: Any, role: str, strength: float = 1) -> None:
        """The closed pieces of a table in space as facets, in the edition's tint of a role."""
        share = float(self.style.expand(r"\tint")) / 100 * strength
        faces = [[*zip(*(table.columns[name][piece] for name in "xyz"), strict=True)] for piece in table.pieces()]
        fill, edge = self.mixed(role, share), self.colour(role)
        ax.add_collection3d(Poly3DCollection(faces, facecolors=[fill], edgecolors=[edge], linewidths=0.4))

    def name_curve(self, ax: Any, table: Any, name: str, at: float = 1, place: tuple[float, float] = (4, 0)) -> None:
        """The label of one of a table's columns beside its line: at a share of its rows, so many points away."""
        ax.margins(x=0)
        row = round(at * (len(table.x) - 1))
        text = ax.annotate("", (table.x[row], table.columns[name][row]), place, textcoords="offset points", va="center")
        self.write(text, table.labels[name])

    def note(
        self, ax: Any, label: str, at: Sequence[float], role: str = "ink", place: Sequence[float] = (0, 0)
    ) -> None:
        """A label at a point, so many points away from it, with a halo."""
        halo = withStroke(linewidth=2, foreground=self.colour("paper"))
        text = ax.annotate("", at, place, textcoords="offset points", ha="center", va="center", size=8)
        self.write(text, label, self.colour(role))
        text.set_path_effects([halo, *(text.get_path_effects() or [Normal()])])

    def rimmed(self, ax: Any) -> None:
        """Gives the marks on a field a rim of paper, as figures have it."""
        for line in ax.lines:
            if line.get_marker() == "." and line.get_linestyle() == "None":
                line.set(marker="o", markersize=3.2, markeredgecolor=self.colour("paper"), markeredgewidth=0.4)

    def name_lines(self, ax: Any) -> bool:
        """Names lines at their right ends, in their colours; False where there is no room, or more than lines."""
        handles, labels = ax.get_legend_handles_labels()
        if (
            not labels
            or not all(isinstance(line, Line2D) and line.get_linestyle() != "None" for line in handles)
            or len(labels) > 6
        ):
            return False
        low, high = ax.get_ylim()
        ends = [tuple(float(v) for v in line.get_xydata()[-1]) for line in handles]
        heights = sorted((y - low) / (high - low) for _, y in ends)
        if ax.get_yscale() != "linear" or {x for x, _ in ends} != {ends[0][0]} or not isfinite(sum(heights)):
            return False
        if any(b - a < 0.08 for a, b in pairwise(heights)):
            return False
        ax.margins(x=0)
        for line, label, end in zip(handles, labels, ends, strict=True):
            text = ax.annotate("", end, (4, 0), textcoords="offset points", va="center", annotation_clip=False)
            self.write(text, label, line.get_color())
        return True
