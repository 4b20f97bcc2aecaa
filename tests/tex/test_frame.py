"""A figure's page is its picture: what else a template says takes no room, and what it puts side by side stays there."""

import pikepdf
import pytest

from pipeline.pdf.page import Page
from pipeline.tex.picture import compile_picture

SQUARE = "\\begin{tikzpicture}\n  \\fill[target] (0,0) rectangle (36bp,36bp);\n\\end{tikzpicture}"
RIM = 0.75 * 72 / 72.27  # bp, around each picture
SPACE = 2.5 * 72 / 72.27  # bp, Pagella's between words, in 10 pt
LIBRARIES = "\\usetikzlibrary{shapes, patterns}\n\\usepgfplotslibrary{fillbetween}\n\\usepgfmodule{parser}\n"
BETWEEN = LIBRARIES.replace("\n", "%\n")
PREAMBLE = "\\tikzset{foo/.style={draw}} \n\\def\\x{3} \n\\newcommand{\\house}[1]{#1} \n\n\\hspace{9pt} \\color{ink} \n"


@pytest.fixture
def page(book):
    """A function that compiles a picture and returns what its page paints, and the page's width in bp."""
    source, target = book.build / "picture.tex", book.build / "out.pdf"

    def compiled(text):
        source.write_text(text, encoding="utf-8")
        compile_picture(book, "light", source, target, "line/fit.tex.j2", preloaded=book.format("light"))
        with pikepdf.open(target) as pdf:
            return [p.box for p in Page(pdf.pages[0]).paints if p.kind == "area"], float(pdf.pages[0].mediabox[2])

    return compiled


def edges(boxes):
    return [round(x, 1) for box in boxes for x in (box[0], box[2])]


@pytest.mark.parametrize(
    ("text", "lefts", "right"),
    [
        (SQUARE, [0], 36),
        (f"{LIBRARIES}\n{PREAMBLE}\n{SQUARE}\n\\def\\x{{4}} \n{LIBRARIES} \n\n", [0], 36),
        (f"{SQUARE}%\n{BETWEEN}{SQUARE}", [0, 36], 72),
        (f"{SQUARE}\n{SQUARE}\n", [0, 36 + SPACE], 72 + SPACE),
        (f"{SQUARE}\n\n\n{SQUARE}\n", [0, 36 + SPACE], 72 + SPACE),
        (f"\\hspace*{{9bp}}{SQUARE}%\n\\hspace{{9bp}}{SQUARE}\n\\hspace{{9bp}}\n", [9, 54], 99 + SPACE),
        (f"\\rlap{{{SQUARE}}}%\n\\hspace{{9bp}}{SQUARE}", [0, 9], 45),
        (f"{SQUARE}\\\\\n{SQUARE}", [0, 36], 72),  # it is one row, as always
    ],
)
def test_where_pictures_stand(page, text, lefts, right):
    boxes, width = page(text)
    assert edges(boxes[-len(lefts) :]) == pytest.approx([x + RIM + w for x in lefts for w in (0, 36)], abs=0.1)
    assert width == pytest.approx(right + 2 * RIM, abs=0.1)
