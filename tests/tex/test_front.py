"""What stands around the chapters: a cover that bleeds, the notation, works with the pages that cite them."""

import re
import subprocess

import numpy as np
import pikepdf
import pytest

import pdfs
from pipeline.pdf.page import Page

COVER = r"""((= A field

All of it. =))
\coverfigure
\begin{tikzpicture}
  \useasboundingbox (0,0) rectangle (\measure,\pictureheight);
  \fill[target] (-9pt,-9pt) rectangle (\measure+9pt,\pictureheight+9pt) (-99pt,0) rectangle (-90pt,9pt);
\end{tikzpicture}
"""
BOOK = r"""\makeindex
\frontmatter
\bookcover[line/cover]
\tableofcontents*
\printnotation
\mainmatter
\chapters
\chapter{More}
Here stand $\vx$, \unused{} in a word, $x_\vs$, $x_\vy$, $\vy_1\tr$; once more \citet{gauss1809}, and twice \citep{gauss1809}.
\newpage
\[ \softargmax_i = \half{1}{\vs} \] \citep{gauss1809}\index{line}
\backmatter
\references[pages]
\printindex
"""
SYMBOLS = r"""
\newcommand{\vs}{\vect{s}}  % the output & more
\newcommand{\unused}{u}  % in no formula
\newcommand{\half}[2]{\frac{#1}{#2}}  % a share
\newcommand{\softargmax}{\operatorname{softargmax}}
"""


@pytest.fixture
def told(project):
    project.write("line/cover.tex.j2", COVER)
    project.write("book.tex", BOOK)
    own = project.path("preamble.tex").read_text(encoding="utf-8")
    own = own.replace(r"\role{input}{pink}", r"\role{input}{pink}  % what is given")
    own = own.replace(r"\newcommand{\vx}{\pink{\vect{x}}}", r"\newcommand{\vx}{\pink{\vect{x}}}  % the input")
    project.write("preamble.tex", own.replace(r"{\blue{\vect{y}}}", r"{\blue{\vect{y}}}  % the answer") + SYMBOLS)
    return project


def pages(path):
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, encoding="utf-8", check=True).stdout
    return [" ".join(page.split()) for page in text.split("\f")]


@pytest.mark.slow
def test_a_book_has_a_cover_a_notation_and_works_with_pages(told):
    told.make("dark", "print")
    cover, half, title, rights, contents, notation, first, second, _, works, index, *_ = pages(
        told.build / "book-dark.pdf"
    )
    assert (
        cover.startswith("Nobody A minimal book") and half == "A minimal book" and title.startswith("Nobody A minimal")
    )
    assert "drawn from the same sources" in rights and contents.startswith("Contents Notation 6 1 A line 7")
    assert re.search(r"what is given .*x the input [. ]+7 .*the answer [. ]+8 ", notation)
    assert notation.count("without a colour of their own") == 1  # ink's alone
    assert (
        "the output & more" in notation and re.search(r"a share [. ]+9", notation) and "in no formula" not in notation
    )
    assert re.search(r"the transpose [. ]+8", notation)
    assert "1809" in first and "More" in second and "Cited on pages 7, 8, 9." in works and "line, 9" in index
    for edition, size in (("dark", (504, 720)), ("print", (504 + 17, 720 + 17))):
        assert pdfs.sizes(told.build / f"book-{edition}.pdf")[0] == pytest.approx(size, abs=0.1)
        picture = pdfs.pixels(told.build / f"book-{edition}.pdf")
        inside = picture[360, 260]
        with pikepdf.open(told.build / f"figures/{edition}/line/cover.pdf") as pdf:
            cover = Page(pdf.pages[0])
        assert not cover.lost and cover.paints[-1].beyond < 1  # what is outside is cut off, at the rim
        assert not np.array_equal(inside, (0, 0, 0)) and not np.array_equal(inside, (255, 255, 255))
        for row, column in ((1, 1), (1, -2), (-2, 1), (-2, -2)):  # it bleeds off at all corners
            assert np.abs(picture[row, column] - inside).max() < 10
