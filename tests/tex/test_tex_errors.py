"""TeX's log: the first error in it, what a reader would stumble over, and where braces go wrong."""

import pytest

from pipeline.tex.errors import complaints, first_error, unbalanced


def test_small_excess_is_no_complaint_and_a_page_is_named():
    log = "<<<a/b.tex\nOverfull \\hbox (0.9pt too wide) in paragraph at lines 1--2\n<<</c.tex\n>>>\n"
    assert complaints(log, [], [], []) == []
    log += "Overfull \\vbox (2.5pt too high) has occurred while \\output is active []\n\n [3"
    assert list(map(str, complaints(log, [], [], []))) == ["a/b.tex: a box is 2.5 pt too high, on page 3"]


@pytest.mark.parametrize(
    ("log", "what"), [("! TeX capacity exceeded\n", "TeX capacity exceeded"), ("a\nb\n", "b"), ("", "TeX said nothing")]
)
def test_a_log_without_a_place(log, what):
    assert first_error(log) == (None, None, what)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a{b}\\{ % {\n\\begin{x*}\\end{x*}", None),
        ("{\n{}\n", (1, "this { is not closed")),
        ("{}\n}", (2, "this } closes nothing")),
        ("\\begin{a}\n{\n\\end{a}", (2, "this { is not closed")),
        ("{\\begin{a}\n}", (1, r"\begin{a} has no \end{a}")),
        ("\\begin{a}\n\\begin{b}\n\\end{a}", (2, r"\begin{b} has no \end{b}")),
    ],
)
def test_where_braces_and_environments_go_wrong(text, fault):
    assert unbalanced(text) == fault
