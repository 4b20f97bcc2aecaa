"""Points, boxes and matrices of a page, in big points from its lower left corner (ISO 32000-1, 8.3)."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, bottom, right, top
Matrix = tuple[float, float, float, float, float, float]
Pieces = Sequence[Sequence[Point]]  # of a path: polylines, polygons

PT = 72.27 / 72  # TeX's points in a big point
IDENTITY: Matrix = 1, 0, 0, 1, 0, 0


def times(m: Matrix, n: Matrix) -> Matrix:
    """The matrix that first does m, then n."""
    a, b, c, d, e, f = m
    g, h, i, j, k, o = n
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + o


def mapped(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def to_box(values: Iterable[Any]) -> Box:
    """A box as a PDF has it."""
    left, bottom, right, top = map(float, values)
    return left, bottom, right, top


def to_matrix(values: Iterable[Any]) -> Matrix:
    """A matrix as a PDF has it."""
    a, b, c, d, e, f = map(float, values)
    return a, b, c, d, e, f


def bounds(points: Iterable[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def box_of(matrix: Matrix, left: float, bottom: float, right: float, top: float) -> Box:
    """The bounds of a box that a matrix maps."""
    return bounds([mapped(matrix, x, y) for x in (left, right) for y in (bottom, top)])


def common(a: Box, b: Box) -> Box:
    """The intersection of two boxes."""
    return max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])


def meet(a: Box, b: Box) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def clockwise(polygon: Sequence[Point]) -> bool:
    """Whether a polygon runs clockwise, as its area has it."""
    return sum(x * v - u * y for (x, y), (u, v) in pairwise([*polygon, polygon[0]])) < 0


def along(points: Sequence[Point], n: int = 24) -> Sequence[Point]:
    """About n points spread over the pieces of a polyline."""
    pieces = len(points) - 1
    if pieces >= n:
        return points[:: pieces // n]
    steps = -(-n // pieces)
    shares = [(k + 0.5) / steps for k in range(steps)]
    return [(x + t * (u - x), y + t * (v - y)) for (x, y), (u, v) in pairwise(points) for t in shares]
