"""Figures that face each other, and show one quantity on two scales."""

from functools import partial

import pytest

import tiny
from pipeline.checks.finding import Unread
from pipeline.checks.spreads import check
from pipeline.pdf.document import Document
from pipeline.pdf.page import Page, digest

PAPER = "1 g 0 0 100 100 re f "


def axis(units, name="x"):
    """A figure's axis from 0 to `units`, its numbers 50 bp apart, and its name."""
    ticks = [
        f"/Tick <</Axis (1 x)>> BDC 0 g BT /F 8 Tf {10 + k * 50} 20 Td ({round(k * units, 3)}) Tj ET EMC "
        for k in (0, 1)
    ]
    return f"{PAPER} /Line <</N 3 /Axis 1>> DP {''.join(ticks)} BT /F 10 Tf 40 5 Td ({name}) Tj ET "


@pytest.fixture
def notes():
    """notes(contents of two figures, the pages (from 1) on which they stand) → what is said of them."""

    def find(contents, pages):
        documents, known, forms = [], {}, {}
        for name, key, content in zip(("line/fit", "line/net"), "AB", contents, strict=True):
            made = tiny.pdf(f"{content} % {name}")
            known[digest(made.pages[0])] = name
            documents.append(Document(f"{name}.pdf", name, made, [Page(made.pages[0])]))
            forms[key] = partial(tiny.form, content=f"{content} % {name}")
        book = tiny.pdf("", (200, 200), XObject=forms)
        for number in range(1, 6):
            book.pages.append(book.pages[0])
            placed = "".join(f"/{key} Do " for key, page in zip("AB", pages, strict=True) if page == number + 1)
            book.pages[number].Contents = tiny.Stream(book, placed.encode())
        shown = [Page(page, known=known) for page in book.pages]
        record = check([*documents, Document("book.pdf", None, book, shown)], unread := Unread())
        assert not unread.found and not record["breaches"]
        return [finding.what for finding in record["notes"]]

    return find


def test_two_scales_of_one_quantity_on_facing_pages(notes):
    said = "on page 2: 'x' has 0.567 units a centimetre in line/fit, 1.13 in line/net"
    assert notes((axis(1), axis(2)), (2, 3)) == [said]
    assert notes((axis(1), axis(2)), (2, 2)) == [said]


@pytest.mark.parametrize(
    ("contents", "pages"),
    [
        ((axis(1), axis(1)), (2, 3)),
        ((axis(1), axis(2)), (3, 4)),  # back to back
        ((axis(1), axis(2, "y")), (2, 3)),  # another quantity
        ((axis(1), PAPER), (2, 3)),
    ],
)
def test_what_may_stand_side_by_side(notes, contents, pages):
    assert notes(contents, pages) == []
