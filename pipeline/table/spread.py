"""Tables of how far numbers lie apart: error bars and histograms."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.table.base import Labels, Table
from pipeline.table.drawing import tint
from pipeline.table.names import joined
from pipeline.table.numbers import Array, Numbers, array, gaps
from pipeline.table.sample import check_twice, column_of, label_of, there

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

SIDES = ("minus", "plus")


def reach(along: str, at: Array, error: Numbers | None, lower: Numbers | None, upper: Numbers | None) -> list[Array]:
    """How far an error bar reaches below and above `at`, each of shape (n,); NaN where it does not.

    Raises an AuthorError where it would reach backwards, or is given twice.
    """
    names = ("error", "lower", "upper") if along == "y" else ("x_error", "x_lower", "x_upper")
    if error is not None and (lower is not None or upper is not None):
        raise AuthorError(f"an error bar has either {names[0]}=… or its ends, {names[1]}=… and {names[2]}=…")
    if error is not None:
        length = along_rows(names[0], error, at)
        check_sign(names[0], length, "a length on both sides, and cannot be negative")
        return [length, length]
    below, above = (
        np.full(len(at), np.nan) if end is None else along_rows(name, end, at)
        for name, end in zip(names[1:], (lower, upper), strict=True)
    )
    check_sign(names[1], at - below, f"where the bar ends, and cannot lie above {along}")
    check_sign(names[2], above - at, f"where the bar ends, and cannot lie below {along}")
    return [at - below, above - at]


def along_rows(name: str, values: Numbers, at: Array) -> Array:
    """One number for all rows, or one for each, as floats."""
    found = array(values)
    if found.dtype.kind not in "fiub" or (found.ndim and found.shape != at.shape):
        what = f"has shape {found.shape}" if found.dtype.kind in "fiub" else "holds what is no number"
        raise AuthorError(f"{name} {what}; it is a number, or a vector of shape ({len(at)},)")
    return np.broadcast_to(found.astype(float), at.shape)


def check_sign(name: str, length: Array, what: str) -> None:
    """Raises an AuthorError for the first negative length."""
    if (bad := np.flatnonzero(length < 0)).size:
        raise AuthorError(f"row {bad[0]} of {name} is {what}")


class ErrorBars(Table):
    """Marks at (x, y) with error bars, all of shape (n,).

    error : how far a bar reaches to both sides; or lower, upper : where it ends, one of them or both. x_error, x_lower,
    x_upper : the same along x. Where x or y is missing there is no mark, where an error or an end is, no bar on that
    side. As columns, the table has the lengths: minus, plus, and xminus, xplus along x.

    Raises an AuthorError where a bar would reach backwards.
    """

    def __init__(
        self,
        x: Numbers,
        y: Numbers,
        error: Numbers | None = None,
        lower: Numbers | None = None,
        upper: Numbers | None = None,
        x_error: Numbers | None = None,
        x_lower: Numbers | None = None,
        x_upper: Numbers | None = None,
        labels: Labels = None,
    ) -> None:
        super().__init__({"x": x, "y": y}, labels)
        errors = {"y": (error, lower, upper), "x": (x_error, x_lower, x_upper)}
        if all(end is None for ends in errors.values() for end in ends):
            raise AuthorError("error bars have no lengths", "error=…, or lower=… and upper=…")
        for along, ends in errors.items():
            at = self.columns[along]
            plain = at.astype(float) if at.ndim == 1 and at.dtype.kind in "fiub" else np.full(at.shape, np.nan)
            lengths = reach(along, plain, *ends)
            prefix = "" if along == "y" else "x"
            self.columns |= {f"{prefix}{side}": length for side, length in zip(SIDES, lengths, strict=True)}

    @property
    def _may_miss(self) -> Container[str]:
        return self.columns

    @property
    def _may_be_words(self) -> Container[str]:
        return ("x", "y")

    @property
    def _may_be_dates(self) -> Container[str]:
        return ("x", "y")

    def _check_gaps(self, where: str, name: str, missing: Array) -> None:
        if name in ("x", "y"):  # bars on one side, or along one axis, lack the others
            super()._check_gaps(where, name, missing)

    def draw(self, axes: Axes, colours: Iterator[ColorType]) -> None:
        colour = next(colours)
        axes.plot(self.x, self.y, "o", markersize=4, color=colour, markeredgecolor=axes.get_facecolor())
        for side, sign in zip(SIDES, (-1, 1), strict=True):
            for name, lines, cap, step in (
                (side, axes.vlines, "_", (0, sign)),
                (f"x{side}", axes.hlines, "|", (sign, 0)),
            ):
                some = ~(gaps(self.columns[name]) | gaps(self.x) | gaps(self.y))
                x, y, length = self.x[some], self.y[some], self.columns[name][some]
                ends = x + step[0] * length, y + step[1] * length
                lines(*((x, y, ends[1]) if step[1] else (y, x, ends[0])), color=colour, linewidth=0.8, zorder=1.5)
                axes.plot(*ends, cap, color=colour, markersize=5, markeredgewidth=0.8)


class Histogram(Table):
    """How many numbers lie in each bin, counted by numpy.histogram: Histogram(values), or by name of each of several
    samples, Histogram(train=…, test=…) or Histogram({"train": …, "test": …}), in the same bins.

    bins, range, density, weights : as numpy.histogram has them; weights by name where the samples have names. `auto`
    bins are those of all samples together. What is missing is left out.

    A name that no column can have, "Bed & Breakfast", is the label of a column `Bed-Breakfast`.

    The table has the steps: a row an edge, x, with the heights of the bins that begin there; before them and at the
    last edge the heights are 0.
    Raises an AuthorError where there is nothing to count.
    """

    def __init__(
        self,
        values: Numbers | Mapping[str, Numbers] | None = None,
        labels: Labels = None,
        bins: Any = "auto",
        range: tuple[float, float] | None = None,
        density: bool = False,
        weights: Numbers | Mapping[str, Numbers] | None = None,
        **samples: Numbers,
    ) -> None:
        named = dict(values) if isinstance(values, Mapping) else {} if values is None else {"y": values}
        check_twice(values if isinstance(values, Mapping) else (), samples)
        named |= samples
        if not named:
            raise AuthorError("a histogram has nothing to count", "Histogram(values), or Histogram(train=…, test=…)")
        if isinstance(weights, Mapping) or weights is None:
            heavy: dict[str, Numbers] = dict(weights or {})
        else:
            heavy = {next(iter(named)): weights}
        if (unknown := heavy.keys() - named.keys()) or (heavy and not isinstance(weights, Mapping) and len(named) > 1):
            raise AuthorError(f"weights of {', '.join(sorted(unknown)) or 'which sample?'}", "weights={name: …}")
        self.said: list[str] = []
        found, loads = {}, {}
        for name, sample in named.items():
            loads[name] = array(heavy[name]) if name in heavy else None
            if (load := loads[name]) is not None and load.shape != array(sample).shape:
                raise AuthorError(f"the weights of '{name}' have shape {load.shape}, not {array(sample).shape}")
            found[name], kept = there(f"sample '{name}'", sample, self.said)
            loads[name] = None if load is None else load[kept]
        together = np.concatenate([*found.values()])
        try:
            edges = np.histogram_bin_edges(together, bins, range, None if not heavy else np.ones(len(together)))
            heights = {
                name: np.histogram(sample, edges, density=density, weights=loads[name])[0]
                for name, sample in found.items()
            }
        except (TypeError, ValueError, MemoryError) as error:
            raise AuthorError(f"the bins cannot be made: {error}", "bins=20, or the edges, bins=[0, 1, 2, 5]") from None
        for name, sample in found.items():
            outside = int(((sample < edges[0]) | (sample > edges[-1])).sum())
            if outside == len(sample):
                raise AuthorError(f"all of sample '{name}' lies outside of the bins, {edges[0]:g} to {edges[-1]:g}")
            if outside:
                self.said.append(f"{outside} of {len(sample)} numbers of sample '{name}' lie outside of the bins")
        columns, told = dict[str, list[float]](), dict(labels or {})
        for name, height in heights.items():
            column = column_of(name, {*columns, *heights})
            columns[column] = [0, *height.tolist(), 0]
            if column != name:
                told[column] = told.pop(name, label_of(name))
        edge = {"x": [edges[0], *edges]}
        super().__init__(joined(edge, columns, "a histogram's sample", "its edges are"), told)

    def notes(self) -> list[str]:
        return self.said

    def draw(self, axes: Axes, colours: Iterator[ColorType]) -> None:
        for name, dash in zip(self.series, ["-", "--", ":", "-."] * len(self.series), strict=False):
            colour, first = next(colours), name == next(iter(self.series))
            axes.stairs(
                self.series[name][1:-1], self.x[1:], fill=first, linestyle=dash, linewidth=1, edgecolor=colour,
                facecolor=tint(axes, colours, colour) if first else "none", label=self._series_label(name), zorder=1.8,
            )  # fmt: skip
        axes.set_ylim(bottom=0 if axes.get_yscale() == "linear" else None)
