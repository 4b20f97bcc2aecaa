"""What of a chapter's text and code stands in its notebook, in which order."""

from pathlib import Path

import pytest

from pipeline.cells import cells, edition, figures, models
from pipeline.cells.markdown import definitions, markdown
from pipeline.cells.outline import Part, outline
from pipeline.project.book import Book

TEXT = r"""\chapter{A line}\label{ch:line}
\section[Short]{Least \emph{squares}\index{square} of $\vx$}\label{sec:one}
The fit is the one of \figref{line/net}, % \[ commented \]
\begin{equation}\label{eq:loss}
  \pd{\energy}{\vs} = 0 , \nonumber

\end{equation}
\begin{tabular}{c} a \\[2pt] b \end{tabular}
\fig{line/fit}{Fifty points.}
\input{line/more}
\section{Nothing below}
\subsection{Nor here}
"""
MORE = r"""\subsection{More}
\[ a = \val[percent]{line/fit/slope} \]
\begin{align*} a &= b \\[2pt] &= c \end{align*}
\fig{fit}{Again.}
"""


@pytest.fixture
def told(book, project):
    project.write("line/chapter.tex", TEXT)
    project.write("line/more.tex", MORE)
    return Book(book.root)


def test_the_outline_is_that_of_the_text_and_of_what_it_inputs(told):
    assert [*outline(told, "line")] == [
        Part("section", r"Least \emph{squares} of $\vx$"),
        Part("equation", r"\pd{\energy}{\vs} = 0 ,"),
        Part("figure", "line/fit"),
        Part("subsection", "More"),
        Part("equation", r"a = \text{line/fit/slope}"),
        Part("equation", "\\begin{aligned}\na &= b \\\\[2pt] &= c\n\\end{aligned}"),
        Part("section", "Nothing below"),
        Part("subsection", "Nor here"),
    ]
    assert (figures(told, "line"), models(told, "line"), edition(told)) == (["line/fit"], ["line/regression"], "light")


def test_each_file_stands_once_before_what_imports_it_and_headings_have_something_below(told):
    found = cells(told, "line")
    assert [cell.about for cell in found if cell.kind == "code"] == [
        "", *(f"{told.root}/line/{name}.py" for name in ("data", "models/regression", "fit")), "line/fit"
    ]  # fmt: skip
    assert all(cell.source.startswith("%%module book.line.") for cell in found if cell.about.endswith(".py"))
    headings = [cell.source.split("\n")[0] for cell in found if cell.source.startswith("#")]
    assert headings == ["# A line", r"## Least squares of $\vx$", "### A fitted line", "### More"]


def test_macros_are_defined_in_the_colours_of_a_light_page_with_what_they_call(book):
    found = definitions(book, [r"$$ \vx $$"]).splitlines()
    assert found == [
        r"\newcommand{\pink}[1]{\textcolor[RGB]{197,13,129}{#1}}",
        r"\newcommand{\vect}[1]{\boldsymbol{#1}}",
        r"\newcommand{\vx}{\pink{\vect{x}}}",
    ]


def test_only_formulas_are_left_to_tex(book):
    assert markdown(book, r"5 % of $\alpha_1$ & s_y <b> \emph{x}") == r"5 % of $\alpha_1$ & s\_y \<b\> x"


def test_other_words_change_nothing_and_a_comment_in_the_code_does(book, project):
    before = cells(book, "line")
    project.edit("line/chapter.tex", "The method of least squares is old", "Least squares are old")
    assert cells(Book(book.root), "line") == before
    project.edit("line/fit.py", "import torch\n", "import torch  # for tensors\n")
    assert cells(Book(book.root), "line") != before


def test_a_book_elsewhere_is_the_package_book(book):
    assert Path(book.root) != Path("book")
    assert "%%module book.line.fit\n" in "\n".join(cell.source for cell in cells(book, "line"))
