"""Marks that have a colour for what they are, and whether it is seen: not covered by their rim, nor paler than it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from coloraide import Color

from pipeline.checks.finding import Finding, Unread, record
from pipeline.checks.palette import Palette
from pipeline.checks.tints import Tints
from pipeline.pdf.document import Document
from pipeline.pdf.geometry import PT
from pipeline.pdf.painted import Paint

LEAST = 1 / 3
WANTED = "marks with a rim show a third of themselves, or more, in full colour"
COLOURED = 8  # CIE C*: what has less is grey to the eye
ADVICE = "a larger mark, a thinner rim or a pale one, or the full colour in it: `fill=role` instead of a tint"


def check(palette: Palette, documents: Sequence[Document], sources: dict[str, str], unread: Unread) -> dict[str, Any]:
    """A record for the report, as those of promises are. sources : of figures, the files of their pictures."""
    found, shares = list[Finding](), list[float]()
    for document in documents:
        if document.figure and document.pages and any(rimmed(paint) for paint in document.pages[0].paints):
            with unread.told(document.template or document.path, document.figure, document.path):
                source = palette.plain(Path(sources[document.figure]).read_text(encoding="utf-8"))
                worst: dict[str, tuple[float, list[Paint]]] = {}
                for marks, share in kinds(document.pages[0].paints, palette, palette.tints(source)):
                    shares.append(share)
                    if share < LEAST:
                        where = document.line(0, None, marks[0].source) or document.template or document.path
                        least, others = worst.get(where, (share, []))
                        worst[where] = (share, marks + others) if share <= least else (least, others + marks)
                found += [told(document, where, *each) for where, each in worst.items()]
    ranked = sorted(found, key=lambda breach: breach.amount or 0)
    return record("marks", WANTED, len(shares), f"{min(shares):.0%}" if shares else None, notes=ranked)


def rimmed(paint: Paint) -> bool:
    return paint.kind == "mark" and paint.edge is not None and paint.edge != paint.colour


def kinds(painted: Sequence[Paint], palette: Palette, tints: Tints) -> Iterator[tuple[list[Paint], float]]:
    """(marks that one line of a picture paints, the share of them that has their full colour, by the middle one)."""
    groups: dict[tuple[int | None, int | None], list[tuple[Paint, float]]] = {}
    fullness: dict[Any, float] = {}
    for paint in painted:
        if rimmed(paint) and isinstance(paint.colour, tuple):
            if paint.colour not in fullness:
                fullness[paint.colour] = full(paint.colour, palette, tints)
            if fullness[paint.colour]:
                groups.setdefault((paint.source, paint.axis), []).append((paint, bare(paint) * fullness[paint.colour]))
    for group in groups.values():
        yield [paint for paint, _ in group], median(share for _, share in group)


def bare(paint: Paint) -> float:
    """The share of a mark that its rim does not cover."""
    left, bottom, right, top = paint.box
    size, width = min(right - left, top - bottom), (paint.width or 0) / PT
    return (max(0.0, size - width) / (size + width)) ** 2


def full(colour: tuple[float, ...], palette: Palette, tints: Tints) -> float:
    """How much of its role's chroma a colour has; 0 of greys, 1 of colours that are no role's."""
    chroma = strength(palette.screen(colour if len(colour) > 1 else colour * 3))
    role = tints.meaning(colour)
    return 0.0 if chroma < COLOURED else min(1.0, chroma / max(strength(role), COLOURED)) if role else 1.0


def strength(colour: str) -> float:
    return float(Color(colour).convert("lch-d65")["chroma"])


def told(document: Document, where: str, share: float, marks: Sequence[Paint]) -> Finding:
    """The marks of one line, which show, of those in the colour that suffers most, a share."""
    what = f"marks that show {share:.0%} of their colour, by area and strength; {WANTED}"
    return Finding(where, what, ADVICE, document.figure, document.path, 0, marks[0].box, share, len(marks))
