"""Marks in space are smaller and paler the farther away they are, as their tables say, and drawn in one run of TeX."""

import re

import numpy as np
import pikepdf
import pytest

from pipeline.pdf.page import Page
from pipeline.style.stylesheet import Stylesheet
from pipeline.table import Points
from pipeline.tex.picture import compile_picture

NEAR = [0, 1e-5, 0.25, 0.5, 1]
BOX = "view={30}{20}, width=200pt, height=150pt, xmin=0, xmax=1, ymin=0, ymax=1, zmin=0, zmax=1, grid=none, ticks=none"


@pytest.fixture
def drawn(book):
    """draw(value, near) of marks in space: (what is painted, what became of the dense plot)."""

    def draw(value, near):
        rows = np.linspace(0.1, 0.9, len(near))
        table, target = book.build / "marks.dat", book.build / "a.pdf"
        picture = book.build / "a.tex"
        table.write_text(Points(rows, rows, z=rows, value=value, near=near).dump(), encoding="utf-8")
        plot = rf"\addplot3[points in depth=field] table {{{table}}};"
        text = rf"\begin{{tikzpicture}}\begin{{axis}}[{BOX}]{plot}\end{{axis}}\end{{tikzpicture}}"
        picture.write_text(text, encoding="utf-8")
        told = compile_picture(book, "light", picture, target, "a.tex.j2", str(table))
        with pikepdf.open(target) as pdf:
            return [paint for paint in Page(pdf.pages[0]).paints if paint.kind == "mark"], told

    return draw


def test_the_far_ones_are_smaller_and_paler(drawn, book):
    marks, _ = drawn([1] * len(NEAR), NEAR)
    sizes = [(mark.box[2] - mark.box[0]) * 72.27 / 72 / 2 for mark in marks]
    assert sizes == pytest.approx([0.7 + 0.55 * near for near in NEAR], abs=0.02)
    style = Stylesheet.read(book.edition_file("light"))
    full, paper = (
        np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
        for colour in (style.scales["field"][-1], style.colours["paper"])
    )
    wanted = [(0.8 + 0.2 * near) * full + (0.2 - 0.2 * near) * paper for near in NEAR]
    assert np.abs(np.array([mark.colour for mark in marks]) - wanted).max() < 0.003
    assert all(mark.edge is None for mark in marks)


def test_each_has_the_colour_of_its_value_and_no_run_is_made_for_a_layer(drawn):
    marks, told = drawn(np.linspace(0, 1, 50), np.ones(50))
    colours = np.array([mark.colour for mark in marks])
    assert len(marks) == 50 and len(np.unique(colours.round(2), axis=0)) > 20
    assert (np.abs(np.diff(colours, axis=0)) < 0.1).all()
    assert re.search("one by one, because of points in depth", "\n".join(told))
