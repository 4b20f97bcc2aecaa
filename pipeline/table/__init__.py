"""Tables: what a figure's tables() returns. Each type knows how it is written as ASCII, and how Matplotlib draws it.

A file has its type and then its labels in comment lines, one header line, and columns of numbers with the significant
digits that they need, seven at least. A blank line stands between the rows of a grid, and between the pieces of a line.
PGFPlots reads it as it is.

Wherever numbers are asked for, they may be a tensor, a NumPy array, a list, or a column of pandas, polars or xarray.
Dates and words may stand in a column, too, where they make sense: Table says what becomes of them.
What is missing in it (masked, None, NaN, NaT, NA) is missing in the figure: a Curve breaks there, Points and Bars leave
out a mark or a bar, a Field and what is drawn of its levels has a hole. All else refuses it.
"""

from pipeline.table.base import Labels, Table
from pipeline.table.cells import Cells
from pipeline.table.digits import digits, text
from pipeline.table.graph import Graph
from pipeline.table.image import Image
from pipeline.table.kinds import Arrows, Bars, Curve, Path2D, Points
from pipeline.table.levels import Contours, Field, Region
from pipeline.table.meaning import Words
from pipeline.table.numbers import Array, Numbers
from pipeline.table.reading import TYPES, read, read_all
from pipeline.table.samples import Boxes, Violins
from pipeline.table.space import Path3D
from pipeline.table.spread import ErrorBars, Histogram
from pipeline.table.tabular import Tabular
from pipeline.table.values import Values

__all__ = [
    "TYPES", "Array", "Arrows", "Bars", "Boxes", "Cells", "Contours", "Curve", "ErrorBars", "Field", "Graph",
    "Histogram", "Image", "Labels", "Numbers", "Path2D", "Path3D", "Points", "Region", "Table", "Tabular",
    "Values", "Violins", "Words", "digits", "read", "read_all", "text",
]  # fmt: skip
