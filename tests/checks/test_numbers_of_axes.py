"""Numbers of axes that run into each other, and that are spaced unlike what they say."""

import pytest

import tiny
from pipeline.checks.axes import fits, linear, ticks
from pipeline.checks.finding import Unread
from pipeline.checks.promises import PROMISES
from pipeline.pdf.document import Document
from pipeline.pdf.page import Page

PAPER = "1 g 0 0 100 100 re f "


def tick(axis, x, y, label):
    """The label of a tick, as the stylesheet marks it, its letters as high as an x and half as wide as high."""
    return f"/Tick <</Axis ({axis})>> BDC 0 g BT /F 10 Tf {x} {y} Td ({label}) Tj ET EMC "


def found(name, *labels):
    with tiny.pdf(PAPER + "".join(labels)) as made:
        document = Document("fit.pdf", "line/fit", made, [Page(made.pages[0])], template="fit.tex.j2")
        promise = next(each for each in PROMISES if each.name == name)
        record = promise.kept(None, [document], unread := Unread())
        assert not unread.found
    return [finding.what.partition(" at ")[0] for finding in record["breaches"] + record["notes"]]


@pytest.mark.parametrize(
    ("labels", "apart"),
    [
        ([("1 x", 20, 20, "2"), ("2 x", 27, 20, "-2")], "2.0"),  # reads as 2 - 2; a word space is 2.5
        ([("1 x", 20, 20, "2"), ("2 x", 28, 20, "-2")], None),
        ([("1 x", 20, 20, "20"), ("1 x", 29, 20, "30")], "-1.0"),
        ([("1 y", 20, 20, "1"), ("1 y", 20, 23, "2")], "-1.0"),  # one above the other
        ([("1 y", 20, 20, "1"), ("1 y", 20, 25, "2")], None),
        ([("1 x", 20, 20, "2"), ("1 x", 20, 20, "2")], None),  # a tick that is asked for twice
        ([("1 x", 20, 20, "0"), ("1 y", 14, 28, "0")], None),  # at the corner
        ([("1 x", 20, 20, "0) Tj 0.7 0.7 -0.7 0.7 24 20 Tm (1"), ("1 x", 30, 20, "2")], None),  # on the slant
    ],
)
def test_numbers_that_collide(labels, apart):
    assert found("neighbours", *(tick(*label) for label in labels)) == (
        [f"two numbers {apart} pt apart"] if apart else []
    )


@pytest.mark.parametrize(
    ("values", "off"),
    [
        ([(0, 10), (1, 30), (2, 50), (3, 70)], None),
        ([(1, 10), (10, 40), (100, 70)], None),  # by the logarithm
        ([(0, 10), (1, 30), (2, 50), (25, 70)], 35),  # equal bands of unequal levels
        ([(0, 10), (0.1, 30), (1, 50), (10, 70)], 34),
        ([(0, 10), (1, 31), (2, 50)], None),  # as exactly as labels stand
        ([(0, 10), (5, 70)], None),
        ([(24, 10), (28, 40), (1, 70), (5, 100)], None),  # days, where a month ends
    ],
)
def test_a_scale_whose_numbers_are_spaced_unlike_what_they_say(values, off):
    labels = [tick("1 y", 20, y, value) for value, y in values]
    said = [f"numbers of the y axis, up to {off} pt from where they belong"] if off else []
    assert found("scales", *labels) == said


def test_words_are_no_numbers():
    assert (
        found("scales", *(tick("1 y", 20, y, word) for word, y in (("one", 10), ("two", 12), ("ten", 50), ("3", 70))))
        == []
    )


@pytest.mark.parametrize(
    ("label", "value"),
    [("(12)", 12), ("(0.5)", 0.5), ("(10) Tj 5 0 Td /F 7 Tf (3)", 1000), ("(a)", None), ("<00> Tj (2)", -2)],
)
def test_what_a_label_says(label, value):
    content = f"/Tick <</Axis (1 x)>> BDC 0 g BT /F 10 Tf 20 20 Td {label} Tj ET EMC "
    with tiny.pdf(PAPER + content) as made:
        assert [each.value for each in ticks(Page(made.pages[0]))] == [value]


def test_a_slanted_axis_is_measured_along_itself():
    labels = "".join(tick("1 x", 10 + 20 * k, 10 + 10 * k, k) for k in range(4))
    with tiny.pdf(PAPER + labels) as made:
        shown = ticks(Page(made.pages[0]))
        assert min(fits(shown)) == pytest.approx(0, abs=1e-9) and linear(shown) == pytest.approx(1 / 500**0.5)
