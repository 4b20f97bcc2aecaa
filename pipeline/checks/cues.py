"""What tells two roles of a figure apart besides their colours: a dash, a marker, a label."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import product

from pipeline.pdf.geometry import Box, Point
from pipeline.pdf.painted import Paint
from pipeline.pdf.spaces import Colour

Look = tuple[str, tuple[float, ...]]  # kind, and its dash in points or outline()
Shape = tuple[str, *tuple[tuple[Point, ...], ...]]  # of a mark: how it is painted, and its paths

NEAR = 12  # big points from a label to what it names: a line of type
CUES = {"line": "dash", "mark": "marker"}


@dataclass
class Role:
    """What a figure shows in one colour of the palette and its tints."""

    name: str  # as the figure's source calls it
    colour: str  # '#RRGGBB'
    looks: dict[Look, set[str]] = field(default_factory=dict)  # {look: {'#RRGGBB' painted}}
    drawn: list[tuple[str, Box]] = field(default_factory=list)  # (kind, box) of lines, marks and areas
    texts: list[Box] = field(default_factory=list)  # boxes of type

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
