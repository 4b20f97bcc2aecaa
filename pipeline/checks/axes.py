"""What the numbers at an axis say: that none runs into another, and that they stand as far apart as they differ."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import hypot, log10

from pipeline.checks.labels import figures
from pipeline.checks.once import once
from pipeline.checks.promise import Seen, promise
from pipeline.pdf.document import Document
from pipeline.pdf.geometry import PT, Box
from pipeline.pdf.glyphs import around, letters
from pipeline.pdf.page import Page
from pipeline.pdf.painted import Paint
from pipeline.pdf.ticks import TickLabel
from pipeline.style.editions import Edition

SPACE = 0.25  # of the type's size: a word space
LEVEL = 1.5  # bp: of labels in one line
OFF = 2.5  # bp: how far a label may be from where its number belongs
POWER = 0.9  # of the size of what it stands by: what is smaller is an exponent
NUMBER = re.compile(r"-?\d+(\.\d+)?$")


@dataclass
class Tick:
    """A tick's label: what is set, around it, and the number that it says, if it is one."""

    label: TickLabel
    box: Box
    size: float  # bp
    level: bool  # whether its type runs level or upright, so that nothing else stands in the box
    value: float | None


@once
def ticks(page: Page) -> list[Tick]:
    """The labels of ticks that show something, each once where two are asked for."""
    parts: dict[int, tuple[TickLabel, list[Paint], list[Box]]] = {}
    for paint in page.paints:
        if paint.tick and (boxes := list(letters(paint, page.glyphs))):
            label, paints, all_ = parts.setdefault(id(paint.tick), (paint.tick, [], []))
            paints.append(paint)
            all_ += boxes
    found: list[Tick] = []
    for label, paints, boxes in parts.values():
        if not any(one.label.axis == label.axis and one.label.stands_by(label) for one in found):
            found.append(
                Tick(label, around(boxes), max(p.size or 0 for p in paints) / PT, level(paints), number(paints))
            )
    return found


def level(paints: Sequence[Paint]) -> bool:
    return all(
        min(abs(a), abs(b)) < 0.01 * max(abs(a), abs(b)) for p in paints if p.typed for a, b in [p.typed.matrix[:2]]
    )


def number(paints: Sequence[Paint]) -> float | None:
    """The number that is set, with a power of ten; None where it is something else."""
    words: list[tuple[float, str]] = []
    for paint in paints:
        text = b"".join(piece for piece in paint.typed.pieces if isinstance(piece, bytes)) if paint.typed else b""
        plain = "-" if text == b"\x00" else text.decode("ascii", "replace")
        words.append((paint.size or 0, plain))
    full = max(size for size, _ in words)
    base = "".join(text for size, text in words if size > POWER * full)
    power = "".join(text for size, text in words if size <= POWER * full)
    if not NUMBER.match(base) or (power and not NUMBER.match(power)):
        return None
    return float(base) ** float(power) if power and float(base) > 0 else None if power else float(base)


@promise(
    "neighbours",
    lambda e: "the numbers of axes are a word space or more apart",
    "fewer ticks, shorter numbers, or more room between the panels",
    "{:.1f} pt",
    min,
)
def collide(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    """Tick labels that read as one with their neighbour, of the same axis or of the next panel's."""
    for document, page in figures(documents):
        found = [tick for tick in ticks(page) if tick.level]
        for one, other in combinations(found, 2):
            across, along = (max(one.box[k] - other.box[k + 2], other.box[k] - one.box[k + 2]) for k in (0, 1))
            if max(across, along) > one.size or (across > 0 and along > 0):
                continue
            in_line = abs(one.box[1] - other.box[1]) < LEVEL
            room = SPACE * min(one.size, other.size) if in_line else 0
            apart = across if in_line else max(across, along)
            fault = "two numbers {:.1f} pt apart" if apart < room else None
            yield Seen(apart * PT, document, 0, one.label, fault, alike=f"{one.label.axis} {other.label.axis}")


@promise(
    "scales",
    lambda e: "numbers at an axis stand as far apart as they, or their logarithms, differ",
    "levels that are regular, or a bar to scale: each band as high as its range",
    "{:.1f} pt off",
    max,
    note=True,
)
def uneven(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    """Axes, and the bars of colours, whose numbers are spaced unlike what they say."""
    for document, page in figures(documents):
        axes: dict[str, list[Tick]] = {}
        for tick in ticks(page):
            if tick.value is not None:
                axes.setdefault(tick.label.axis, []).append(tick)
        for axis, found in axes.items():
            if len(found) > 2 and not restarts(found):
                off = min(fits(found))
                where = found[0].label
                said = f"numbers of the {axis[-1]} axis, up to {{:.0f}} pt from where they belong"
                yield Seen(off * PT, document, 0, where, said if off > OFF else None)


def restarts(found: Sequence[Tick]) -> bool:
    """Whether the numbers begin anew along their axis, as the days of months do."""
    middles = [(t.box[0] + t.box[2], t.box[1] + t.box[3]) for t in found]
    longer = max((0, 1), key=lambda k: max(m[k] for m in middles) - min(m[k] for m in middles))
    along = sorted(found, key=lambda t: t.box[longer] + t.box[longer + 2])
    rises = {two.value > one.value for one, two in pairwise(along) if one.value is not None and two.value is not None}
    return len(rises) > 1


def fits(found: Sequence[Tick]) -> Iterator[float]:
    """How far, at the most, labels are from a line through their numbers, and through their logarithms (bp)."""
    values = [tick.value or 0.0 for tick in found]
    middles = [((t.box[0] + t.box[2]) / 2, (t.box[1] + t.box[3]) / 2) for t in found]
    yield spread(values, middles)
    if min(values) > 0:
        yield spread([log10(value) for value in values], middles)


def linear(found: Sequence[Tick]) -> float | None:
    """How many units lie in a big point of an axis whose numbers are spaced evenly; None of others."""
    values = [tick.value or 0.0 for tick in found]
    middles = [((t.box[0] + t.box[2]) / 2, (t.box[1] + t.box[3]) / 2) for t in found]
    if len(found) < 2:
        return None
    (low, (x, y)), *_, (high, (u, v)) = sorted(zip(values, middles, strict=True))
    reach = hypot(u - x, v - y)
    return (high - low) / reach if reach and spread(values, middles) <= OFF else None


def spread(values: Sequence[float], middles: Sequence[tuple[float, float]]) -> float:
    """How far, along their axis, points are from where the first and the last, and their values, would have them."""
    ranked = sorted(zip(values, middles, strict=True))
    (low, (x, y)), (high, (u, v)) = ranked[0], ranked[-1]
    reach = hypot(u - x, v - y)
    if low == high or reach == 0:
        return 0.0
    return max(
        abs(((p - x) * (u - x) + (q - y) * (v - y)) / reach - (value - low) / (high - low) * reach)
        for value, (p, q) in ranked
    )
