"""A figure may refer to labels of its own; the book's come after its figures, and are refused with their line."""

import pikepdf
import pytest

from pipeline.errors.author import AuthorError
from pipeline.pdf.page import Page
from pipeline.tex.picture import compile_picture

LEGEND = r"""\begin{tikzpicture}
  \begin{axis}[legend to name=names, width=36bp, height=36bp, hide axis]
    \addplot[draw=target] coordinates {(0,0) (1,1)};\label{line}
    \addlegendentry{a line}
  \end{axis}
  \node[anchor=west] at (2,0.5) {\ref{names} is \ref{line}};
\end{tikzpicture}"""

PACKAGED = r"\csname @setref\expandafter\endcsname\expandafter\relax\csname @firstoftwo\endcsname{as packages do}"


@pytest.fixture
def compiled(book):
    source, target = book.build / "picture.tex", book.build / "out.pdf"

    def compile_tikz(text):
        source.write_text(text, encoding="utf-8")
        compile_picture(book, "light", source, target, "line/fit.tex.j2", preloaded=book.format("light"))
        with pikepdf.open(target) as pdf:
            return Page(pdf.pages[0]).paints

    return compile_tikz


def test_labels_of_its_own(compiled):
    drawn = compiled(LEGEND)
    assert [p.colour for p in drawn if p.kind == "line"] == [drawn[1].colour] * 3  # the plot, in the legend, and named


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (r"see \ref{eq:loss}", "the figure has no label 'eq:loss'"),
        (r"see \eqref{eq:loss}", "the figure has no label 'eq:loss'"),
        (r"see \pageref{ch:line}", "the figure has no label 'ch:line'"),
        (r"\cite[p.~1]{gauss1809}", "the figure cannot cite 'gauss1809'"),
        (PACKAGED, "the figure has no label 'as packages do'"),
        (r"\label{a}\pageref{a}", "A figure does not know its page"),
        (r"page \thepage", "A figure does not know its page"),
        (r"\citep{gauss1809}", r"there is no macro \citep"),
        (r"\autoref{ch:line}", r"there is no macro \autoref"),
    ],
)
def test_the_books_are_refused(book, compiled, text, message):
    with pytest.raises(AuthorError) as error:
        compiled(f"\\begin{{tikzpicture}}\n  \\node {{{text}}};\n\\end{{tikzpicture}}")
    assert str(error.value) == f"{book.build}/picture.tex:2: {message}"
    assert "say it in the caption or the text" in error.value.hint
