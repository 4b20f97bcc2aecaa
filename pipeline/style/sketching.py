"""What previews have in common with figures beyond their colours: planes, bands and their bars, areas, sizes."""

from collections.abc import Sequence
from math import inf, isfinite
from typing import Any

import numpy as np
from matplotlib import pyplot
from matplotlib.cm import ScalarMappable
from matplotlib.colors import from_levels_and_colors, to_rgb
from matplotlib.patheffects import Normal, withStroke
from matplotlib.ticker import NullLocator

from pipeline.style.notes import Notes
from pipeline.style.space import Space

APART = {False: 0.04, True: 0.14}  # of a bar's length, between two of its ticks: of an upright one, of one that lies
MOST = 6  # gaps between the ticks of a bar whose levels are evenly apart


def told(levels: Sequence[float], apart: float) -> list[float]:
    """Those of some levels that a bar has ticks at, as templates/plots.tex has them: of many that are evenly apart,
    multiples of 1, 2 or 5; else short numbers, so much of the bar's length apart."""
    count, gaps, found = len(levels) - 1, np.diff(levels), list[float]()
    if count > MOST and np.allclose(gaps, gaps[0], rtol=1e-3):
        for wide in gaps[0] * np.arange(1, count + 1):
            if f"{wide:.3e}"[:5] in ("1.000", "2.000", "5.000") and levels[-1] - levels[0] < (MOST + 0.1) * wide:
                return [level for level in levels if abs(level / wide - round(level / wide)) < 1e-3]
    for level in levels:
        if level == round(level, 2) and (not found or level - found[-1] >= apart * (levels[-1] - levels[0])):
            found.append(level)
    return found


def mixed(stops: Any, share: Any) -> Any:
    """What lies so far, from 0 to 1, along colours (n, 3): (…, 3)."""
    along = np.linspace(0, 1, len(stops))
    return np.stack([np.interp(share, along, component) for component in np.transpose(stops)], axis=-1)


