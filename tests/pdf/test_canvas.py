"""What lies behind what is painted, and how far it stands out."""

import pytest
from pikepdf import Dictionary

import tiny
from pipeline.pdf.page import Page
from pipeline.style.colour import contrast
from tiny import DISC, paints

WHITE = (255, 255, 255)


def test_contrast_is_that_of_the_web_guidelines():
    assert contrast((119, 119, 119), WHITE) == pytest.approx(4.48, abs=0.005)  # the well-known #777 that just fails
    assert contrast((118, 118, 118), WHITE) == pytest.approx(4.54, abs=0.005)
    assert contrast((0, 0, 0), WHITE) == 21 and contrast(WHITE, WHITE) == 1


DARK = "0.2 g 0 0 100 100 re f"
TINT = "0.8 g 20 20 60 60 re f"


@pytest.mark.parametrize(
    ("content", "behind"),
    [
        ("BT /F 10 Tf 30 30 Td (abc) Tj ET", WHITE),
        (f"{TINT} 0 g BT /F 10 Tf 30 30 Td (abc) Tj ET", (204, 204, 204)),
        (f"{DARK} 1 g BT /F 10 Tf 30 30 Td (abc) Tj ET", (51, 51, 51)),
        (f"{TINT} 1 0 0 rg 50 50 {DISC} f", (204, 204, 204)),
        (f"{TINT} 1 0 0 RG 30 50 m 70 50 l S", (204, 204, 204)),
        (f"{TINT} 1 0 0 RG 0 10 m 90 10 l S", WHITE),
        (f"q 0 0 30 100 re W n {TINT} Q 1 0 0 RG 40 50 m 70 50 l S", WHITE),
        (f"q 0 0 30 100 re W n {TINT} Q 1 0 0 RG 22 50 m 28 50 l S", (204, 204, 204)),
        ("0.8 g 10 10 80 80 re 30 30 40 40 re f* 0 g BT /F 10 Tf 40 45 Td (abc) Tj ET", WHITE),
        (
            "0.8 g 10 10 m 90 10 l 90 90 l 10 90 l h 30 30 m 30 70 l 70 70 l 70 30 l h f 0 g BT /F 10 Tf 40 45 Td (abc) Tj ET",
            WHITE,
        ),
        ("0.8 G 6 w 0 50 m 100 50 l S 1 w 0 G 10 50 m 90 50 l S", (204, 204, 204)),  # a broad band is ground
        ("0.8 G 2 w 0 50 m 100 50 l S 1 w 0 G 10 50 m 90 50 l S", WHITE),  # a curve may lie on a curve
        ("0.8 G 2 w 0 50 m 100 50 l S BT /F 10 Tf 20 48 Td (abc) Tj ET", (204, 204, 204)),  # type may not
        ("/Half gs 0 g 0 0 100 100 re f BT /F 10 Tf 20 48 Td (abc) Tj ET", (128, 128, 128)),
    ],
)
def test_what_is_behind(content, behind):
    item = paints(content, ExtGState={"Half": Dictionary(ca=0.5, CA=0.5)})[-1]
    assert item.behind == pytest.approx(behind, abs=1)


def test_a_label_half_of_which_is_lost_is_lost():
    content = "0 g 50 0 50 100 re f BT /F 10 Tf {} 40 Td (abcdefgh) Tj ET"
    assert paints(content.format(30))[-1].contrast == 1 and paints(content.format(5))[-1].contrast == 21
    # it crosses a line
    assert paints("0 G 50 0 m 50 100 l S 0 g BT /F 10 Tf 30 40 Td (abcdefgh) Tj ET")[-1].contrast == 21


def test_what_is_filled_and_stroked_is_seen_by_the_better_of_its_colours():
    [_, mark] = paints(f"0 g 0 0 100 100 re f 0 g 1 G 50 50 {DISC} B")
    assert mark.contrast == 21 and (mark.colour, mark.edge) == ((0,), (1,))
    assert paints(f"0.9 g 0.8 G 50 50 {DISC} B")[0].contrast == pytest.approx(contrast((204, 204, 204), WHITE))


def test_transparency_costs_contrast():
    [mark] = paints(f"/Half gs 0 g 50 50 {DISC} f", ExtGState={"Half": Dictionary(ca=0.5)})
    assert mark.contrast == pytest.approx(contrast((128, 128, 128), WHITE), rel=0.01)


def test_a_halo_in_the_papers_colour_parts_what_is_behind_from_what_comes():
    [_, _, halo, mark] = paints(
        f"1 g 0 0 100 100 re f {TINT} 1 g q 2 0 0 2 -50 -50 cm 50 50 {DISC} f Q 0 g 50 50 {DISC} f"
    )
    assert halo.contrast is None and mark.behind == WHITE
    [_, text] = paints("1 g 0 0 100 100 re f BT /F 10 Tf 30 30 Td (abc) Tj ET")
    assert text.contrast == 1  # type is no halo


def test_the_outline_of_an_area_in_its_own_colour_stands_on_it():
    [_, outline] = paints("0.9 g 0.9 G 20 20 60 60 re f 20 20 60 60 re S")
    assert outline.contrast is None


def test_large_operators_hang_from_the_baseline():
    with tiny.pdf("0 g 0 50 100 1 re f BT /F 10 Tf 30 48 Td (abc) Tj ET") as pdf:
        descriptor = pdf.pages[0].Resources.Font.F.FontDescriptor
        assert Page(pdf.pages[0]).paints[-1].contrast == 1  # its middle lies on the bar
        descriptor.Ascent, descriptor.Descent = 40, -600
        text = Page(pdf.pages[0]).paints[-1]
        assert text.contrast == 21 and text.box[1] == pytest.approx(42)
