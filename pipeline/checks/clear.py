"""What stands in a label's way: a line through its letters, a frame too near; and what its box of paper hides."""

from collections.abc import Callable, Iterator, Sequence

from pipeline.checks.labels import Label, figures, labels
from pipeline.checks.once import once
from pipeline.checks.promise import Look, Seen, promise
from pipeline.pdf.document import Document
from pipeline.pdf.geometry import PT, Box, Point
from pipeline.pdf.glyphs import around
from pipeline.pdf.lines import Segment, Stroke, clipped, covers, holds, length, middle, strokes
from pipeline.pdf.page import Page
from pipeline.pdf.painted import Paint
from pipeline.pdf.spaces import simple
from pipeline.style.editions import Edition

CROSSES = 0.5  # bp of a line within a letter
HIDES = 1.5  # bp of a line within a box of paper
OWN = 0.9  # of the box's width: so far runs the line behind its own name
RIM = 0.3  # bp: what only touches a box is not hidden by it
ROOM = 12  # bp: a label's box of paper is no more than so much larger than its type on each side
DOT = 1.2  # pt: what a grid is dashed of is no longer
LONG = 24  # bp: the least length of a frame
NEAR = 1  # pt from type to a frame
LOOSE = 0.1  # pt: tolerance


@once
def lines_of(page: Page) -> list[Stroke]:
    """What is stroked in a figure, but in the colour of the page."""
    return [each for each in strokes(page.paints) if simple(each.paint.colour) != page.paper]


def shrunk(box: Box, by: float) -> Box:
    return box[0] + by, box[1] + by, box[2] - by, box[3] - by


def dotted(stroke: Stroke) -> bool:
    """Whether it is a line of a grid: dotted, upright or level or, in space, of an axis's own."""
    return bool(stroke.paint.dash) and stroke.paint.dash[0] <= DOT


def hidden(paints: Sequence[Paint], part: Segment) -> bool:
    """Whether one of what is painted later lies upon a part of a line."""
    return any(covers(paint) and holds(paint, middle(part)) for paint in paints)


def by(document: Document, page: Page, number: int) -> str:
    """Where a line is drawn, to be told."""
    source = document.line(source=page.paints[number].source)
    return f" ({source})" if source else ""


def through(page: Page, label: Label, lines: Sequence[Stroke]) -> tuple[float, int | None]:
    """How many bp of a line lie in a label's letters, and the number of the line, the worst of them; on a halo, only
    of those that are painted upon it."""
    found: dict[int, float] = {}
    for stroke in lines:
        if label.haloed and stroke.at < label.at:
            continue
        above = page.paints[stroke.at + 1 : label.at if stroke.at < label.at else None]
        for part in stroke.within(label.box):
            inner = [each for box in label.letters if (each := clipped(*part, box))]
            if inner and not hidden(above, part):
                found[stroke.at] = found.get(stroke.at, 0) + length(inner)
    worst = max(found, key=found.__getitem__, default=None)
    return (0.0, None) if worst is None else (found[worst], worst)


