"""Paper that ends at a page's edge, and figures whose widths do not line up."""

from functools import partial

import pytest
from pikepdf import Array

import tiny
from conftest import ROOT
from pipeline.checks.finding import Unread
from pipeline.checks.promises import PROMISES
from pipeline.pdf.document import Document
from pipeline.pdf.page import Page, digest
from pipeline.style.editions import Edition

LIGHT = Edition(ROOT / "book/editions/light.tex")
MEASURE = 5.1 * 72  # bp


def kept(name, document):
    promise = next(each for each in PROMISES if each.name == name)
    record = promise.kept(LIGHT, [document], unread := Unread())
    assert not unread.found
    return [finding.what.partition(";")[0] for finding in record["breaches"] + record["notes"]]


@pytest.mark.parametrize(
    ("paper", "size", "said"),
    [
        ("0 g 0 0 100.3 80.7 re f", (100.3, 80.7), "0.00 pt beyond its edges"),
        ("0 g -1 -1 102.3 82.7 re f", (100.3, 80.7), None),
        ("0 g -1 -1 101.5 82.7 re f", (100.3, 80.7), "0.20 pt beyond its right edge"),
        ("0 g 0 0 100 80 re f", (100, 80), None),  # whole points are whole pixels
        ("1 g 0 0 100.3 80.7 re f", (100.3, 80.7), None),  # bare paper is white, too
    ],
)
def test_paper_reaches_beyond_the_page(paper, size, said):
    with tiny.pdf(paper, size) as made:
        document = Document("fit.pdf", "line/fit", made, [Page(made.pages[0])], template="fit.tex.j2")
        assert kept("edges", document) == ([f"the page's colour reaches {said}"] if said else [])


@pytest.mark.parametrize(
    ("share", "beside", "said"),
    [
        (1, "", None),
        (0.75, "", None),
        (0.5, "", None),
        (0.48, "", None),  # one of two in a row
        (0.98, "", None),  # as exactly as TikZ's boxes are
        (0.66, "", "0.66 of the measure wide"),
        (0.31, "", "0.31 of the measure wide"),
        (0.31, "BT /F 10 Tf 300 60 Td (abc) Tj ET ", None),  # the text runs beside it
        (0.31, "q 1 0 0 1 300 50 cm /Fit Do Q ", None),  # one of a row
        (0.66, "BT /F 10 Tf 300 200 Td (abc) Tj ET ", "0.66 of the measure wide"),
    ],
)
def test_widths_that_line_up(share, beside, said):
    width = share * MEASURE + 1.5 * 72 / 72.27
    forms = {"Fit": partial(tiny.form, content=tiny.SQUARE, box=(0, 0, width, 50))}
    with tiny.pdf("q 1 0 0 1 40 50 cm /Fit Do Q 0 g " + beside, (504, 720), XObject=forms) as made:
        known = {digest(made.pages[0].Resources.XObject["/Fit"]): "line/fit"}
        made.pages[0].TrimBox = Array([0, 0, 504, 720])
        found = kept("widths", Document("book.pdf", None, made, [Page(made.pages[0], known=known)]))
        assert [line.partition(" at ")[0] for line in found] == ([f"line/fit is {said}"] if said else [])
