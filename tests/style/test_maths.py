"""Which macros are for maths, and what their lines say that they mean."""

import pytest

from pipeline.style.maths import mathematical, said, symbols, tones
from pipeline.style.sheets import Line
from pipeline.style.stylesheet import Stylesheet

SHEET = r"""
\colour{pink}{FCCDE5}{C50D81}{}
\role{input}{pink}  % what is given
\role{seen}{pink}   % and seen
\role{link}{pink}
\newcommand{\gap}{8pt}  % between panels
\newcommand{\vect}[1]{\bm{#1}}
\newcommand{\vx}{\pink{\vect{x}}}  % the input, 5 \% of it
\newcommand{\vs}{\vect{s}}    % the output
\newcommand{\vz}[1][]{\pink{z_{#1}}}  % a latent
\newcommand{\half}[2]{\frac{#1}{#2}}  % a share
\newcommand{\tr}{^{\top}}  % the transpose
\newcommand{\best}{\operatorname{best}}  % the best
\newcommand{\plain}{p}
"""


@pytest.fixture
def sheet():
    lines = [Line(text, "preamble.tex", k, False) for k, text in enumerate(SHEET.splitlines(), 1)]
    return Stylesheet(SHEET, r"\newcommand{\palette}{dark}"), lines


def test_symbols_are_macros_for_maths_that_say_what_they_mean(sheet):
    assert [tuple(symbol) for symbol in symbols(*sheet)] == [
        ("vx", r"the input, 5 \% of it", "pink", "inside", 0),
        ("vs", "the output", "", "group", 0),
        ("vz", "a latent", "pink", "before", 0),
        ("half", "a share", "", "before", 2),
        ("tr", "the transpose", "", "behind", 0),
        ("best", "the best", "", "before", 0),
    ]


def test_what_colours_are_for_is_what_their_roles_are_for(sheet):
    assert tones(*sheet) == {"pink": ["what is given", "and seen"]}


def test_what_stands_in_a_file_for_tex_alone_is_no_symbol(sheet):
    style, lines = sheet
    hidden = [Line(line.text, line.file, line.number, True) for line in lines]
    assert [*symbols(style, hidden)] == [] and tones(style, hidden) == {}


def test_lengths_and_what_sets_type_are_not_for_maths(sheet):
    assert {"vx", "plain"} < mathematical(sheet[0]) and "gap" not in mathematical(sheet[0])


@pytest.mark.parametrize(
    ("line", "comment"),
    [("x % y", "y"), ("x", ""), (r"50 \% z", ""), ("% a line of its own", ""), ("x%", ""), (r"\\% y % z", "y % z")],
)
def test_a_comment_at_the_end_of_a_line(line, comment):
    assert said(line) == comment
