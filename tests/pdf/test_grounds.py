"""What cannot be seen: planted faults, and what only looks like one."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from tiny import DISC, page, paints

DARK = "0 g 0 0 100 100 re f 0 G "  # a page of the dark edition; what comes is black as well
WHITE = "1 g 1 G "
LABEL = f"{WHITE} BT /F 10 Tf 30 45 Td (abcdef) Tj ET"
BOX = "20 40 60 20 re f "
CELL = "{} {} 10 10 re f "


def lost(content, **resources):
    """Kinds of what cannot be seen, without the page."""
    return [item.kind for item in paints(content, **resources) if item.contrast is not None and item.contrast < 1.1]


def picture(pdf, colour=0, alpha=255):
    mask = Stream(
        pdf, bytes([alpha]) * 4, Subtype=Name.Image, Width=2, Height=2, BitsPerComponent=8, ColorSpace=Name.DeviceGray
    )
    return Stream(
        pdf, bytes([colour]) * 4, Subtype=Name.Image, Width=2, Height=2, BitsPerComponent=8, ColorSpace=Name.DeviceGray, SMask=mask
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        ("1 w 10 10 m 90 10 l S", ["line"]),
        (f"50 50 {DISC} f", ["mark"]),
        (BOX, ["area"]),
        ("20 40 60 20 re B", ["area"]),
        ("10 10 m 90 10 l 50 90 l h f", ["area"]),
        ("0.015 g " + BOX, ["area"]),  # nearly black
        ("0.2 g 0 0 50 100 re f 0 g 60 40 30 20 re f", ["area"]),  # beside what can be seen
        ("BT /F 10 Tf 30 45 Td (abcdef) Tj ET", ["text"]),
        (f"{BOX} {WHITE} 1 w 50 0 m 50 100 l S", ["area"]),  # a line that crosses it
        ("1 w 10 10 m 90 10 l S 1 G 30 8 m 30 12 l S 50 8 m 50 12 l S", ["line"]),  # an axis with ticks
        ("1 w 10 10 m 90 90 l S 1 G 10 90 m 90 10 l S", ["line"]),
        ("1 w 10 10 m 90 10 l S BT /F 8 Tf 1 g 10 0 Td (a) Tj ET", ["line"]),
        (CELL.format(10, 10) + "0.6 g " + CELL.format(40, 10) + CELL.format(50, 10), ["area"]),  # it has no neighbours
        ("0.6 g 10 10 20 50 re f 0 g 30 10 20 44 re f", ["area"]),  # a bar beside a bar, of another height
        ("/I Do q 40 0 0 40 10 10 cm /I Do Q", ["image", "image"]),
        ("/Half gs " + BOX, ["area"]),
        ("/Form Do", ["line"]),
    ],
)
def test_black_on_black_is_told(content, kinds):
    def form(pdf):
        return Stream(pdf, b"1 w 10 10 m 90 10 l S", Subtype=Name.Form, BBox=Array([0, 0, 100, 100]))

    states = {"Half": Dictionary(ca=0.5)}
    assert lost(DARK + content, XObject={"I": picture, "Form": form}, ExtGState=states) == kinds


@pytest.mark.parametrize(
    "content",
    [
        BOX + LABEL,  # a knocked-out label
        f"0.6 G 1 w 10 50 m 90 50 l S 0 g {BOX} {LABEL}",
        f"0.25 g {BOX} 0 g 40 45 20 10 re f",  # a hole
        "0.1 g " + BOX,  # a tint
        "6 w 10 50 m 90 50 l S 1 G 1 w 10 50 m 90 50 l S",  # a line on a wider one
        "1 G 3 w 10 50 m 90 50 l S 0 G 1 w 10 50 m 90 50 l S",  # a double line
        f"0 g 0 G 1 w 40 40 m 60 40 l 60 60 l 40 60 l h f {WHITE} 50 50 {DISC} f",  # a mark's halo
        "0.6 g " + CELL.format(10, 10) + "0 g " + CELL.format(20, 10) + "0.6 g " + CELL.format(30, 10),
        "0.6 g 10 10 20 20 re f 10 30 20 24 re f 0 g 30 30 20 24 re f 0.6 g 30 10 20 20 re f",  # cells of several heights
        "0 g 1 G 1 w " + "20 40 60 20 re B",  # an outline
        "10 10 9 0.1 re f",  # a bar of hardly any height
        "q 40 0 0 40 10 10 cm /I Do Q",
        f"q 40 0 0 40 10 10 cm /Black Do Q {WHITE} BT /F 10 Tf 15 25 Td (abc) Tj ET",
        "q 0 0 5 5 re W n 50 50 40 40 re f Q",  # the clip hides it
    ],
)
def test_grounds_and_halos_and_patches_are_not(content):
    images = {"I": lambda pdf: picture(pdf, 200), "Black": picture}
    assert lost(DARK + content, XObject=images) == []


def test_what_is_in_the_papers_colour_has_no_licence():
    line = "0.9 g 20 20 60 60 re f 1 G 1 w 10 50 m 90 50 l S"
    *_, item = paints("1 g 0 0 100 100 re f " + line)
    assert item.contrast == pytest.approx(1.25, abs=0.02)
    *_, item, _ = paints(f"1 g 0 0 100 100 re f {line.replace('1 w', '4 w')} 0 G 1 w 10 50 m 90 50 l S")
    assert item.contrast is None


def test_a_frame_is_seen_by_either_of_its_sides():
    """As that of a colour bar."""
    bar, frame = "0.7 g 20 20 20 60 re f ", "0.65 G 0.5 w 20 20 20 60 re S"
    assert paints("0 g 0 0 100 100 re f " + bar + frame)[-1].contrast > 6
    assert paints("0 g 0 0 100 100 re f " + bar + "0.65 G 0.5 w 20 20 m 20 80 l S")[-1].contrast > 6
    assert paints("0 g 0 0 100 100 re f " + bar + "0.65 G 0.5 w 30 20 m 30 80 l S")[-1].contrast < 1.3


def test_what_lies_beyond_the_page_is_told():
    seen = page("0 g 10 10 m 130 10 l S 50 50 120 20 re f 200 200 m 300 300 l S BT /F 10 Tf 90 40 Td (abcdef) Tj ET")
    assert [(item.kind, round(item.beyond)) for item in seen.paints] == [("line", 30), ("area", 70), ("text", 20)]
    assert [item.kind for item in seen.lost] == ["line"]
    clipped = page("q 0 0 100 100 re W n 0 g 10 10 m 130 10 l S 200 200 m 300 300 l S Q")
    assert [item.beyond for item in clipped.paints] == [0] and clipped.lost == []


def test_a_look_that_fails_keeps_what_was_seen():
    faults = []
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(100, 100))
        pdf.pages[0].Contents = Stream(pdf, b"0 g 10 10 30 30 re f BT (a) Tj ET 50 50 30 30 re f")
        from pipeline.pdf.page import Page

        seen = Page(pdf.pages[0], fails=faults.append)
    assert len(seen.paints) == 1 and "before it sets a font" in str(faults[0])


def test_a_mark_in_the_page_says_which_line_paints():
    seen = paints("/Line <</N 7>> DP 10 10 m 90 10 l S /Line <</N 9>> DP 10 10 m 90 10 l S /Line <<>> DP 1 1 m 9 9 l S")
    assert [item.source for item in seen] == [7, 9, None]
