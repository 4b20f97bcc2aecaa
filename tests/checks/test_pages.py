"""What a designer would mend on pages: each fault, and the same pages without it."""

from functools import partial
from types import SimpleNamespace

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Stream

import tiny
from pipeline.checks.finding import Unread
from pipeline.checks.promises import PROMISES
from pipeline.pdf.document import Document
from pipeline.pdf.page import Page

FULL = "m" * 60  # 300 bp of type of 10 bp
TOP, LEADING, LINES = 600, 12, 40


def line(y, words=FULL, x=50, size=10, font="F"):
    return f"BT /{font} {size} Tf {x} {y} Td ({words}) Tj ET "


def lines(first=0, count=LINES, indents=()):
    """Lines of text from the first on; some are indented."""
    return "".join(
        line(TOP - k * LEADING, FULL if k not in indents else FULL[:57], 50 if k not in indents else 65)
        for k in range(first, first + count)
    )


HEADING = partial(line, words="5.1 Heat", size=12, font="B")
OPENING = line(560, "Chapter", size=24) + lines(8, 32)
WHOLE = lines(indents=(5, 20))


def told(name, *contents, start="openany"):
    """What a promise says of a book with these pages."""
    made = pikepdf.new()
    fonts = Dictionary(F=tiny.font(made), B=tiny.font(made, **{"/BaseFont": Name("/Tiny-Bold")}))
    for content in contents:
        made.add_blank_page(page_size=(400, 700))
        made.pages[-1].obj.Resources = Dictionary(Font=fonts)
        made.pages[-1].Contents = Stream(made, f"1 g 0 0 400 700 re f 0 g {content}".encode())
    document = Document("book.pdf", None, made, [Page(page) for page in made.pages])
    promise = next(each for each in PROMISES if each.name == name)
    edition = SimpleNamespace(chapterstart=start)
    record = promise.kept(edition, [document], unread := Unread())
    assert not unread.found
    return [
        (finding.page + 1, finding.what.partition(";")[0].partition(" at (")[0])
        for finding in record["breaches"] + record["notes"]
    ]


@pytest.mark.parametrize(
    ("content", "below"),
    [
        (lines(0, 36) + HEADING(TOP - 37 * 12) + lines(38, 2), 2),
        (lines(0, 35) + HEADING(TOP - 36 * 12) + lines(37, 3), None),
        (lines(0, 10) + HEADING(TOP - 11 * 12) + lines(12, 1) + lines(20, 15), 1),  # a float follows
        (lines(0, 10) + HEADING(TOP - 11 * 12) + lines(12, 20), None),
    ],
)
def test_a_heading_with_hardly_a_line_below(content, below):
    said = [(2, f"a heading with {below} lines below it: '5.1 Heat'")] if below else []
    assert told("headings", WHOLE, content) == said


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ((WHOLE, line(TOP, FULL[:20]) + lines(1, 39, (1,))), [(2, "a paragraph's last line begins the page")]),
        (
            (WHOLE, line(TOP, FULL[:20]) + HEADING(TOP - 30) + lines(4, 30)),
            [(2, "a paragraph's last line begins the page")],
        ),
        ((WHOLE, line(TOP) + line(TOP - 12, FULL[:20]) + lines(2, 38, (2,))), []),
        ((WHOLE, line(TOP, FULL[:20], 65) + lines(1, 39, (1,))), []),  # a paragraph of one line
        ((lines(indents=(39,)), lines()), [(1, "a paragraph's first line ends the page")]),
        ((lines(indents=(38,)), lines()), []),
        ((lines(indents=(39,)), lines(indents=(0,))), []),  # a paragraph of one line
    ],
)
def test_lines_alone(pages, said):
    assert told("lines alone", *pages) == said


@pytest.mark.parametrize(
    ("last", "said"), [(lines(0, 6), [(2, "6 lines on a chapter's last page")]), (lines(0, 7), []), (lines(20, 6), [])]
)
def test_a_chapter_s_last_page(last, said):
    assert told("last pages", WHOLE, last, OPENING, WHOLE) == said
    assert told("last pages", OPENING, WHOLE + "", WHOLE, last) == [(4, what) for _, what in said]


def test_an_empty_page_where_chapters_begin_anywhere():
    assert told("empty pages", WHOLE, "", OPENING) == [(2, "an empty page")]
    assert told("empty pages", WHOLE, "0.5 g 50 50 300 300 re f", OPENING) == []
    promise = next(each for each in PROMISES if each.name == "empty pages")
    assert promise.wanted(SimpleNamespace(chapterstart="openright")) is None


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ((WHOLE, WHOLE, lines(0, 38), WHOLE, WHOLE), [(3, "it ends 24 pt above the page that faces it")]),
        ((WHOLE, lines(0, 38), WHOLE, WHOLE, WHOLE), [(2, "it ends 24 pt above the page that faces it")]),
        ((WHOLE, WHOLE, WHOLE, WHOLE, WHOLE), []),
        ((WHOLE, WHOLE, lines(0, 20), OPENING, WHOLE), []),  # a chapter's last
        ((WHOLE, lines(0, 38), lines(0, 38), WHOLE, WHOLE), []),
        ((lines(0, 38), WHOLE, WHOLE, WHOLE, WHOLE), []),  # it faces none
    ],
)
def test_pages_that_face_each_other_are_equally_deep(pages, said):
    assert told("facing pages", *pages) == said


def test_running_heads_have_one_form():
    heads = [line(640, words, size=9) for words in ("1. Waves", "1.2 Rays", "1 Waves", "Contents")]
    assert told("running heads", *(head + WHOLE for head in heads[:2])) == [
        (2, "running heads with a dot and without: '1.' on page 1 and '1.2' on page 2")
    ]
    assert told("running heads", *(head + WHOLE for head in heads[1:])) == []


@pytest.mark.parametrize(("y", "said"), [(480, 0), (484, 1), (476, 1)])
def test_displays_stand_in_the_middle(y, said):
    page = lines(0, 9) + line(y, "mmm", 150) + lines(12, 20)  # between lines at 504 and 456
    assert len(told("displays", WHOLE, page)) == said
