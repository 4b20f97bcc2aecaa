"""What tells two roles apart besides their colours."""

import pytest

from pipeline.checks.cues import Role, alike, cue, labels, legended, looks, outline, panels, placed
from pipeline.pdf.page import Paint
from pipeline.pdf.ticks import TickLabel

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


def line(axis, *box):
    return Paint("line", (1, 0, 0), box, axis=axis)


def test_panels_are_axes_and_those_that_overlap():
    left, right, second = line(1, 0, 0, 100, 80), line(2, 120, 0, 220, 80), line(3, 10, 10, 90, 70)
    arrow, label, apart = line(None, 90, 40, 130, 40), line(None, 50, 90, 60, 99), line(None, 300, 0, 310, 9)
    assert panels([left, right, arrow, second, label, apart]) == [[right, arrow], [left, arrow, second], [label, apart]]
    assert panels([arrow, label]) == [[arrow, label]]
    assert panels([line(1, 0, 0, 100, 80), line(2, 100, 0, 200, 80)])[1:] != []  # a rim in common


def ticks(*places, axis="1 x"):
    """Type of tick labels, each of two strings."""
    found = []
    for place in places:
        label = TickLabel(axis)
        found += [Paint("text", (0,), (place - 6 + 6 * k, -10, place + 6 * k, -2), tick=label) for k in (0, 1)]
    return labels(found)


def bars(*places, kind="area", width=16):
    return Role("a", RED, {(kind, ()): {RED}}, [(kind, (x - width / 2, 0, x + width / 2, 50)) for x in places])


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (bars(20), bars(60), True),
        (bars(20, 100), bars(60), True),
        (bars(20), bars(20), False),
        (bars(20, 60), bars(60, 100), False),
        (bars(40), bars(60), False),  # it stands between two
        (bars(20, kind="line"), bars(60, kind="line"), False),
        (bars(20), bars(60, width=90), False),
    ],
)
def test_a_box_over_its_own_tick_label_is_told_by_its_place(one, other, told):
    assert placed(one, other, ticks(20, 60, 100), []) == told
    assert not placed(one, other, ticks(20), []) and not placed(one, other, [], [])


def test_a_legends_sample_does_not_move_a_box_from_its_place():
    one = bars(20)
    one.drawn.append(("area", (130, 60, 140, 66)))
    assert placed(one, bars(60), ticks(20, 60), [(145, 59, 190, 67)])
    assert not placed(one, bars(60), ticks(20, 60), [])


def test_a_legend_has_a_sample_and_type_in_its_row():
    def role(*box):
        return Role("a", RED, {("line", ()): {RED}}, [("line", box)])

    text = [(130, 16, 170, 24)]
    assert legended(role(100, 20, 120, 20), text)
    assert not legended(role(100, 30, 120, 30), text)  # in another row
    assert not legended(role(100, 0, 120, 60), text) and not legended(role(20, 20, 40, 20), text)
