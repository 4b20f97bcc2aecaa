"""Marks that lose the colour of their class: under a rim, in a pale tint; and marks that keep it."""

import pytest

import tiny
from pipeline.checks.classes import bare, check
from pipeline.checks.finding import Unread
from pipeline.checks.palette import Palette
from pipeline.pdf.document import Document
from pipeline.pdf.page import Page

PAPER = "1 g 0 0 100 100 re f "
SOURCE = r"\addplot[mark options={draw=rim, fill=target!35!paper}] table {t.dat};"


def mark(fill, width, size=3):
    """A square mark with a black rim."""
    return f"{' '.join(f'{v:.4f}' for v in fill)} rg 0 G {width} w 50 50 {size} {size} re B "


@pytest.fixture
def said(book, tmp_path):
    """What is said of marks in a light figure whose source has a role and a tint of it."""
    picture = tmp_path / "fit.tex"
    picture.write_text(SOURCE, encoding="utf-8")
    palette = Palette(book, "light")

    def find(content):
        with tiny.pdf(PAPER + content) as made:
            document = Document("fit.pdf", "line/fit", made, [Page(made.pages[0])], template="fit.tex.j2")
            record = check(palette, [document], {"line/fit": str(picture)}, unread := Unread())
            assert not unread.found
            return [
                (finding.what.partition(",")[0], finding.objects) for finding in record["breaches"] + record["notes"]
            ]

    return find, palette.components["target"], palette.components["paper"]


def test_marks_in_their_colour_keep_it(said):
    find, role, paper = said
    assert find(mark(role, 0.5)) == []
    assert find(mark(paper, 1.2)) == []  # an open mark: its outline has the colour
    assert find(mark(role, 0.5) * 3 + "0.5 0.4 0.3 rg 20 20 3 3 re f ") == []  # no rim, nothing to cover


def test_a_rim_that_covers_a_mark(said):
    find, role, _ = said
    assert find(mark(role, 1.2)) == [("marks that show 18% of their colour", 1)]


def test_a_pale_tint(said):
    find, role, paper = said
    pale = [0.35 * a + 0.65 * b for a, b in zip(role, paper, strict=True)]
    [(what, objects)] = find(mark(pale, 0.5) * 2)
    assert objects == 2 and int(what.partition("show ")[2].partition("%")[0]) < 25


@pytest.mark.parametrize(("size", "width", "share"), [(3, 0, 1), (3, 0.5, (2.5 / 3.5) ** 2), (1, 1, 0), (1, 3, 0)])
def test_the_share_that_a_rim_leaves(size, width, share):
    [paint] = tiny.paints(f"1 0 0 rg 0 G {width} w 50 50 {size} {size} re B")
    assert bare(paint) == pytest.approx(share)
