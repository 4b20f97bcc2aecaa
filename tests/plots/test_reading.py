"""How pictures are read: where options end."""

import pytest

from pipeline.plots.reading import bracket


@pytest.mark.parametrize(
    "options",
    [
        "[]",
        "[[x], y]",
        r"[xticklabel=\wordlabel{{\strut (0, 1]}{\strut (1, 2]}}, ymin=0]",
        r"[a={\]\{]}, b={[}]",
        "[a % ] an end?\n , b]",
        r"[a=\[, b={\%]}]",
    ],
)
def test_options_end_at_a_bracket_outside_of_braces(options):
    assert bracket(f"x{options} y]", 1) == options


def test_options_that_do_not_end_are_none():
    assert [bracket(text, 0) for text in ("a]", "[a", "[a}]", "[a={]")] == [""] * 4
