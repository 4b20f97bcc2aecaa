"""The path that a content stream builds before it is painted (ISO 32000-1, 8.5)."""

from pipeline.pdf.geometry import Point


class Path:
    """`pieces`: lists of points in bp of the page, curves as chords."""

    __slots__ = "at", "clips", "closed", "pieces"

    def __init__(self) -> None:
        self.pieces: list[list[Point]] = []
        self.at: Point = (0, 0)
        self.closed = self.clips = False

    def move(self, point: Point) -> None:
        self.at = point
        self.pieces.append([point])

    def line(self, point: Point) -> None:
        self.at = point
        self.pieces[-1].append(point)

    def curve(self, first: Point, second: Point, end: Point) -> None:
        """A Bézier curve from where the path is, by its control points."""
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = self.at, first, second, end
        steps = 2 + int(min(14, (abs(x3 - x0) + abs(y3 - y0)) / 3))
        piece = self.pieces[-1]
        for k in range(1, steps):
            t = k / steps
            s = 1 - t
            p, q, r, o = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
            piece.append((p * x0 + q * x1 + r * x2 + o * x3, p * y0 + q * y1 + r * y2 + o * y3))
        self.line(end)

    def close(self) -> None:
        if self.pieces:
            self.closed = True
            self.line(self.pieces[-1][0])
