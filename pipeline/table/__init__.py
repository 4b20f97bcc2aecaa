"""Tables: what a figure's tables() returns. Each type knows how it is written as ASCII, and how Matplotlib draws it.

A file has its type and then its labels in comment lines, one header line, and columns of numbers with seven significant
digits. A blank line stands between the rows of a grid, and between the pieces of a line. PGFPlots reads it as it is.

Wherever numbers are asked for, they may be a tensor, a NumPy array or a list.
"""

from pipeline.table.base import Array, Labels, Numbers, Table, text
from pipeline.table.kinds import Arrows, Bars, Curve, Path2D, Points
from pipeline.table.levels import Contours, Field, Region
from pipeline.table.reading import TYPES, read, read_all
from pipeline.table.values import Values

__all__ = [
    "TYPES", "Array", "Arrows", "Bars", "Contours", "Curve", "Field", "Labels", "Numbers", "Path2D", "Points",
    "Region", "Table", "Values", "read", "read_all", "text",
]  # fmt: skip
