"""The nearest macro to a misspelt one, by what TeX has read."""

import pytest

from pipeline.tex.macros import advice, closest, distance, names


@pytest.mark.parametrize(
    ("a", "b", "far"),
    [("emph", "emph", 0), ("emhp", "emph", 1), ("citp", "citep", 1), ("vxx", "vx", 1), ("ab", "ba", 1)],
)
def test_distance(a, b, far):
    assert distance(a, b) == distance(b, a) == far


def test_of_words_as_near_the_authors_own_comes_first():
    assert closest("vxx", {"vex", "vxy"}, {"vx"}) == "vx"
    assert closest("nosuch", {"section", "emph"}) is None
    assert closest("emph", {"emph", "emp"}) == "emp"  # never itself


def test_what_sources_define():
    tex = r"\newcommand{\one}{x}\def\two@x{}\def\three{}\DeclareMathSymbol{\four}{}\let\endthree\relax\newenvironment{five}{}{}"
    assert names(tex, environment=False) == {"one", "three", "four", "endthree"}
    assert names(tex, environment=True) == {"three", "five"}


def test_latexs_own_are_known():
    assert advice("emhp", "", "", []) == r"\emph"
    assert advice("alhpa", "", "", []) == r"\alpha"
    assert advice("itemzie", "", "", [], environment=True) == r"\begin{itemize}"
    assert advice("nosuchmacroofall", "", "", []) == "define it in the book's preamble.tex"
