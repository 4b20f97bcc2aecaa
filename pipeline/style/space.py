"""Boxes in space as previews draw them: seen as in figures, with their names, and as large as their panels."""

from collections.abc import Sequence
from itertools import product
from math import asin, cos, degrees, radians, sin
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox
from mpl_toolkits.mplot3d import proj3d
from mpl_toolkits.mplot3d.art3d import Poly3DCollection, Text3D

from pipeline.style.canvas import Canvas

EDGE = 0.72  # of its colour, in that of the lines of a mesh; the rest is the rim's
PAD, TITLE = 0.08, 0.3  # inches about a panel, and above one that has a title


def stretched(view: Sequence[float], ratio: Sequence[float], shape: float) -> tuple[tuple[float, float], list[float]]:
    """The view and the edges' ratio that show a box as wide over its height as PGFPlots, which stretches what it has
    projected, makes it."""
    turn, tilt = map(radians, view)
    (a, b, c), (sine, cosine) = ratio, (abs(sin(turn)), abs(cos(turn)))
    natural = (a * cosine + b * sine) / ((a * sine + b * cosine) * sin(tilt) + c * cos(tilt))
    lower = asin(min(0.99, sin(tilt) * natural / shape))  # seen from above, nothing can be stretched further
    return (view[0], degrees(lower)), [a, b, c * natural / shape * cos(tilt) / cos(lower)]