class Sketching(Notes, Space):
    """The part of Axes that knows no tables."""

    def mosaic(self, rows: str, size: tuple[float, float], **options: Any) -> list[Any]:
        """Panels that span columns and rows, in the order of their letters: "012;aab" is three above two, the first of
        which is twice as wide; after a "/", columns begin anew."""
        blocks = [[[*row] for row in block.split(";")] for block in rows.split("/")]
        parted = {"mosaic": [[block] for block in blocks], "height_ratios": [*map(len, blocks)]}
        self.figure.clear()
        self.figure.set_size_inches(*size)
        found = self.figure.subplot_mosaic(**({"mosaic": blocks[0]} if len(blocks) == 1 else parted), **options)
        self.all = [found[letter] for letter in dict.fromkeys(rows) if letter not in ";/."]
        return self.all

    def outer(self) -> None:
        """Leaves the numbers and names of axes to the left and below the panels, where these have the same limits."""
        for ax in self.all:
            ax.label_outer()

    def plane(self, *axes: Any, **options: Any) -> None:
        """Equal scales, no grid, and no ticks but those that are given: options are as for Matplotlib's Axes.set."""
        for ax in axes:
            ax.grid(visible=False)
            ax.set(aspect="equal", **({"xticks": [], "yticks": []} | options))

    def plane_axes(self, ax: Any, x: str, y: str, **options: Any) -> None:
        """A plane without a frame: its axes go through the origin and have their names at their ends."""
        self.plane(ax, **options)
        for side, spine in ax.spines.items():
            spine.set_visible(side in ("left", "bottom"))
            spine.set_position("zero" if side in ("left", "bottom") else ("axes", 1))
        ax.set_axisbelow(False)
        halo = withStroke(linewidth=2, foreground=self.colour("paper"))
        for number in (*ax.get_xticklabels(), *ax.get_yticklabels()):
            number.set_path_effects([halo])
        style: dict[str, Any] = {"color": self.colour("axis"), "markersize": 4, "clip_on": False, "label": "_"}
        (_, right), (_, top) = ax.get_xlim(), ax.get_ylim()
        ax.plot(right, 0, ">", **style)
        ax.plot(0, top, "^", **style)
        self.note(ax, x, (right, 0), place=(5, 0), ha="left", size=None)
        self.note(ax, y, (0, top), place=(0, 5), va="bottom", size=None)

    def bands(self, ax: Any, regions: Sequence[Any], of: int | None = None, first: int = 0) -> None:
        """Regions as bands of a field, from low to high: from the `first` on `of` so many, all of them unless told."""
        for k, region in enumerate(regions, first):
            colour = pyplot.get_cmap()(k / max(1, (of or len(regions)) - 1))
            region.draw(ax, iter([colour]), alpha=1)

    def over_field(self, ax: Any, table: Any, role: str, **options: Any) -> None:
        """Lines or marks on a field, paler and with a dark rim."""
        rim = withStroke(linewidth=2, foreground=self.colour("rim"))
        pale = self.between(self.colour(role), self.colour("shine"), 0.5)
        ax.plot(table.x, table.y, color=pale, path_effects=[rim, Normal()], **options)

    def weighted(self, ax: Any, points: Any) -> None:
        """Points with a colour by their column `value` and a radius by `size`, both from 0 to 1."""
        fills = pyplot.get_cmap()(np.asarray(points.value, dtype=float))
        rims = [self.between(fill[:3], self.colour("ink"), 0.55) for fill in fills]
        ax.scatter(points.x, points.y, (1 + 5 * points.size) ** 2, fills, edgecolors=rims, linewidths=0.4, zorder=3)

    def charted(self, ax: Any, points: Any, chart: str = "places", size: float = 1.6) -> None:
        """Points in the colours of their places on a chart, by the columns `across` and `up`, with a diameter in
        points."""
        across, up = (np.asarray(points.columns[name], dtype=float) for name in ("across", "up"))
        rows = [np.array([to_rgb(stop) for stop in row]) for row in self.style.charts[chart]]
        drawn = np.array([mixed(row, across) for row in rows])  # (row, point, component)
        shades = np.array([mixed(drawn[:, k], share) for k, share in enumerate(up)])
        ax.scatter(points.x, points.y, size**2, shades.clip(0, 1), linewidths=0, zorder=3)

    def flush(self, row: Sequence[Any], below: Sequence[Any]) -> None:
        """Has a row of panels begin and end where the row below it does, in the figure that is saved."""
        self.rows.append((row, below))

    def rimmed(self, ax: Any) -> None:
        """Makes the marks on a field light, with a dark rim, as figures have them."""
        for line in ax.lines:
            if line.get_marker() == "." and line.get_linestyle() == "None":
                line.set(marker="o", markersize=3.6, markeredgecolor=self.colour("rim"), markeredgewidth=0.35)
                line.set_markerfacecolor(self.luminous(line.get_color()))

    def level_bar(
        self, levels: Sequence[float], *axes: Any, label: str = "", lying: bool = False, even: bool = False,
        **options: Any,
    ) -> None:  # fmt: skip
        """A bar beside axes with the bands of a field between levels, to scale or as high as one another, and ticks at
        these; an infinite one is a point."""
        inner, (first, last) = [level for level in levels if isfinite(level)], (levels[0], levels[-1])
        extend: Any = {(0, 0): "neither", (1, 0): "min", (0, 1): "max", (1, 1): "both"}[-first == inf, last == inf]
        shades = [pyplot.get_cmap()(k / max(1, len(levels) - 2)) for k in range(len(levels) - 1)]
        cmap, norm = from_levels_and_colors(inner, shades, extend=extend)
        shrink, fraction, pad = (0.7, 0.1, 0.05) if lying else (1, 0.05, 0.02)
        size = {"shrink": shrink, "fraction": fraction, "pad": pad, "aspect": 28}
        bar = self.figure.colorbar(
            ScalarMappable(norm, cmap), ax=axes, spacing="uniform" if even else "proportional",
            orientation="horizontal" if lying else "vertical", **size | options,
        )  # fmt: skip
        self.bars["lying" if lying else "upright"] += 1
        along = bar.ax.xaxis if lying else bar.ax.yaxis
        ticks = [level for level in inner if level == round(level, 3)] if even else told(inner, APART[lying])
        along.set_ticks(ticks)
        along.set_minor_locator(NullLocator())
        if extend != "neither" and inner[0] < inner[-1]:  # what lies beyond the last number has its colour, too
            signs = {inner[0]: r"\leq" if first == -inf else "", inner[-1]: r"\geq" if last == inf else ""}
            mark = "." if self.decimal == "." else f"{{{self.decimal}}}"
            names = [f"${signs.get(tick, '')}{tick:g}$".replace(".", mark) for tick in ticks]
            self.tick_names(bar.ax, **{"x" if lying else "y": names})
        if label:
            self.write(bar.ax.set_xlabel(label) if lying else bar.ax.set_title(label), label)

    def area(self, ax: Any, x: Any, y: Any, role: str, label: str = "_") -> None:
        """The inside of an outline, in the edition's tint of a role."""
        ax.fill(x, y, color=self.mixed(role, self.percents()[0] / 100), label=label, zorder=1)

    def borders(self, ax: Any) -> None:
        """Gives the areas on axes borders, as figures have them."""
        for patch in ax.patches:
            patch.set(edgecolor=self.colour("axis"), linewidth=0.6)

    def fit(self) -> None:
        """Makes the figure as high as its panels need, where all of them have equal scales or are boxes in space."""
        for row, below in self.rows:
            self.figure.draw_without_rendering()
            self.figure.set_layout_engine("none")
            (left, right), (begin, end) = (
                (panels[0].get_position().x0, panels[-1].get_position().x1) for panels in (row, below)
            )
            for ax in row:
                place, share = ax.get_position(), (end - begin) / (right - left)
                ax.set_position([begin + share * (place.x0 - left), place.y0, share * place.width, place.height])
        if self.boxes and set(self.all) == set(self.boxes) and not self.bars:
            self.fill()
        planes = [ax for ax in self.all if ax.name != "3d" and ax.axison and ax.get_aspect() == 1]
        if not planes or len(planes) < len([ax for ax in self.all if ax.axison]):
            return
        shape = max(float(np.ptp(ax.get_ylim()) / np.ptp(ax.get_xlim())) for ax in planes)
        one = min(planes, key=lambda ax: len(ax.get_subplotspec().rowspan))  # of those that span rows, each has several
        for _ in range(2):  # what is beside the panels may be as high as they are
            self.figure.draw_without_rendering()
            width, height = self.figure.get_size_inches()
            place = one.get_position(original=True)
            lacking = shape * place.width * width - place.height * height
            self.figure.set_size_inches(width, height + one.get_gridspec().nrows * lacking)
