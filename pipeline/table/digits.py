"""How numbers are written: with the digits that they need to be drawn where they are."""

from collections.abc import Iterable

import numpy as np

from pipeline.table.numbers import Array

LEAST = 7  # significant digits: those of a 32-bit float
MOST = {2: 7, 4: 9, 8: 17}  # {bytes of a float: the digits that tell it from all others}
SHARE = 1e-5  # of a column's range: what rounding may move a number by, a hundredth of a point in a figure
STEP = 1e-2  # of the distance between neighbouring rows, in most of the rows: a tenth of a day is no staircase of hours
NEAR = 10  # times a column's range: another axis's constants that far away are drawn beside it


def digits(column: Array, beside: Iterable[Array] = ()) -> int:
    """How many significant digits the floats of a column need, seven at least.

    Rounding to d digits moves a number of 10^e to 10^(e+1) by up to 0.5 · 10^(e+1-d). That must be at most SHARE of the
    column's range and, for most rows, STEP of their distance from the next. Whole numbers keep all their digits. A
    constant has no range: it has that of the narrowest column of those `beside` it, if it may be drawn there.
    """
    there = finite(column)
    numbers = np.unique(there)
    if not len(numbers) or (np.abs(numbers).max() < 2**53 and (numbers == np.rint(numbers)).all()):
        return MOST[8]
    extent = numbers[-1] - numbers[0] or narrowest(float(numbers[0]), beside)
    needed = [moved(numbers).max() / (SHARE * extent)] if extent > 0 else []
    gaps = np.abs(np.diff(there))
    if (steps := gaps > 0).any():
        needed.append(np.median(moved(there[1:])[steps] / (STEP * gaps[steps])))
    return int(np.clip(LEAST + np.ceil(np.log10(max([1.0, *needed]))), LEAST, MOST[column.itemsize]))


def moved(numbers: Array) -> Array:
    """How far rounding to LEAST digits may move each number."""
    size = np.abs(numbers)
    return 0.5 * 10.0 ** (np.floor(np.log10(np.where(size > 0, size, 1))) + 1 - LEAST) * (size > 0)


def narrowest(number: float, columns: Iterable[Array]) -> float:
    """The least range of the columns in or near whose range a number lies; 0 where there is none."""
    ends = [(column.min(), column.max()) for column in map(finite, columns) if len(column)]
    ranges = [most - least for least, most in ends if abs(number - (least + most) / 2) <= NEAR * (most - least)]
    return float(min([extent for extent in ranges if extent > 0], default=0))


def finite(column: Array) -> Array:
    """The numbers of a column without its gaps, as floats; none of what is no column of numbers."""
    if column.dtype.kind not in "fiub":
        return np.array([])
    return column[np.isfinite(column)].astype(float)


def text(value: float | np.number, places: int = LEAST) -> str:
    """A number as a file has it, with so many significant digits; an integer keeps all of its own."""
    return f"{value:.{places}g}" if isinstance(value, np.floating | float) else str(int(value))


def texts(column: Array, beside: Iterable[Array] = ()) -> list[str]:
    """The numbers of a column as a file has them; NaN where they are missing."""
    places = digits(column, beside) if column.dtype.kind == "f" else LEAST
    return [text(value, places) for value in column.tolist()]
