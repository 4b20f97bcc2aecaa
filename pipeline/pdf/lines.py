"""Where what is stroked runs, and what lies upon it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.pdf.geometry import PT, Box, Point, common, meet
from pipeline.pdf.painted import Paint

Segment = tuple[Point, Point]


@dataclass(frozen=True)
class Stroke:
    """What is stroked: a line, or the outline of an area. at : its number among what the page paints."""

    at: int
    paint: Paint

    @property
    def segments(self) -> Iterator[Segment]:
        for points in self.paint.path:
            yield from pairwise(points)

    @property
    def half(self) -> float:
        return (self.paint.width or 0) / PT / 2

    def within(self, box: Box) -> list[Segment]:
        """The parts of it that are seen in a box."""
        shown = common(box, self.paint.clip) if self.paint.clip else box
        if not meet(self.paint.box, shown):
            return []
        left, bottom, right, top = shown
        return [
            part
            for one, other in self.segments
            if (one[0] <= right or other[0] <= right)
            and (one[0] >= left or other[0] >= left)
            and (one[1] <= top or other[1] <= top)
            and (one[1] >= bottom or other[1] >= bottom)
            and (part := clipped(one, other, shown))
        ]


def strokes(paints: Sequence[Paint]) -> list[Stroke]:
    return [
        Stroke(number, paint)
        for number, paint in enumerate(paints)
        if paint.path and paint.width and (paint.kind == "line" or (paint.kind == "area" and paint.edge is not None))
    ]


def clipped(one: Point, other: Point, box: Box) -> Segment | None:
    """What a box has of a segment (Liang and Barsky, 1984)."""
    start, end = 0.0, 1.0
    way = other[0] - one[0], other[1] - one[1]
    for k in (0, 1):
        for sign, edge in ((-1, box[k]), (1, box[k + 2])):
            rise, room = sign * way[k], sign * (edge - one[k])
            if rise == 0:
                if room < 0:
                    return None
            elif rise < 0:
                start = max(start, room / rise)
            else:
                end = min(end, room / rise)
    if start >= end:
        return None
    return tuple((one[0] + t * way[0], one[1] + t * way[1]) for t in (start, end))  # type: ignore[return-value]


def length(parts: Sequence[Segment]) -> float:
    return sum(((u - x) ** 2 + (v - y) ** 2) ** 0.5 for (x, y), (u, v) in parts)


def middle(part: Segment) -> Point:
    (x, y), (u, v) = part
    return (x + u) / 2, (y + v) / 2


def holds(paint: Paint, point: Point) -> bool:
    """Whether what is filled covers a point (even-odd)."""
    x, y = point
    if not inside(paint.box, point) or not (paint.clip is None or inside(paint.clip, point)):
        return False
    crossings = 0
    for points in paint.path:
        for (a, b), (c, d) in pairwise([*points, points[0]]):
            if (b > y) != (d > y) and x < a + (y - b) * (c - a) / (d - b):
                crossings += 1
    return crossings % 2 == 1


def inside(box: Box, point: Point) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def covers(paint: Paint) -> bool:
    """Whether nothing is seen through what it fills."""
    return (
        paint.alpha > 0.95
        and bool(paint.path)
        and (paint.kind == "area" or bool(paint.shape and paint.shape[0] in ("f", "B")))
    )
