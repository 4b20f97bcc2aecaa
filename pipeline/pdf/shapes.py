"""What a painted path is: a line, a mark or an area."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.pdf.geometry import PT, Box, Pieces, Point, along, bounds
from pipeline.pdf.painted import Paint

MARK = 8  # bp: a closed path or a cross up to this size both ways is a mark
# A filled rectangle from RULE[0] to RULE[1] pt thin and RULE[2] times as long is a line. pdfTeX strokes rules that are
# thinner, so that a fill thinner than that is a bar of hardly any height.
RULE = 1, 3, 4
NEAR = 0.5, 0.02  # bp: how exactly the bar of a root follows its sign, along the line and across it
TOUCH = 0.1  # bp: there is no gap between what is as near as this


def kind(how: str, pieces: Pieces, closed: bool, box: Box) -> str:
    """how : f, f*, S, B or B*"""
    thin, long = sorted((box[2] - box[0], box[3] - box[1]))
    if (
        how == "f"
        and len(pieces) == 1
        and len(pieces[0]) == 5
        and RULE[0] <= thin * PT < RULE[1]
        and long >= RULE[2] * thin
    ):
        return "line"
    if long > MARK or how[-1] == "*":
        return "line" if how == "S" else "area"
    if how != "S" or closed:
        return "mark"
    left, bottom, right, top = zip(*map(bounds, pieces), strict=True)
    crossed = len(pieces) > 1 and max(left) <= min(right) + 0.1 and max(bottom) <= min(top) + 0.1
    return "mark" if crossed else "line"


def shape(how: str, pieces: Pieces) -> tuple[object, ...]:
    """Of a mark, wherever it stands."""
    x, y = pieces[0][0]
    return how[0], *(tuple([(round(10 * (u - x)), round(10 * (v - y))) for u, v in points]) for points in pieces)


class Surface:
    """Small polygons with an edge in common with another, be it large, are patches of a surface, not marks."""

    def __init__(self) -> None:
        self.edges: dict[frozenset[Point], Paint] = {}  # {edge: the first that has it}

    def join(self, pieces: Pieces, item: Paint) -> None:
        """Makes areas of what are marks among a polygon and those that touch it, where they are patches."""
        if item.kind == "line" or len(pieces) > 1 or len(pieces[0]) not in (4, 5):
            return
        corners = [(round(x, 2), round(y, 2)) for x, y in pieces[0]]
        for edge in map(frozenset, pairwise(corners)):
            other = self.edges.setdefault(edge, item)
            if other.box != item.box:
                for patch in (each for each in (item, other) if each.kind == "mark"):
                    patch.kind, patch.shape, patch.behind, patch.contrast = "area", (), None, None


def is_rule(item: Paint) -> bool:
    """Whether it is a line, upright or level."""
    left, bottom, right, top = item.box
    return item.kind == "line" and min(right - left, top - bottom) * PT <= (item.width or 0) + 1e-6


def lengthens(root: Point, rule: Paint) -> bool:
    """Whether a rule is the bar of a root: TeX sets it on the sign's baseline, from where the sign ends."""
    left, bottom, _, top = rule.box
    half = (rule.width or 0) / PT / 2 if top - bottom < 1e-3 else 0  # of what is stroked
    return abs(left - root[0]) < NEAR[0] and abs(bottom - half - root[1]) < NEAR[1]


def join_rules(rules: Iterable[Paint], areas: Sequence[Paint]) -> None:
    """Makes areas of rules that lie along a side of an area in their colour: listings puts such a rim around code."""
    areas = [*areas]
    for rule in rules:
        far, (left, bottom, right, top) = TOUCH + (rule.width or 0) / PT, rule.box
        for item in areas:
            if item.colour == rule.colour:
                west, south, east, north = item.box
                within = west - far <= left and south - far <= bottom and right <= east + far and top <= north + far
                level = right - left > top - bottom
                sides = (south - bottom, north - top) if level else (west - left, east - right)
                if within and min(map(abs, sides)) <= far:
                    rule.kind, rule.width, rule.behind, rule.contrast = "area", None, None, None
                    areas.append(rule)
                    break


def stations(item: Paint, pieces: Pieces, filled: bool) -> Sequence[Point]:
    """Points at which an object is compared with what it stands on: over a mark's box, along a line."""
    left, bottom, right, top = item.box
    x, y = (left + right) / 2, (bottom + top) / 2
    if item.kind == "mark":
        return [(u, v) for u in (left, x, right) for v in (bottom, y, top)]
    if filled:
        return along([(left, y), (right, y)] if right - left > top - bottom else [(x, bottom), (x, top)])
    return [p for points in pieces for p in along(points, max(4, 24 // len(pieces)))]


def sides(item: Paint, points: Iterable[Point]) -> list[list[Point]]:
    """Points of a line moved to either side of it, or out of what it encloses and into it: a frame along the rim of an
    area, such as that of a colour bar, is seen where it stands out from what is outside, or inside."""
    left, bottom, right, top = item.box
    x, y, far = (left + right) / 2, (bottom + top) / 2, (item.width or 0) / PT / 2 + 0.8
    level, upright = top - bottom < far, right - left < far
    found = []
    for way in (far, -far):
        if level or upright:
            found.append([(u + way * (not level), v + way * level) for u, v in points])
        else:
            found.append([(u + (way if u > x else -way), v + (way if v > y else -way)) for u, v in points])
    return found
