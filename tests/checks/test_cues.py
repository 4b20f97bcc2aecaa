"""What tells two roles apart besides their colours."""

import pytest

from pipeline.checks.cues import Role, alike, cue, looks, outline
from pipeline.pdf.page import Paint

RED, GREEN = "#A52A33", "#4B720E"  # of nearly one lightness, as the palette's light column has them


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((), (), True),
        ((), (3, 2), False),
        ((3, 2), (3, 3), True),  # nobody sees that
        ((3, 2), (1, 2), False),
        ((3, 3), (3, 2, 1, 2), False),
    ],
)
def test_dashes(one, other, expected):
    assert alike(("line", one), ("line", other)) is expected
    assert not alike(("line", one), ("area", ()))


def mark(how, *paths):
    return "mark", outline((how, *paths))


SQUARE = ((0, 0), (20, 0), (20, 20), (0, 20), (0, 0))
DIAMOND = ((0, 0), (10, 10), (0, 20), (-10, 10), (0, 0))
CIRCLE = ((0, 0), (-3, 7), (-10, 10), (-17, 7), (-20, 0), (-17, -7), (-10, -10), (-3, -7), (0, 0))


def test_marks_differ_in_form_not_in_size():
    small = tuple((x / 2, y / 2) for x, y in CIRCLE)
    assert alike(mark("f", CIRCLE), mark("B", small))
    forms = [
        mark("f", CIRCLE),
        mark("S", CIRCLE),
        mark("f", SQUARE),
        mark("f", DIAMOND),
        mark("S", SQUARE[::2], SQUARE[1:4:2]),
    ]
    assert [(k, j) for k in range(5) for j in range(k) if alike(forms[k], forms[j])] == []


def test_the_tip_of_an_arrow_belongs_to_its_line():
    tip = {"shape": ("f", DIAMOND), "box": (9, 0, 11, 2)}
    line = Paint("line", (1, 0, 0), (0, 1, 10, 1))
    assert [look for _, _, look in looks([line, Paint("mark", (1, 0, 0), **tip)])] == [("line", ())]
    assert len(list(looks([line, Paint("mark", (0, 0, 1), **tip)]))) == 2


def test_a_label_counts_where_it_stands_by_what_it_names():
    def role(*texts):
        return Role("a", RED, {("line", ()): {RED}}, [("line", (0, 0, 100, 50))], list(texts))

    assert cue(role(), role((105, 20, 115, 28)))[0] == "label"
    assert cue(role(), role((130, 20, 140, 28)))[0] is None
    assert cue(role(), Role("type", GREEN, texts=[(0, 0, 9, 9)]))[0] == "type"
