"""How far letters reach: as far as they are seen to."""

import numpy as np
import pikepdf
import pytest
from pikepdf import Dictionary, Stream

import tiny
from pdfs import fonts, pixels
from pipeline.pdf.glyphs import around, letters
from pipeline.pdf.page import Page


def fallback(text):
    with tiny.pdf(f"0 g BT /F 10 Tf 20 20 Td {text} ET") as made:
        [paint] = Page(made.pages[0]).paints
        return [tuple(round(v, 2) for v in box) for box in letters(paint, {})]


def test_a_font_that_cannot_be_read_has_letters_as_high_as_an_x():
    assert fallback("(ab) Tj") == [(20, 20, 25, 24), (25, 20, 30, 24)]
    assert fallback("[(a) -400 (b)] TJ") == [(20, 20, 25, 24), (29, 20, 34, 24)]
    assert fallback("(a b) Tj") == [(20, 20, 25, 24), (30, 20, 35, 24)]  # a space shows nothing
    assert fallback("50 Tz 2 Tc (ab) Tj") == [(20, 20, 22.5, 24), (23.5, 20, 26, 24)]
    assert fallback("3 Ts (a) Tj") == [(20, 23, 25, 27)]


def test_type_on_the_slant_is_in_the_box_around_it():
    [box] = fallback("0 1 -1 0 50 20 Tm (a) Tj")
    assert box == (46, 20, 50, 25)


@pytest.mark.parametrize("matrix", ["1 0 0 1 20 30", "0 1 -1 0 60 20"])
def test_letters_reach_as_far_as_they_are_seen_to(built, tmp_path, matrix):
    """Each letter of each font in a figure, alone on a page, against its pixels."""
    with pikepdf.open(built.build / "figures/light/line/fit.pdf") as figure:
        found = 0
        for font in fonts(figure):
            codes = [int(font.FirstChar), int(font.LastChar)]
            for code in codes:
                made = pikepdf.new()
                made.add_blank_page(page_size=(100, 100))
                made.pages[0].obj.Resources = Dictionary(Font=Dictionary(F=made.copy_foreign(font)))
                shown = f"0 g BT /F 40 Tf {matrix} Tm <{code:02X}> Tj ET"
                made.pages[0].Contents = Stream(made, shown.encode())
                [box] = [around([*letters(paint, {})]) for paint in Page(made.pages[0]).paints]
                made.save(tmp_path / "letter.pdf")
                dark = np.argwhere(pixels(tmp_path / "letter.pdf", 144).min(axis=2) < 128)
                (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0) + 1
                seen = left / 2, 100 - bottom / 2, right / 2, 100 - top / 2
                assert box == pytest.approx(seen, abs=0.75), (font.BaseFont, code)
                found += 1
        assert found > 4
