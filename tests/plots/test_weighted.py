"""The rims of weighted points are in ink or, as one says, in a tone of their own colours."""

import numpy as np
import pikepdf
import pytest

from pipeline.pdf.page import Page
from pipeline.style.stylesheet import Stylesheet
from pipeline.table import Points
from pipeline.tex.picture import compile_picture

SIZE = [0, 0.25, 1]
VALUE = [0, 0.5, 1]


@pytest.mark.parametrize(("style", "own"), [("weighted points", 0), ("weighted points=mapped color!70!ink", 0.7)])
def test_the_rim_is_as_one_says(book, style, own):
    table, target, picture = (book.build / name for name in ("marks.dat", "a.pdf", "a.tex"))
    table.write_text(Points(SIZE, SIZE, value=VALUE, size=SIZE).dump(), encoding="utf-8")
    axis = r"\begin{axis}[width=200pt, height=150pt, xmin=-1, xmax=2, ymin=-1, ymax=2, grid=none, ticks=none]"
    plot = rf"\addplot[{style}] table {{{table}}};"
    picture.write_text(rf"\begin{{tikzpicture}}{axis}{plot}\end{{axis}}\end{{tikzpicture}}", encoding="utf-8")
    compile_picture(book, "dark", picture, target, "a.tex.j2", str(table))
    with pikepdf.open(target) as pdf:
        marks = [paint for paint in Page(pdf.pages[0]).paints if paint.kind == "mark"]
    hexadecimal = Stylesheet.read(book.edition_file("dark")).colours["ink"]
    ink = np.array([int(hexadecimal[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    assert len(marks) == 3
    for mark, size in zip(marks, SIZE, strict=True):
        assert np.array(mark.edge) == pytest.approx(own * np.array(mark.colour) + (1 - own) * ink, abs=0.01)
        assert (mark.box[2] - mark.box[0]) * 72.27 / 72 / 2 == pytest.approx(0.8 + 2.2 * size, abs=0.25)
