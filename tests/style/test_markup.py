"""Titles with formulas and macros: as TeX and as plain text."""

import pytest

from pipeline.style.markup import as_tex, heading, plain


@pytest.mark.parametrize(
    ("text", "tex", "words"),
    [
        ("50% & #1_{x}", r"50\% \& \#1\_\{x\}", "50% & #1_{x}"),
        (r"$\alpha \leq x_1$ of \emph{A & B}", r"$\alpha \leq x_1$ of \emph{A \& B}", "α ≤ x_1 of A & B"),
        (r"G\"odel \& K\"{o}nig's ñ", r"G\"odel \& K\"{o}nig's ñ", "Gödel & König's ñ"),
        ("costs $5 and $6", r"costs \$5 and \$6", "costs $5 and $6"),
        (r"$\mathbb{R}^2\to\hat{x}$", r"$\mathbb{R}^2\to\hat{x}$", "ℝ^2→x\u0302"),
        (r"$\frac{a}{b}$ of 5\,km", r"$\frac{a}{b}$ of 5\,km", "a/b of 5 km"),
        (r"\textcopyright{} 2026", r"\textcopyright{} 2026", "© 2026"),
        (r"\textbf{\emph{a} and $\Gamma$}", r"\textbf{\emph{a} and $\Gamma$}", "a and Γ"),
        ("Straße", "Straße", "Straße"),
    ],
)
def test_markup(text, tex, words):
    assert as_tex(text) == tex
    assert plain(text) == words


def test_a_macro_that_nobody_knows_is_its_name_or_what_it_is_given():
    assert plain(r"All of $\vx$ and \house{it}") == "All of vx and it"


def test_the_books_own_macros_are_what_they_stand_for():
    assert plain(r"All of $\vx$", lambda tex: tex.replace(r"\vx", r"\pink{\bm{x}}")) == "All of x"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("% \\chapter{No}\n\\chapter{A line}\\label{x}\n\\chapter{B}", "A line"),
        (r"\chapter[Short {[}]{Long \emph{nested {deep}} title}", r"Long \emph{nested {deep}} title"),
        ("\\chapter*{Over\n  two lines}", "Over two lines"),
        (r"\section{None}", None),
    ],
)
def test_the_title_of_a_chapter(text, title):
    assert heading(text) == title
