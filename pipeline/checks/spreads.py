"""What two figures of a spread have in common: one quantity has one scale, so that eyes may compare them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from pipeline.checks.axes import Tick, linear, ticks
from pipeline.checks.finding import Finding, Unread, record
from pipeline.checks.labels import Label, labels
from pipeline.checks.promise import books
from pipeline.pdf.document import Document
from pipeline.pdf.page import Page
from pipeline.pdf.painted import Placed

SAME = 0.05  # by which scales may differ
CM = 72 / 2.54  # bp
ADVICE = "the same limits and size, where nothing else decides them"
FAR = 30  # bp from an axis's numbers to its name

Quantity = tuple[tuple[str, tuple[bytes, ...]], ...]  # an axis's name: each font, and what is set in it


@dataclass(frozen=True)
class Scale:
    """How many units of a quantity one centimetre shows. words : what can be read of its name."""

    quantity: Quantity
    words: str
    units: float


def scales(page: Page) -> Iterator[Scale]:
    """The scales of a figure's axes that have a name, and numbers spaced evenly."""
    axes: dict[str, list[Tick]] = {}
    for tick in ticks(page):
        if tick.value is not None:
            axes.setdefault(tick.label.axis, []).append(tick)
    named = [label for label in labels(page) if not label.paints[0].tick]
    for axis, found in axes.items():
        units = linear(found)
        number, _, which = axis.partition(" ")
        lines = {tick.label.source for tick in found}
        own = [label for label in named if str(label.paints[0].axis) == number and label.paints[0].source in lines]
        if units and which in "xy" and (label := name(own, found, which)):
            quantity = tuple(
                (p.typed.font.name, tuple(s for s in p.typed.pieces if isinstance(s, bytes)))
                for p in label.paints
                if p.typed
            )
            yield Scale(quantity, label.words, units * CM)


def name(found: Sequence[Label], numbers: Sequence[Tick], which: str) -> Label | None:
    """The label that stands on the outer side of an axis's numbers, and nearest to them."""
    along, across = (0, 1) if which == "x" else (1, 0)
    start, end = (f(tick.box[k] for tick in numbers) for f, k in ((min, along), (max, along + 2)))
    inner = min(tick.box[across] for tick in numbers)
    outside = [
        label
        for label in found
        if label.box[across + 2] <= inner + 2
        and inner - label.box[across + 2] < FAR
        and label.box[along] >= start - FAR
        and label.box[along + 2] <= end + FAR
    ]
    return max(outside, key=lambda label: label.box[across + 2], default=None)


def check(documents: Sequence[Document], unread: Unread) -> dict[str, Any]:
    """A record for the report, as those of promises are, with notes: pairs of figures on facing pages, or on one."""
    known: dict[str, list[Scale]] = {}
    notes, checked = list[Finding](), 0
    for document in documents:
        if document.figure and document.pages:
            with unread.told(document.template or document.path, document.figure, document.path):
                known[document.figure] = [*scales(document.pages[0])]
    for book in books(documents):
        spreads: dict[int, list[tuple[int, Placed, str]]] = {}
        for number, placed in book.placed():
            if placed.figure:
                spreads.setdefault((number + 1) // 2, []).append((number, placed, placed.figure))
        for shown in spreads.values():
            for (page, one, name_), (_, _, other) in combinations(shown, 2):
                pairs = [
                    p for p in product(known.get(name_, []), known.get(other, [])) if p[0].quantity == p[1].quantity
                ]
                checked += len(pairs)
                if pairs and not any(alike(a.units, b.units) for a, b in pairs):
                    notes.append(told(book, page, one, (name_, other), *pairs[0]))
    return record("spreads", "figures that face each other show one quantity on one scale", checked, notes=notes)


def alike(one: float, other: float) -> bool:
    return abs(one - other) <= SAME * max(one, other)


def told(book: Document, page: int, placed: Placed, names: tuple[str, str], one: Scale, other: Scale) -> Finding:
    where = book.line(page, placed.box) or f"{book.path}, page {page + 1}"
    units = f"{one.units:.3g} units a centimetre in {names[0]}, {other.units:.3g} in {names[1]}"
    what = f"on page {page + 1}: {one.words} has {units}"
    ratio = max(one.units, other.units) / min(one.units, other.units)
    return Finding(where, what, ADVICE, names[0], book.path, page, placed.box, ratio)
