"""Tables of samples side by side, by name: box plots and violins."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.table.base import Labels, Table
from pipeline.table.drawing import tint
from pipeline.table.meaning import Column
from pipeline.table.names import name_of
from pipeline.table.numbers import Array, Numbers
from pipeline.table.sample import check_twice, there

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType


class Samples(Table):
    """What is drawn of each of several samples, at 0, 1, 2, … along x, which has their names as its words.

    A piece of the table is a sample; its first rows say in fixed order what is told of it.
    """

    width: float
    said: list[str]

    def _named(self, values: Mapping[str, Numbers] | None, samples: Mapping[str, Numbers]) -> dict[str, Array]:
        """{name: numbers that are there}"""
        self.said, found = [], {}
        check_twice(values or {}, samples)
        for name, sample in {**dict(values or {}), **samples}.items():
            called = name_of(name, "a sample's name")
            if not called or called in found:
                what = f"two samples are called '{called}'" if called else f"a sample is called {name!r}, not by a word"
                raise AuthorError(what, "a name each")
            found[called] = there(f"sample '{called}'", sample, self.said)[0]
        if not found:
            raise AuthorError("there is no sample", f"{type(self).__name__}(Ann=…, Bob=…), or of a mapping by name")
        return found

    def _lay(self, names: list[str], pieces: list[Array], labels: Labels) -> None:
        """Makes the table of pieces of shape (rows, 2)."""
        x, y = np.concatenate(pieces).T
        breaks = np.cumsum([len(piece) for piece in pieces])[:-1]
        super().__init__({"x": Column(x, names), "y": y}, labels, breaks)

    @property
    def _may_be_words(self) -> Container[str]:
        return ("x",)

    def notes(self) -> list[str]:
        return self.said

    def groups(self) -> Iterator[tuple[str, Array, Array]]:
        """(name, x, y) of each sample's rows."""
        for name, piece in zip(self.words["x"], self.pieces(), strict=True):
            yield name, self.x[piece], self.y[piece]


class Boxes(Samples):
    """A box plot of each sample, by matplotlib.cbook.boxplot_stats: Boxes(Ann=…, Bob=…), or Boxes({"Ann": …, …}).

    values : {name: numbers of shape (n,)}, where n may differ; words that cannot be keywords are names, too.

    A box reaches from the lower quartile to the upper one, with a line at the median and a mark at the mean; whiskers
    reach to the furthest numbers within `whis` times its height, or to the percentiles (5, 95) where these are given;
    what lies beyond are outliers, points. width : of the boxes, whose distance is 1.

    Rows of a piece: the lower whisker's end; the box's edge at the lower quartile; both ends of the median; the
    edge at the upper quartile; the upper whisker's end; the mean; the outliers.
    """

    def __init__(
        self,
        values: Mapping[str, Numbers] | None = None,
        labels: Labels = None,
        whis: float | tuple[float, float] = 1.5,
        width: float = 0.5,
        **samples: Numbers,
    ) -> None:
        from matplotlib.cbook import boxplot_stats  # slow to import, and needed only here

        named, half = self._named(values, samples), width / 2
        pieces = []
        for k, sample in enumerate(named.values()):
            try:
                (s,) = boxplot_stats(sample.astype(float), whis=whis)
            except (TypeError, ValueError):
                what = f"whis is {whis!r}, neither a number of a box's heights nor two percentiles"
                raise AuthorError(what, "whis=1.5, or whis=(5, 95)") from None
            box = [(k - half, s["q1"]), (k - half, s["med"]), (k + half, s["med"]), (k + half, s["q3"])]
            ends = [(k, s["whislo"]), *box, (k, s["whishi"]), (k, s["mean"])]
            pieces.append(np.array([*ends, *((k, flier) for flier in s["fliers"])], float))
        self._lay(list(named), pieces, labels)

    @property
    def stats(self) -> dict[str, dict[str, Any]]:
        """{name: {"low", "q1", "median", "q3", "high", "mean": number, "outliers": numbers}}"""
        names = ("low", "q1", "median", "median", "q3", "high", "mean")
        return {
            name: {**dict(zip(names, y[:7].tolist(), strict=True)), "outliers": y[7:]} for name, _, y in self.groups()
        }

    def draw(self, axes: Axes, colours: Iterator[ColorType]) -> None:
        colour = next(colours)
        line: dict[str, Any] = {"color": colour, "linewidth": 0.8}
        for _, x, y in self.groups():
            middle, cap = x[0], (x[3] - x[1]) / 4
            axes.fill(x[[1, 3, 3, 1]], y[[1, 1, 4, 4]], facecolor=tint(axes, colours, colour), edgecolor=colour)
            for end, side in ((0, 1), (5, 4)):
                axes.plot([middle, middle], y[[side, end]], **line)
                axes.plot([middle - cap, middle + cap], y[[end, end]], **line)
            axes.plot(x[2:4], y[2:4], color=colour, linewidth=2, solid_capstyle="butt")
            axes.plot(x[6], y[6], "D", color=axes.get_facecolor(), markeredgecolor=colour, markersize=3)
            axes.plot(x[7:], y[7:], "o", color=axes.get_facecolor(), markeredgecolor=colour, markersize=3)


