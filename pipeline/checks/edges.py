"""The paper of a page reaches beyond its edge, and a figure has one of the widths that line up."""

from collections.abc import Iterator, Sequence

from pipeline.checks.promise import Seen, books, promise
from pipeline.pdf.document import Document
from pipeline.pdf.geometry import PT, Box
from pipeline.pdf.page import Page
from pipeline.style.editions import Edition
from pipeline.style.stylesheet import Stylesheet

WHITE = 255, 255, 255
PIXEL = 0.5  # bp: one of a screen's at 144 dots an inch


@promise(
    "edges",
    lambda e: "a page's colour reaches beyond its edge",
    "paint the page larger than it is: what a viewer rounds up is bare otherwise",
    "{:.2f} pt",
    min,
)
def bare(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    """Pages whose colour ends within a pixel that their edge is in: a hairline stays white. A page of whole points has
    none at 72, 144, … dots an inch, and one of a book is a page of paper to viewers."""
    for document in documents:
        for number, page in enumerate(document.pages):
            if page.paper and page.paper != WHITE and any(abs(v - round(v)) > 1e-3 for v in page.box):
                beyond = reach(page)
                sides = [name for name, far in beyond.items() if far < PIXEL]
                fault = f"the page's colour reaches {{:.2f}} pt beyond its {listed(sides)}" if sides else None
                yield Seen(min(beyond.values()) * PT, document, number, None, fault, alike="edges")


def reach(page: Page) -> dict[str, float]:
    """How far what is painted over all of the page reaches beyond each of its edges (bp)."""
    left, bottom, right, top = page.box
    whole = [paint.box for paint in page.paints if paint.kind == "area" and page.is_page(paint.box)]
    return {
        "left edge": max(left - box[0] for box in whole),
        "lower edge": max(bottom - box[1] for box in whole),
        "right edge": max(box[2] - right for box in whole),
        "upper edge": max(box[3] - top for box in whole),
    }


def listed(sides: Sequence[str]) -> str:
    return ", ".join(sides) if len(sides) < 4 else "edges"


WIDTHS = {1.0: "1", 0.75: "¾", 0.5: "½"}  # of the measure
LOOSE = 0.03  # of the measure


@promise(
    "widths",
    lambda e: f"a figure by itself is {', '.join(WIDTHS.values())} of the measure wide",
    r"pictures that line up look calm: `\measure`, `0.75\measure` or `\halffigure`",
    "{:.2f} of the measure",
    min,
    note=True,
)
def widths(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    """Of figures that stand alone in their row, and are no wider than the text."""
    for document in books(documents):
        style = Stylesheet.read(edition.path)
        measure, rim = style.length("measure") / PT, style.length("picturerim") / PT
        for number, placed in document.placed():
            share = (placed.box[2] - placed.box[0] - 2 * rim) / measure
            if placed.figure and share < 1 + LOOSE and alone(document.pages[number], placed.box):
                odd = min(abs(share - width) for width in (*WIDTHS, style_half(style))) > LOOSE
                fault = f"{placed.figure} is {{:.2f}} of the measure wide" if odd else None
                yield Seen(share, document, number, placed, fault)


def style_half(style: Stylesheet) -> float:
    return (1 - style.length("figuregap") / style.length("measure")) / 2


def alone(page: Page, box: Box) -> bool:
    """Whether neither text nor another picture stands beside a figure."""
    beside = [
        *(paint.box for paint in page.paints if paint.kind == "text"),
        *(placed.box for placed in page.placed if placed.box != box),
    ]
    return not any(
        2 * (min(box[3], other[3]) - max(box[1], other[1])) > min(box[3] - box[1], other[3] - other[1])
        and (other[0] > box[2] or other[2] < box[0])
        for other in beside
    )
