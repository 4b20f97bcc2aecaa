"""Axes whose numbers lie far from 0 and close together count from an offset, for TeX's lengths hold five digits."""

import math
import re
from collections.abc import Callable, Iterator

import numpy as np

from pipeline.plots import limits, reading
from pipeline.plots.columns import Array
from pipeline.plots.plot import limits as given_limits

# times an axis's range: so far from 0, PGFPlots puts a number up to a tenth of a point from its place, in a figure as
# wide as the text: 0.000015 of the number
FAR = 20
PLOT = re.compile(r"\\addplot(3?)(?=[\s+\[])[^;]*?table\s*(?:\[([^]]*)\])?\s*\{([^}]+\.dat)\}")
OPTIONS = re.compile(r"(?:\s|%[^\n]*\n)*(?=\[)")
# what else says how numbers become places
OWN = r"symbolic|date coordinates|coord trafo|polar|\b{axis} (?:offset|dates)\b"
LOGARITHMIC = {"semilogxaxis": "x", "semilogyaxis": "y", "loglogaxis": "xy"}


def along(picture: str, axis: str, readable: Callable[[str], bool]) -> Iterator[Array]:
    """The numbers that tables have along an axis, in a part of a picture."""
    for three, chosen, path in PLOT.findall(picture):
        if (axis == "z" and not three) or not readable(path) or re.search(rf"\b{axis} expr", chosen):
            continue
        for table in limits.tables_of([path]).values():
            _, numbers = limits.plotted(table, chosen, axis)
            yield numbers
            if axis != "z" and {"u", "v"} <= set(table) and "quiver" not in chosen:
                yield numbers + table["uv"["xy".index(axis)]]  # an arrow's tip


def offset(numbers: Array, low: float, high: float) -> float | None:
    """A round number from which to count, where it must be; low, high : an axis's limits, infinite where not given."""
    there = numbers[np.isfinite(numbers)]
    if not len(there):
        return None
    ends = [low if math.isfinite(low) else there.min(), high if math.isfinite(high) else there.max()]
    extent = float(ends[1] - ends[0])
    if extent <= 0 or np.abs(ends).max() < FAR * extent:
        return None
    unit = 10.0 ** math.ceil(math.log10(extent))  # a multiple of all distances that ticks may have
    return float(f"{round(sum(ends) / 2 / unit) * unit:.15g}")


def logarithmic(environment: str, options: str, axis: str) -> bool:
    """Whether an axis is logarithmic by what is said of it."""
    return bool(re.search(rf"\b{axis}mode\s*=\s*log", options)) or axis in LOGARITHMIC.get(environment, "")


def needed(environment: str, options: str, body: str, readable: Callable[[str], bool]) -> dict[str, float]:
    """{axis: offset} of the axes that need one."""
    found = {}
    for axis, (_, low, high) in zip("xyz", given_limits(options), strict=True):
        if (
            environment == "polaraxis"
            or logarithmic(environment, options, axis)
            or re.search(OWN.format(axis=axis), options)
        ):
            continue
        numbers = np.concatenate([[], *along(body, axis, readable)])
        if (number := offset(numbers, low, high)) is not None:
            found[axis] = number
    return found


def counted(picture: str, readable: Callable[[str], bool]) -> str:
    """A picture whose axes count from an offset where they must, said among their options: `y offset=101325`.

    readable : whether a table may be read, given its path. No line of the picture moves.
    """
    text, at = list[str](), 0
    for environment, options, start, end in reading.axes(picture):
        opened = OPTIONS.match(picture, start)
        own = reading.bracket(picture, opened.end()) if opened else ""
        found = needed(environment, f"{options}{own}", picture[start:end], readable)
        if found:
            keys = ", ".join(f"{axis} offset={number:.15g}" for axis, number in found.items())
            place = opened.end() + 1 if own and opened else start
            text += [picture[at:place], f"{keys}, " if own else f"[{keys}]"]
            at = place
    return "".join([*text, picture[at:]])
