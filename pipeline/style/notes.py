"""Labels that previews have inside of their panels: beside points, curves and lines of reference."""

from collections.abc import Sequence
from itertools import cycle, pairwise
from math import cos, isfinite, radians, sin
from typing import Any

from matplotlib import rcParams
from matplotlib.lines import Line2D
from matplotlib.patches import ConnectionPatch
from matplotlib.patheffects import Normal, Stroke, withStroke

from pipeline.style.canvas import Canvas
from pipeline.style.mathtext import Label

SMALL = 8  # points
ON_BRIGHT = 0.1  # how much of its role type over the bright end of a field has; the rest is rim
DASHES = (0, (4, 3))


class Notes(Canvas):
    """The part of Axes that names things where they are."""

    def note(
        self, ax: Any, label: str, at: Sequence[float], role: str = "ink", place: Sequence[float] = (0, 0),
        on: str = "", over: str = "", **options: Any,
    ) -> None:  # fmt: skip
        """A label at a point, so many points away from it, with a halo; on : the role of the area that it stands on;
        over : "field" or "bright field", where it stands on the dark or the bright end of one."""
        style: dict[str, Any] = {"ha": "center", "va": "center", "size": SMALL, **options}
        if len(at) > 2:
            text = ax.text(*at, "", **style)
        else:
            text = ax.annotate("", at, place, textcoords="offset points", annotation_clip=False, **style)
        colour: Any = self.style.colours.get(role, role)
        if over:
            dark = over == "field"
            colour = self.luminous(colour) if dark else self.between(colour, self.colour("rim"), ON_BRIGHT)
        self.write(text, label, colour)
        if over != "bright field":
            beneath = self.style.scales["field"][0] if over else self.tinted(on) if on else self.colour("paper")
            halo = Stroke(linewidth=2, foreground=beneath)
            text.set_path_effects([halo, *(text.get_path_effects() or [Normal()])])

    def aside(self, degrees: float, points: float) -> tuple[float, float]:
        """So many points away in a direction, counter-clockwise from the right: a place for a note."""
        return points * cos(radians(degrees)), points * sin(radians(degrees))

    def number(
        self, ax: Any, places: Sequence[Sequence[float]], kind: str, form: str = "{}",
        on: Sequence[int] | None = None, more: Sequence[float] = (), **options: Any,
    ) -> None:  # fmt: skip
        """The numbers of things of a kind, from 1, at points, in their roles; on : which thing's area each stands on;
        more : further coordinates of all."""
        for k, place in enumerate(places):
            beneath = "" if on is None else f"{kind}{on[k]}"
            self.note(ax, form.replace("{}", str(k + 1)), (*place, *more), f"{kind}{k}", on=beneath, **options)

    def reference(
        self, ax: Any, label: str = "", at: float = 1, place: Sequence[float] = (0, 0), x: Any = None, y: Any = None,
        role: str = "annotation", linestyle: Any = DASHES, **options: Any,
    ) -> None:  # fmt: skip
        """A dashed line across axes where x, or y, is so much; its label stands at a share of its length."""
        upright = y is None
        (line, spot, frame) = (
            (ax.axvline(x), (x, at), ax.get_xaxis_transform())
            if upright
            else (ax.axhline(y), (at, y), ax.get_yaxis_transform())
        )
        line.set(color=self.colour(role), linestyle=linestyle, linewidth=rcParams["axes.linewidth"], label="_")
        if label:
            self.note(ax, label, spot, role, place, xycoords=frame, **options)

    def frame(self, ax: Any, ends: Sequence[float]) -> None:
        """A dashed frame around a part of axes: left, right, bottom, top."""
        left, right, bottom, top = ends
        corners = [left, right, right, left, left], [bottom, bottom, top, top, bottom]
        ax.plot(*corners, color=self.colour("neutral"), linestyle=DASHES, linewidth=0.8, label="_")

    def close_to(self, ax: Any, ends: Sequence[float], place: Sequence[float]) -> Any:
        """Axes inside of axes, to their part's right: the part close to, framed as it is there, and led to from there.

        ends : of the part, as for a frame; place : of the inner axes, in shares: left, bottom, width, height.
        """
        self.frame(ax, ends)
        inner, (_, right, bottom, top) = ax.inset_axes(place), ends
        inner.grid(visible=False)
        inner.set(xlim=ends[:2], ylim=ends[2:], xticks=[], yticks=[], aspect="equal")
        style: dict[str, Any] = {"color": self.colour("neutral"), "linestyle": DASHES, "linewidth": 0.8}
        for spine in inner.spines.values():
            spine.set(**style)
        for height, corner in ((bottom, (0, 0)), (top, (0, 1))):
            line = ConnectionPatch((right, height), corner, ax.transData, inner.transAxes, **style)
            line.set_in_layout(False)
            ax.add_artist(line)
        return inner

    def way(self, ax: Any, x: Sequence[float], y: Sequence[float], role: str, at: float = 0.62) -> None:
        """A bold line with an arrow on it, at a share of its points."""
        ax.plot(x, y, color=self.colour(role), linewidth=2.2, label="_")
        head = {
            "arrowstyle": "-|>,head_width=0.35,head_length=0.6",
            "color": self.colour(role),
            "shrinkA": 0,
            "shrinkB": 0,
        }
        k = max(1, round(at * (len(x) - 1)))
        ax.annotate("", (x[k], y[k]), (x[k - 1], y[k - 1]), arrowprops=head)

    def arrows(
        self, ax: Any, table: Any, roles: Sequence[str], width: float = 1.2, head: float = 6, on: Sequence[str] = (),
        short: float = 0,
    ) -> None:  # fmt: skip
        """A table's arrows in their roles, by turns, upon all else: shafts so wide and heads so long, in points, with a
        halo in the tints of the areas that they lie on; short : how far before their ends they stop, in points."""
        for x, y, u, v, role, area in zip(
            table.x, table.y, table.u, table.v, cycle(roles), cycle(on or [""]), strict=False
        ):
            style: dict[str, Any] = {
                "arrowstyle": f"-|>,head_length={head - width},head_width={0.42 * head - width / 2}",
                "mutation_scale": 1,
                "linewidth": width,
                "color": self.colour(role),
                "shrinkA": 0,
                "shrinkB": short,
            }
            if area:
                style["path_effects"] = [withStroke(linewidth=width + 1.6, foreground=self.tinted(area))]
            ax.annotate("", (x + u, y + v), (x, y), arrowprops=style, annotation_clip=False)
            ax.update_datalim([(x, y), (x + u, y + v)])

    def distance(self, ax: Any, start: Sequence[float], end: Sequence[float], role: str) -> None:
        """A dashed line between two points."""
        ax.plot(*zip(start, end, strict=True), color=self.colour(role), linestyle=DASHES, linewidth=0.8, label="_")

    def tick_names(self, ax: Any, **names: Sequence[str]) -> None:
        """Names of the ticks along x or y, labels in the book's macros, in place of their numbers."""
        for axis, labels in names.items():
            drawn = [Label(self.style, label).text for label in labels]
            for text, label in zip(getattr(ax, f"set_{axis}ticklabels")(drawn), labels, strict=True):
                self.write(text, label)

    def scale_bar(self, ax: Any, length: float, on: str = "", below: bool = False) -> None:
        """How long so much is, in the lower right corner of axes with their limits, or below it; on : as for a note."""
        (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
        aside, above = (0, -0.09) if below else (0.06, 0.07)  # shares of the axes
        end, height = right - aside * (right - left), bottom + above * (top - bottom)
        ax.plot(
            [end - length, end],
            [height, height],
            "|-",
            color=self.colour("ink"),
            linewidth=0.8,
            markersize=5,
            markeredgewidth=0.8,
            label="_",
            clip_on=False,
        )
        if below:
            self.note(ax, f"{length:g}", (end - length, height), place=(-5, 0), ha="right")
        else:
            self.note(ax, f"{length:g}", (end - length / 2, height), place=(0, 6), on=on)

    def name_curve(
        self, ax: Any, table: Any, name: str, at: float = 1, place: tuple[float, float] = (4, 0), role: str = "ink",
        **options: Any,
    ) -> None:  # fmt: skip
        """The label of one of a table's columns beside its line: at a share of its rows, so many points away."""
        ax.margins(x=0)
        row = round(at * (len(table.x) - 1))
        beside = {"ha": "left" if at == 1 else "center", "size": None} | options
        self.note(ax, table.labels[name], (table.x[row], table.columns[name][row]), role, place, **beside)

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
