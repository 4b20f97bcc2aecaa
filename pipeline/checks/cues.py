"""What tells two roles of a figure apart besides their colours: a dash, a marker, a label."""

from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise, product

NEAR = 12  # big points from a label to what it names: a line of type
CUES = {"line": "dash", "mark": "marker"}


@dataclass
class Role:
    """What a figure shows in one colour of the palette and its tints."""

    name: str  # as the figure's source calls it
    colour: str  # '#RRGGBB'
    looks: dict = field(default_factory=dict)  # {(kind, its dash or outline()): {'#RRGGBB' painted}}
    drawn: list = field(default_factory=list)  # (kind, box) of lines, marks and areas
    texts: list = field(default_factory=list)  # boxes of type

    @cached_property
    def labelled(self):
        return any(near(text, *thing) for text, thing in product(self.texts, self.drawn))


@cache
def outline(shape):
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


def looks(painted):
    """(paint, colour, look) of all that is painted; look: (kind, dash in points or outline()), or None for type.

    A fill and an outline of another colour are two; the tip of an arrow belongs to its line.
    """
    for before, paint in pairwise([None, *painted]):
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


def tip(mark, before):
    """Whether a mark is the tip of the arrow that was painted just before."""
    return (
        before is not None
        and before.kind == "line"
        and before.colour == mark.colour
        and max(gaps(mark.box, before.box)) <= 1
    )


def gaps(box, other):
    """How far apart two boxes are across and along, below 0 where they overlap."""
    return [max(box[k] - other[k + 2], other[k] - box[k + 2]) for k in (0, 1)]


def near(text, kind, box):
    """Whether type stands by what is drawn or, as a bar's tick label does, centred on it."""
    offsets = [abs(text[k] + text[k + 2] - box[k] - box[k + 2]) / 2 for k in (0, 1)]
    return max(gaps(text, box)) <= NEAR or (kind == "area" and min(offsets) < 1)


def alike(look, other):
    """Whether two looks are one to the eye; dashes differ where a stroke or a gap is half as long again."""
    (kind, one), (other_kind, two) = look, other
    if kind != other_kind or len(one) != len(two):
        return False
    if kind == "mark":
        return one[:2] == two[:2] and all(abs(a - b) < 0.15 for a, b in zip(one[2:], two[2:], strict=True))
    return all(max(a, b) <= 1.5 * min(a, b) for a, b in zip(one, two, strict=True))


def cue(one, other):
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