class Space(Canvas):
    """The part of Axes that draws in space."""

    def in_space(self, ax: Any) -> Any:
        """Axes in space, in the place of these."""
        place = ax.get_subplotspec()
        ax.remove()
        self.all[self.all.index(ax)] = new = self.figure.add_subplot(place, projection="3d")
        new.set_box_aspect(None, zoom=0.85)  # names of the axes have room
        return new

    def space(
        self, ax: Any, view: Sequence[float], ratio: Sequence[float] = (1, 1, 1), shape: float | None = None,
        box: bool = True, **options: Any,
    ) -> Any:  # fmt: skip
        """Axes in space, in the place of these, with the view and the edges' ratio that PGFPlots's `view` and `plot box
        ratio` give it: what is drawn first lies behind. shape : the figure's width over its height, where it has both;
        box : whether there are axes; options : as for Matplotlib's Axes.set."""
        view, ratio = stretched(view, ratio, shape) if shape else (view, ratio)
        ax = ax if ax.name == "3d" else self.in_space(ax)
        ax.computed_zorder = False
        ax.set_proj_type("ortho")
        ax.view_init(elev=view[1], azim=view[0] - 90)
        ax.grid(False)
        for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
            axis.set_major_locator(MaxNLocator(4))
            axis.pane.set(edgecolor=self.colour("axis"), linewidth=0.4)
            axis.set_visible(box)
            axis.set_tick_params(pad=0)
        if not box:
            ax.set_axis_off()
        ax.zaxis.set_ticks_position("lower")  # on the left
        ax.zaxis.set_label_position("lower")
        ax.set(**options)
        self.boxes[ax] = ratio
        return ax

    def surface(self, ax: Any, x: Any, y: Any, z: Any, low: float | None = None, high: float | None = None) -> None:
        """A surface in the colours of a relief, which go from low to high, with a mesh of darker lines."""
        mesh = ax.plot_surface(
            x, y, z, cmap="relief", vmin=low, vmax=high, rstride=1, cstride=1, linewidth=0.3, antialiased=True
        )
        shades = mesh.to_rgba(mesh.get_array())[:, :3]
        mesh.set_snap(False)  # facets that are upright on the page would leave their neighbours
        mesh.set_edgecolor([self.between(shade, self.colour("rim"), EDGE) for shade in shades])

    def dots(self, ax: Any, table: Any, scale: str) -> None:
        """The points of a table in the colours of a scale by their `value`, larger by how `near` they are: 0 to 1."""
        size, style = 1 + 4 * table.near, {"cmap": scale, "vmin": 0, "vmax": 1, "linewidths": 0, "depthshade": False}
        ax.scatter(table.x, table.y, table.z, s=size, c=table.value, **style)

    def facets(self, ax: Any, table: Any, role: str, strength: float = 1, light: str = "") -> None:
        """The closed pieces of a table in space as facets, in the edition's tint of a role; or without lines, in a mix
        with another, `light`."""
        faces = [[*zip(*(table.columns[name][piece] for name in "xyz"), strict=True)] for piece in table.pieces()]
        if light:
            fill, edge = self.between(self.colour(role), self.colour(light), strength), "none"
        else:
            fill, edge = self.mixed(role, self.percents()[0] / 100 * strength), self.colour(role)
        ax.add_collection3d(Poly3DCollection(faces, facecolors=[fill], edgecolors=[edge], linewidths=0.4))

    def renderer(self) -> RendererAgg:
        """What draws and measures the figure in its own dots, whatever canvas it has: that of SVG has 72 an inch."""
        return RendererAgg(*self.figure.bbox.size, self.figure.dpi)  # type: ignore[call-arg]

    def extent(self, ax: Any) -> Bbox:
        """What a box, the names and ticks of its axes and its notes cover, in pixels."""
        corners = np.array([*product(ax.get_xlim(), ax.get_ylim(), ax.get_zlim())])
        x, y, _ = proj3d.proj_transform(*corners.T, ax.get_proj())
        box = ax.transData.transform(np.column_stack([x, y]))
        sides = [axis.get_tightbbox(self.renderer()) for axis in (ax.xaxis, ax.yaxis, ax.zaxis)]
        notes = [self.covered(ax, text) for text in ax.texts if isinstance(text, Text3D)]
        return Bbox.union([Bbox([box.min(axis=0), box.max(axis=0)]), *filter(None, sides), *notes])

    def covered(self, ax: Any, text: Text3D) -> Bbox:
        """What a text in space covers, in pixels: Matplotlib tells it as if the text lay in the plane."""
        x, y, _ = proj3d.proj_transform(*text.get_position_3d(), ax.get_proj())
        (left, bottom), (right, top) = ax.transData.transform([text.get_position(), (x, y)])
        return text.get_window_extent(self.renderer()).translated(right - left, top - bottom)

    def fill(self) -> None:
        """Makes boxes in space as wide as their panels, and the figure as high as that needs."""
        width, _ = self.figure.get_size_inches()
        grid = next(iter(self.boxes)).get_gridspec()
        cell, dpi = width / grid.ncols, self.figure.dpi
        pad = PAD if any(ax.zaxis.get_visible() for ax in self.boxes) else 0  # a land without axes bleeds off the page
        above = TITLE if any(ax.get_title() for ax in self.boxes) else pad
        self.figure.set_layout_engine("none")
        self.figure.set_size_inches(width, grid.nrows * cell)
        zooms = dict.fromkeys(self.boxes, 1.0)
        for _ in range(3):  # names do not grow with their box
            for ax, zoom in zooms.items():
                ax.set_position([0, 0, 1 / grid.ncols, 1 / grid.nrows])
                ax.set_box_aspect(self.boxes[ax], zoom=zoom)
            self.figure.draw(self.renderer())
            found = {ax: self.extent(ax) for ax in self.boxes}
            zooms = {ax: zoom * (cell - 2 * pad) * dpi / found[ax].width for ax, zoom in zooms.items()}
        height = max(box.height for box in found.values()) / dpi + pad + above
        self.figure.set_size_inches(width, grid.nrows * height)
        for ax, box in found.items():
            place = ax.get_subplotspec()
            left, bottom = place.colspan.start * cell, (grid.nrows - 1 - place.rowspan.start) * height
            left += cell / 2 - (box.x0 + box.x1) / 2 / dpi
            bottom += (height + pad - above) / 2 - (box.y0 + box.y1) / 2 / dpi
            ax.set_position([left / width, bottom / height / grid.nrows, 1 / grid.ncols, cell / height / grid.nrows])
            top = (grid.nrows - place.rowspan.start - above / height / 2) / grid.nrows
            for drawn in (*ax.collections, *ax.lines):
                drawn.set_clip_on(False)  # at the square that Matplotlib keeps boxes in
            for k, drawn in enumerate(ax.get_children()):  # in the order in which they were added
                drawn.set_zorder(k)
            ax.title.set(transform=self.figure.transFigure, va="center")
            ax.title.set_position(((place.colspan.start + 0.5) / grid.ncols, top))