class Violins(Samples):
    """The density of each sample, as a violin: Violins(Ann=…, Bob=…), or Violins({"Ann": …, …}).

    values : {name: numbers of shape (n,)}, where n may differ; words that cannot be keywords are names, too.

    The density is estimated by normal kernels (matplotlib.mlab.GaussianKDE, which is scipy.stats.gaussian_kde), between
    the least and the greatest number, with lines at the quartiles. bandwidth : 'scott' (n^(-1/5) standard deviations),
    'silverman', or a number of standard deviations; width : of the widest violin, whose distance is 1; alike : each has
    this width, rather than all the same area.

    Rows of a piece: both ends of the lines at the lower quartile, the median, the upper quartile; then the outline.
    Raises an AuthorError for a sample that has no density.
    """

    POINTS = 81  # along each side

    def __init__(
        self,
        values: Mapping[str, Numbers] | None = None,
        labels: Labels = None,
        bandwidth: float | Literal["scott", "silverman"] = "scott",
        width: float = 0.8,
        alike: bool = False,
        **samples: Numbers,
    ) -> None:
        from matplotlib.mlab import GaussianKDE  # slow to import, and needed only here

        named = self._named(values, samples)
        found = []
        for name, sample in named.items():
            numbers = sample.astype(float)
            if np.ptp(numbers) == 0:
                what = f"is {numbers[0]:g} alone" if len(numbers) == 1 else f"is {numbers[0]:g} throughout"
                raise AuthorError(f"sample '{name}' {what}, and has no density", "Boxes and Points draw it")
            quartiles = np.percentile(numbers, (25, 50, 75))
            heights = np.unique([*np.linspace(numbers.min(), numbers.max(), self.POINTS), *quartiles])
            try:
                density = GaussianKDE(numbers, bandwidth).evaluate(heights)
            except (TypeError, ValueError):
                what = f"bandwidth is {bandwidth!r}, neither a way to find it nor a number of standard deviations"
                raise AuthorError(what, "bandwidth='scott', 'silverman', or 0.2") from None
            found.append((quartiles, heights, density))
        most = max(density.max() for _, _, density in found)
        pieces = []
        for k, (quartiles, heights, density) in enumerate(found):
            half = width / 2 * density / (density.max() if alike else most)
            ends = np.interp(quartiles, heights, half)
            lines = np.column_stack([np.ravel([k - ends, k + ends], "F"), np.repeat(quartiles, 2)])
            sides = [np.column_stack([k - half, heights]), np.column_stack([k + half, heights])[::-1]]
            pieces.append(np.concatenate([lines, *sides]))
        self._lay(list(named), pieces, labels)

    def draw(self, axes: Axes, colours: Iterator[ColorType]) -> None:
        colour = next(colours)
        for _, x, y in self.groups():
            axes.fill(x[6:], y[6:], facecolor=tint(axes, colours, colour), edgecolor=colour, linewidth=1)
            for k, width in ((0, 0.8), (2, 2), (4, 0.8)):
                axes.plot(x[k : k + 2], y[k : k + 2], color=colour, linewidth=width, solid_capstyle="butt")
