"""What is a comment in TeX, and what is a percent sign."""

import pytest

from pipeline.style.comments import without_comments


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (r"a % b", "a "),
        (r"5\% of it", r"5\% of it"),
        (r"a \\% a comment after a line's end", r"a \\"),
        (r"a \\\% b", r"a \\\% b"),
        ("a % b\nc % d", "a \nc "),
        ("%", ""),
    ],
)
def test_a_percent_sign_after_an_odd_number_of_backslashes_is_text(text, left):
    assert without_comments(text) == left
