"""A table's file as numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline import dat

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Columns:
    """A table. lines : its rows as text; numbers : of shape (rows, columns); breaks : rows before which a blank line
    stands."""

    names: list[str]
    lines: list[str]
    numbers: Array
    breaks: NDArray[np.intp]

    def thinned(self, step: int) -> "Columns":
        """Every so many rows."""
        if step > 1 and len(self.breaks):
            raise ValueError("PGFPlots counts points through blank lines")
        return Columns(self.names, self.lines[::step], self.numbers[::step], self.breaks)


def is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def read(path: str) -> Columns:
    """The table in a file; ValueError where that is another than the pipeline writes, such as one with words in it."""
    lines = dat.read(path)
    names = lines.names
    if len({*names}) < len(names) or all(map(is_number, names)):
        raise ValueError(f"{path}: PGFPlots takes these names for numbers, or for one column: {' '.join(names)}")
    numbers = np.loadtxt(lines.rows, comments=None, ndmin=2) if lines.rows else np.empty((0, len(names)))
    if numbers.shape != (len(lines.rows), len(names)):
        raise ValueError(f"{path}: its rows have {numbers.shape[1]} numbers, and there are {len(names)} names")
    breaks = sorted({at for at in lines.breaks if 0 < at < len(numbers)})
    return Columns(names, lines.rows, numbers, np.array(breaks, int))


def kind(path: str) -> str:
    """The type of a table, as its file's first line says it."""
    return next(iter(dat.read(path).comments), "").partition(" ")[0]


def columns(path: str) -> dict[str, Array]:
    """{column: numbers} of a table."""
    table = read(path)
    return dict(zip(table.names, table.numbers.T, strict=True))
