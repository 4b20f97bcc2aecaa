"""An index, a list of symbols and what a text writes and reads again: in the language's order, in \\included chapters, too."""

import re

import pytest

import pdfs
from pipeline.tex.lists import unsorted

PREAMBLE = r"""
\usepackage[nomain,symbols]{glossaries}
\makeglossaries
\newglossaryentry{slope}{type=symbols,name={$a$},description={what a line rises by},sort=a}
\usepackage{amsthm,answers}
\newtheorem{theorem}{Theorem}[chapter]
\fortext{\newtheorem{exercise}{Exercise}[chapter]\Newassociation{solution}{Solution}{answers}}
"""
BOOK = r"""\makeindex
\mainmatter
\Opensolutionfile{answers}[answers]
\include{\bookdir/line/chapter}
\Closesolutionfile{answers}
\input{answers}
\references
\printglossary[type=symbols,title=Symbols]
\printindex
"""
CHAPTER = r"""
Squares\index{squares} of \index{Übung}\index{zero}an Ähre\index{Ähre} before a slope \gls{slope}\index{line}\index{angle}.
\begin{theorem}A line is straight.\end{theorem}
\begin{exercise}How long?
\begin{solution}
It is five.
\end{solution}
\end{exercise}
"""


@pytest.mark.slow
def test_a_book_has_an_index_a_list_of_symbols_and_answers(project):
    project.edit("preamble.tex", "% This book's", PREAMBLE + "% This book's")
    project.write("book.tex", BOOK)
    chapter = project.path("line/chapter.tex")
    chapter.write_text(chapter.read_text(encoding="utf-8") + CHAPTER, encoding="utf-8")
    project.make("light")
    text = " ".join(pdfs.text(project.build / "book-light.pdf", "-raw").split())  # one column after the other
    assert re.search(
        r"It is five\..*Bibliography.*Symbols.* what a line rises by.*Index.* Ähre, 1 angle, 1 line, 1 squares, 1 Übung, 1 zero, 1",
        text,
    )
    assert "Nothing to be done" in project.make("light").stderr


def test_what_is_sorted_is_what_has_entries(tmp_path):
    aux = tmp_path / "book.aux"
    aux.write_text("\\@newglossary{symbols}{slg}{sls}{slo}\n\\@newglossary{empty}{elg}{els}{elo}\n", encoding="utf-8")
    (tmp_path / "book.slo").write_text("an entry", encoding="utf-8")
    (tmp_path / "book.elo").touch()
    assert unsorted(aux) == [("slo", "sls", "book.ist")]
