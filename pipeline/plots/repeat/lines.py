"""A path through the rows."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.plots.columns import Array
from pipeline.plots.geometry import Axes, Page, near
from pipeline.plots.plot import Plot
from pipeline.plots.specimen import Instruction, Shape, must, written


def through(points: Array, starts: NDArray[np.bool_]) -> str:
    """A path of lines, rounded to 0.01 bp; rows that fall together are one."""
    points = points.round(2)
    keep = starts | np.append(True, (points[1:] != points[:-1]).any(axis=1))
    keep[1:] |= starts[:-1]  # a piece of one place is a dot
    words = np.where(starts, "m", "l")[keep]
    return ("%g %g %s\n" * len(words)) % tuple(
        word for row in zip(*points[keep].T.tolist(), words, strict=True) for word in row
    )


def lines(found: Sequence[Shape], rest: Sequence[Instruction], axes: Axes, plot: Plot, _page: Page) -> str:
    """One path of all pieces, maybe painted more than once, or paths of some pieces each, as contours are."""
    rows, piece, places = plot.specimen, plot.piece, axes.places(plot.along)
    starts, first = (np.append(True, np.diff(pieces) > 0) for pieces in (piece, piece[rows]))
    expected, text, done = "".join(np.where(first, "m", "l")), list[str](), 0
    whole = all(shape.path == expected for shape in found)
    must(whole or ("".join(shape.path for shape in found) == expected and first.sum() == starts.sum()))
    for shape in found:
        count = shape.path.count("m") if not whole else piece[-1] + 1
        of_shape = (piece >= done) & (piece < done + count)
        must(shape.path[0] == "m" and near(shape.points, places[rows[of_shape[rows]]]))
        text += [shape.state, through(places[of_shape], starts[of_shape]) + shape.paint]
        done += 0 if whole else count
    return "\n".join([*text, written(rest)])
