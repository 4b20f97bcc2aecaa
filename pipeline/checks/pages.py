"""What a designer sees of a book's pages: what stands alone at a head or a foot, and what should be alike."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.checks.once import once
from pipeline.checks.promise import Seen, books, promise
from pipeline.pdf.document import Document
from pipeline.pdf.geometry import PT
from pipeline.pdf.glyphs import Glyphs, around, letters
from pipeline.pdf.rows import Row, Text, texts
from pipeline.style.editions import Edition

FEW = 3  # lines that a heading has below it, at the least
SHORT = 6  # lines of a chapter's last page: so few are too few
FILLED = 0.6  # of a page's height: what reaches so far down is a page, however few its lines
APART = 3.2  # lines: what is farther from the line before stands by itself
SCRIPT = 6.5  # bp: what is nearer to a line's baseline belongs to that
HALF = 0.85  # of the text's size: what is smaller is a script, or a note
UNEVEN = 4  # pt
EQUAL = 2  # bp: depths that differ by less are equal
NUMBERED = re.compile(r"(?<![\d.])(\d+(?:\.\d+)*)(\.?)(?=\s*[A-Z])")


@once
def text_of(document: Document) -> list[Text]:
    return texts(document.pages)


def pages(documents: Sequence[Document]) -> Iterator[tuple[Document, list[Text]]]:
    """The books, and their pages' text."""
    for document in books(documents):
        if document.pages:
            yield document, text_of(document)


@promise(
    "headings",
    lambda e: f"{FEW} lines or more below each",
    "a page's break before it, or fewer words above",
    "{} lines",
    min,
    note=True,
)
def headings(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    """Headings at the foot of a page, or above a float, with hardly a line between."""
    for document, found in pages(documents):
        for text in found:
            for k, row in enumerate(text.rows):
                if text.is_heading(row) and not text.opens:
                    below = 0
                    for before, after in pairwise(text.rows[k:]):
                        if before.y - after.y > APART * text.frame.leading:
                            break
                        below += text.is_text(after) or not text.is_heading(after)
                    fault = f"a heading with {{}} lines below it: '{row.words[:40]}'" if below < FEW else None
                    yield Seen(below, document, text.number, row.box, fault)


@promise(
    "lines alone",
    lambda e: "no page begins with a paragraph's last line or ends with its first",
    "a word more, or fewer",
    note=True,
)
def alone(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    """Widows and orphans."""
    for document, found in pages(documents):
        for before, text in pairwise(found):
            if not before.lines or not text.lines or text.opens:
                continue
            yield Seen(None, document, text.number, text.lines[0].box, widow(text))
            last = before.lines[-1]
            ends = before.is_indented(last) and not text.is_indented(text.lines[0]) and last is before.rows[-1]
            yield Seen(
                None, document, before.number, last.box, "a paragraph's first line ends the page" if ends else None
            )


def widow(text: Text) -> str | None:
    """Whether a page's first line is the last of a paragraph."""
    first = text.lines[0]
    if text.is_indented(first) or abs(first.box[2] - text.right) < 2 * text.frame.size / PT:
        return None
    follows = next((row for row in text.rows if row.y < first.y - text.frame.leading / 2), None)
    ends = follows is None or text.is_indented(follows) or text.is_heading(follows)
    return "a paragraph's last line begins the page" if ends else None


@promise(
    "last pages",
    lambda e: f"more than {SHORT} lines on a chapter's last",
    "a few lines more, or as many fewer",
    "{} lines",
    min,
    note=True,
)
def endings(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    for document, found in pages(documents):
        written = [text for text in found if not text.empty]
        for text, after in pairwise([*written, None]):
            if text and text.lines and not text.opens and (after is None or after.opens):
                frame, depth = text.frame, text.depth or 0.0
                few = len(text.lines) <= SHORT and frame.top - depth < FILLED * (frame.top - frame.bottom)
                fault = "{} lines on a chapter's last page" if few else None
                yield Seen(len(text.lines), document, text.number, text.lines[0].box, fault)


@promise(
    "empty pages",
    lambda e: "none" if e.chapterstart == "openany" else None,
    r"a \cleardoublepage or \newpage too many",
    note=True,
)
def empty(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    for document, found in pages(documents):
        for text in found:
            yield Seen(None, document, text.number, None, "an empty page" if text.empty else None)


@promise(
    "facing pages", lambda e: "equally deep", "stretch what may stretch, or move a float", "{:.0f} pt", max, note=True
)
def depths(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    """Pages of a spread that end at different heights though neither is a chapter's last, or has floats alone."""
    for document, found in pages(documents):
        for text, after in pairwise(found):
            if text.number % 2 == 1 and after.lines and text.lines:
                beyond = found[after.number + 1] if after.number + 1 < len(found) else None
                ends = after.opens or beyond is None or beyond.opens or beyond.empty
                if not ends and text.depth is not None and after.depth is not None:
                    apart = abs(text.depth - after.depth)
                    low = text if text.depth > after.depth else after
                    fault = "it ends {:.0f} pt above the page that faces it" if apart > EQUAL else None
                    yield Seen(apart * PT, document, low.number, low.rows[-1].box, fault)


@promise(
    "running heads",
    lambda e: "their numbers have one form, with a dot or without",
    r"the same in \createmark and \makeheads",
    note=True,
)
def heads(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    for document, found in pages(documents):
        forms: dict[str, tuple[Text, Row, str]] = {}
        for text in found:
            for row in text.heads:
                for number, dot in NUMBERED.findall(row.words):
                    forms.setdefault(dot, (text, row, number + dot))
        told = [f"'{number}' on page {text.number + 1}" for text, _, number in forms.values()]
        for text, row, _ in [*forms.values()][-1:]:
            fault = f"running heads with a dot and without: {' and '.join(told)}" if len(forms) > 1 else None
            yield Seen(None, document, text.number, row.box, fault)


@promise(
    "displays",
    lambda e: "as far from the line above as from the line below",
    r"a longer line above it, or \abovedisplayshortskip as \abovedisplayskip",
    "{:.0f} pt",
    max,
    note=True,
)
def displays(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    """What stands between two lines of text and begins at neither margin; its distances are those of the ink."""
    known: dict[int, Glyphs] = {}
    for document, found in pages(documents):
        for text in found:
            for above, rows, below in displayed(text):
                upper, ink, lower = (
                    around([box for row in each for paint in row.paints for box in letters(paint, known)])
                    for each in ([above], rows, [below])
                )
                apart = upper[1] - ink[3], ink[1] - lower[3]
                off = abs(apart[0] - apart[1]) * PT
                fault = f"a display {apart[0] * PT:.0f} pt below a line and {apart[1] * PT:.0f} pt above the next"
                yield Seen(off, document, text.number, ink, fault if off > UNEVEN else None)


def displayed(text: Text) -> Iterator[tuple[Row, list[Row], Row]]:
    """(the line above, the rows of a display, the line below)"""
    places = [k for k, row in enumerate(text.rows) if text.is_text(row)]
    for start, end in pairwise(places):
        above, below = text.rows[start], text.rows[end]
        rows = [row for row in text.rows[start + 1 : end] if above.y - row.y > SCRIPT and row.y - below.y > SCRIPT]
        inner = [row for row in rows if row.size > HALF * text.frame.size]
        if inner and all(row.box[0] > text.left + text.frame.indent for row in inner):
            yield above, rows, below
