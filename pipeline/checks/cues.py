"""What tells two roles of a figure apart besides their colours: a dash, a marker, a label, their place, a legend.

Roles are held against each other where they meet: in one panel, an axis with those that it overlaps. A label counts
for the whole figure. Where each stands over tick labels of its own, as bars of several colours do, its place tells it;
where a legend names both, their colours lie side by side, and half the difference is enough.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise, product

from pipeline.pdf.geometry import Box, Point, bounds, meet
from pipeline.pdf.painted import Paint
from pipeline.pdf.spaces import Colour

Look = tuple[str, tuple[float, ...]]  # kind, and its dash in points or outline()
Shape = tuple[str, *tuple[tuple[Point, ...], ...]]  # of a mark: how it is painted, and its paths

NEAR = 12  # big points from a label to what it names: a line of type
SAMPLE = 34, 12  # bp: what a legend shows of a plot is no wider and no higher
CUES = {"line": "dash", "mark": "marker"}


@dataclass
class Role:
    """What a figure shows in one colour of the palette and its tints."""

    name: str  # as the figure's source calls it
    colour: str  # '#RRGGBB'
    looks: dict[Look, set[str]] = field(default_factory=dict)  # {look: {'#RRGGBB' painted}}
    drawn: list[tuple[str, Box]] = field(default_factory=list)  # (kind, box) of lines, marks and areas
    texts: list[Box] = field(default_factory=list)  # boxes of type
    line: int | None = None  # of the picture, which draws it first

    @cached_property
    def labelled(self) -> bool:
        return any(near(text, *thing) for text, thing in product(self.texts, self.drawn))


@cache
def outline(shape: Shape) -> tuple[float, ...]:
    """A mark's form, whatever its size: (filled, pieces, reach along each diagonal in units of its half width and
    height).

    The reach is that of the convex hull: 1.4 for a square, 1 for a circle, 0.7 for a diamond or an upright cross.
    """
    how, *paths = shape
    (left, right), (bottom, top) = (
        (min(values), max(values)) for values in zip(*(p for path in paths for p in path), strict=True)
    )
    sides = max(right - left, 1) / 2, max(top - bottom, 1) / 2
    points = [
        ((x - (left + right) / 2) / sides[0], (y - (bottom + top) / 2) / sides[1]) for path in paths for x, y in path
    ]
    return how in "fB", len(paths), *(max(a * x + b * y for x, y in points) / 2**0.5 for a in (-1, 1) for b in (-1, 1))


def looks(painted: Sequence[Paint]) -> Iterator[tuple[Paint, Colour, Look | None]]:
    """(paint, colour, look) of all that is painted; the look is None for type.

    A fill and an outline of another colour are two; the tip of an arrow belongs to its line.
    """
    for before, paint in zip([None, *painted], painted, strict=False):
        if paint.kind == "text":
            yield paint, paint.colour, None
        elif paint.kind == "line":
            yield paint, paint.colour, ("line", paint.dash)
        elif paint.kind == "area":
            yield paint, paint.colour, ("area", ())
            if paint.edge and paint.edge != paint.colour:
                yield paint, paint.edge, ("line", paint.dash)
        elif paint.kind == "mark" and not tip(paint, before):
            yield paint, paint.colour, ("mark", outline(paint.shape))
            if paint.edge and paint.edge != paint.colour:
                yield paint, paint.edge, ("mark", (False, *outline(paint.shape)[1:]))


def tip(mark: Paint, before: Paint | None) -> bool:
    """Whether a mark is the tip of the arrow that was painted just before."""
    return (
        before is not None
        and before.kind == "line"
        and before.colour == mark.colour
        and max(gaps(mark.box, before.box)) <= 1
    )


def gaps(box: Box, other: Box) -> list[float]:
    """How far apart two boxes are across and along, below 0 where they overlap."""
    return [max(box[k] - other[k + 2], other[k] - box[k + 2]) for k in (0, 1)]


Label = tuple[Box, str]  # a tick's: its box, its axis's number and name


def panels(painted: Sequence[Paint]) -> list[list[Paint]]:
    """What is painted in each panel: in an axis and those that overlap it. What stands in no axis belongs to each that
    it touches, or else is a panel of its own."""
    boxes: dict[int, Box] = {}
    for paint in painted:
        if paint.axis is not None and paint.kind in ("line", "mark", "area"):
            known = boxes.get(paint.axis)
            corners = [*([known[:2], known[2:]] if known else []), paint.box[:2], paint.box[2:]]
            boxes[paint.axis] = bounds(corners)
    groups: list[tuple[set[int], Box]] = []
    for axis, box in boxes.items():
        joined = [group for group in groups if overlap(group[1], box)]
        groups = [group for group in groups if group not in joined]
        corners = [corner for _, b in [*joined, ({axis}, box)] for corner in (b[:2], b[2:])]
        groups.append(({axis}.union(*(axes for axes, _ in joined)), bounds(corners)))
    found = [[paint for paint in painted if inside(paint, axes, box)] for axes, box in groups]
    rest = [paint for paint in painted if not any(inside(paint, *group) for group in groups)]
    return [*found, rest] if rest else found


def inside(paint: Paint, axes: set[int], box: Box) -> bool:
    return paint.axis in axes if paint.axis is not None else meet(paint.box, box)


def overlap(box: Box, other: Box) -> bool:
    """Whether boxes have more than a rim in common."""
    return max(gaps(box, other)) < -3


def labels(painted: Iterable[Paint]) -> list[Label]:
    """The tick labels of a panel."""
    found: dict[int, tuple[str, list[Box]]] = {}
    for paint in painted:
        if paint.tick:
            found.setdefault(id(paint.tick), (paint.tick.axis, []))[1].append(paint.box)
    return [
        (bounds([corner for box in boxes for corner in (box[:2], box[2:])]), axis) for axis, boxes in found.values()
    ]


def rooms(boxes: Iterable[Box], along: int) -> list[tuple[float, float]]:
    """How far the room of each of two labels or more reaches on its axis: half way to its neighbours."""
    middles = sorted((box[along] + box[along + 2]) / 2 for box in boxes)
    parts = [(a + b) / 2 for a, b in pairwise(middles)]
    return [*zip([2 * middles[0] - parts[0], *parts], [*parts, 2 * middles[-1] - parts[-1]], strict=True)]


def stand(things: Sequence[Box], ticks: Sequence[Label], axis: str) -> set[int] | None:
    """Over or beside which of an axis's tick labels things stand, each within the room of one; None where one does
    not."""
    along = 0 if axis.endswith("x") else 1
    places = rooms([box for box, of in ticks if of == axis], along)
    found = {
        next((k for k, (low, high) in enumerate(places) if low - 1 <= box[along] and box[along + 2] <= high + 1), None)
        for box in things
    }
    return {k for k in found if k is not None} if None not in found else None


def placed(one: Role, other: Role, ticks: Sequence[Label], texts: Sequence[Box]) -> bool:
    """Whether each of two roles, of which areas are drawn, stands over tick labels of its own."""
    things = [[(kind, box) for kind, box in role.drawn if not beside(box, texts)] for role in (one, other)]
    if not all(any(kind == "area" for kind, _ in each) for each in things):
        return False
    for axis in dict.fromkeys(axis for _, axis in ticks):
        if sum(of == axis for _, of in ticks) > 1:
            first, second = (stand([box for _, box in each], ticks, axis) for each in things)
            if first and second and not first & second:
                return True
    return False


def beside(box: Box, texts: Iterable[Box]) -> bool:
    """Whether it is a small sample with type in its row, to its right, as in a legend."""
    small = box[2] - box[0] <= SAMPLE[0] and box[3] - box[1] <= SAMPLE[1]
    middle = (box[1] + box[3]) / 2
    return small and any(
        -1 <= text[0] - box[2] <= NEAR and abs((text[1] + text[3]) / 2 - middle) <= 4 for text in texts
    )


def legended(role: Role, texts: Sequence[Box]) -> bool:
    return any(beside(box, texts) for _, box in role.drawn)


def near(text: Box, kind: str, box: Box) -> bool:
    """Whether type stands by what is drawn or, as a bar's tick label does, centred on it."""
    offsets = [abs(text[k] + text[k + 2] - box[k] - box[k + 2]) / 2 for k in (0, 1)]
    return max(gaps(text, box)) <= NEAR or (kind == "area" and min(offsets) < 1)


def alike(look: Look, other: Look) -> bool:
    """Whether two looks are one to the eye; dashes differ where a stroke or a gap is half as long again."""
    (kind, one), (other_kind, two) = look, other
    if kind != other_kind or len(one) != len(two):
        return False
    if kind == "mark":
        return one[:2] == two[:2] and all(abs(a - b) < 0.15 for a, b in zip(one[2:], two[2:], strict=True))
    return all(max(a, b) <= 1.5 * min(a, b) for a, b in zip(one, two, strict=True))


def cue(one: Role, other: Role) -> tuple[str | None, list[tuple[str, str]]]:
    """(what tells two roles apart besides colour or None, pairs of colours that are painted in one way).

    Of roles that look alike, at most one may go without a label in its colour.
    """
    if not (one.looks and other.looks):
        return "type", []
    shared = [(look, peer) for look, peer in product(one.looks, other.looks) if alike(look, peer)]
    if not shared:
        kinds = {kind for kind, _ in one.looks} & {kind for kind, _ in other.looks}
        return ", ".join(CUES[kind] for kind in sorted(kinds)) or "kind", []
    colours = [pair for look, peer in shared for pair in product(one.looks[look], other.looks[peer])]
    return "label" if one.labelled or other.labelled else None, colours