def crossed(wanted: Callable[[Stroke], bool]) -> Look:
    """Looks for lines through the letters of labels."""

    def look(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
        for document, page in figures(documents):
            lines = [each for each in lines_of(page) if wanted(each)]
            for label in labels(page):
                amount, line = through(page, label, lines)
                fault, alike = None, None
                if line is not None and amount >= CROSSES:
                    drawn = by(document, page, line)
                    fault = f"{{:.1f}} pt of a line{drawn} in the letters of {label.words}"
                    alike = f"{drawn} {document.line(source=label.paints[0].source)}"
                yield Seen(amount * PT, document, 0, label.paints[0], fault, alike=alike)

    return look


promise(
    "letters", lambda e: "no line runs through them", "move the label, or set it on a halo", "{:.1f} pt of a line", max
)(crossed(lambda stroke: not dotted(stroke)))
promise(
    "letters on a grid",
    lambda e: "no dotted line runs through them",
    "move the label, or set it on a halo",
    "{:.1f} pt of a line",
    max,
    note=True,
)(crossed(dotted))


@promise(
    "hidden lines",
    lambda e: "none goes on behind the box of a label",
    "a halo around its letters instead of a box of paper, or another place",
    "{:.1f} pt of a line",
    max,
    note=True,
)
def hides(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    """Lines that go on behind a label's box in the colour of the page; those of a grid may, and a line may have its
    name in its middle, in its own colour."""
    for document, page in figures(documents):
        lines = [each for each in lines_of(page) if not dotted(each)]
        shown = labels(page)
        for number, paint in enumerate(page.paints):
            upon = boxed(page, shown, number, paint)
            if not upon:
                continue
            inner = shrunk(paint.box, RIM)
            found = {0.0: -1}
            for stroke in lines:
                if stroke.at < number:
                    above = page.paints[stroke.at + 1 : number]
                    parts = [part for part in stroke.within(inner) if not hidden(above, part)]
                    along = (
                        length(parts) > OWN * (inner[2] - inner[0]) and stroke.paint.colour == upon[0].paints[0].colour
                    )
                    if length(parts) >= HIDES and ends(parts, inner) > 1 and not along:
                        found[length(parts)] = stroke.at
            worst = max(found)
            fault = f"{{:.1f}} pt of a line{by(document, page, found[worst])} behind the box of {upon[0].words}"
            yield Seen(worst * PT, document, 0, upon[0].paints[0], fault if worst else None)


def boxed(page: Page, shown: Sequence[Label], number: int, paint: Paint) -> list[Label]:
    """The labels whose box of paper it is."""
    if paint.kind not in ("area", "mark") or simple(paint.colour) != page.paper:
        return []
    if not covers(paint) or page.is_page(paint.box):
        return []
    upon = [label for label in shown if label.at > number and holding(paint.box, label.box)]
    return upon if upon and holding(paint.box, around([label.box for label in upon]), ROOM) else []


def holding(box: Box, ink: Box, room: float = 1e6) -> bool:
    """Whether a box holds type, with no more than so much room on each side."""
    rims = [ink[0] - box[0], ink[1] - box[1], box[2] - ink[2], box[3] - ink[3]]
    return min(rims) > -1 and max(rims) < room


def ends(parts: Sequence[Segment], box: Box) -> int:
    """How often a line goes through the rim of a box."""
    points = [point for part in parts for point in part]
    return sum(min(abs(x - box[0]), abs(x - box[2]), abs(y - box[1]), abs(y - box[3])) < 0.01 for x, y in points)


@promise(
    "room",
    lambda e: f"type is {NEAR} pt or more from a frame",
    "move it, or give its node an inner sep",
    "{:.1f} pt",
    min,
    note=True,
)
def crowded(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    """Type nearer to a frame or an axis, an upright or level line that is not dashed, than a reader can see."""
    for document, page in figures(documents):
        frames = [
            (stroke, one, other)
            for stroke in lines_of(page)
            if not stroke.paint.dash
            for one, other in stroke.segments
            if min(abs(one[0] - other[0]), abs(one[1] - other[1])) < 0.01 and length([(one, other)]) >= LONG
        ]
        for label in labels(page):
            gaps = [
                (apart, stroke)
                for box in label.letters
                for stroke, one, other in frames
                if (apart := gap(box, one, other) - stroke.half) > -CROSSES
            ]
            apart, stroke = min(gaps, key=lambda pair: pair[0], default=(LONG, None))
            if stroke is None:
                continue
            drawn = by(document, page, stroke.at)
            fault = f"{label.words} is {{:.1f}} pt from a line{drawn}" if apart * PT < NEAR - LOOSE else None
            alike = f"{drawn} {document.line(source=label.paints[0].source)}"
            yield Seen(max(0.0, apart * PT), document, 0, label.paints[0], fault, alike=alike)


def gap(box: Box, one: Point, other: Point) -> float:
    """How far a box is from an upright or level line, below 0 where the line goes through it."""
    line = min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
    across, along = (max(box[k] - line[k + 2], line[k] - box[k + 2]) for k in (0, 1))
    return max(across, along) if min(across, along) <= 0 else (across**2 + along**2) ** 0.5
