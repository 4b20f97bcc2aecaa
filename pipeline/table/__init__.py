"""Tables: what a figure's tables() returns, {name: table}. Each type knows its text and how Matplotlib draws it.

    Points             marks at (x, y), or in space
    Curve              lines over one axis
    Path2D, Path3D     lines in the plane, lines in space
    Arrows             arrows from a place
    Bars               bars side by side, or upon one another
    ErrorBars          marks with error bars
    Histogram          how many numbers lie in each bin
    Boxes, Violins     samples side by side
    Field              a number at each point of a grid
    Contours, Region   level lines of a field, and the area between two levels
    Cells              a number for each row and column, by name
    Image              pixels
    Graph              nodes and edges between them
    Tabular            a table of text and numbers
    Values             single numbers, words and dates that the text quotes
    Words              words in an order of their own, as a column of the others
    towards, nearness  from where a box in space is seen, and how near to there places in it are
    placed             where points are on a chart, as columns of the Points that they become
    Table              what all but the last two have in common; a type of your own begins with it

Numbers may be a tensor, a NumPy array, a list, or a column of pandas, polars or xarray. Dates and words may stand in a
column, too, where they make sense: Table says what becomes of them. What is missing in it (masked, None, NaN, NaT, NA)
is missing in the figure: a Curve breaks there, Points and Bars leave out a mark or a bar, a Field and what is drawn of
its levels has a hole. All else refuses it.

What makes no table, such as a grid of the wrong shape, raises an AuthorError at once. What TeX could not draw, such as
columns of unequal length or an infinite number, raises one when tables() has returned; it names the table and the row.

`read` and `read_all` read tables back: build/tables/<chapter>/<figure>/<table>.dat. A file has its type and then its
labels in comment lines, one header line, and columns of numbers with the significant digits that they need, seven at
least. A blank line stands between the rows of a grid, and between the pieces of a line. PGFPlots reads it as it is.
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
from pipeline.table.places import placed
from pipeline.table.reading import TYPES, read, read_all
from pipeline.table.samples import Boxes, Violins
from pipeline.table.space import Path3D, nearness, towards
from pipeline.table.spread import ErrorBars, Histogram
from pipeline.table.tabular import Tabular
from pipeline.table.values import Values

__all__ = [
    "TYPES", "Array", "Arrows", "Bars", "Boxes", "Cells", "Contours", "Curve", "ErrorBars", "Field", "Graph",
    "Histogram", "Image", "Labels", "Numbers", "Path2D", "Path3D", "Points", "Region", "Table", "Tabular",
    "Values", "Violins", "Words", "digits", "nearness", "placed", "read", "read_all", "text", "towards",
]  # fmt: skip
