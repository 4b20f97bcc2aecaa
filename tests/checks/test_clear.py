"""Lines through letters, lines behind labels' boxes, and type too near to a frame: each fault, and what is right."""

import pytest

import tiny
from pipeline.checks.finding import Unread
from pipeline.checks.labels import labels
from pipeline.checks.promises import PROMISES
from pipeline.pdf.document import Document
from pipeline.pdf.page import Page

PAPER = "1 g 0 0 100 100 re f "
LABEL = "0 g BT /F 10 Tf 20 20 Td (abc) Tj ET "  # letters from (20, 20) to (35, 24), as high as an x
HALO = "1 G 2 w 0 g BT 2 Tr /F 10 Tf 20 20 Td (abc) Tj 0 Tr ET "
BOX = "1 g 18 18 19 8 re f "
OTHER = LABEL.replace("0 g", "0.4 g")
LINE = "0 G 1 w 5 22 m 95 22 l S "
DOTS = "0 G [1 2.5] 0 d 1 w 5 22 m 95 22 l S [] 0 d "


def found(name, content):
    """(what a promise says of a figure, its notes)."""
    with tiny.pdf(PAPER + content) as made:
        document = Document("fit.pdf", "line/fit", made, [Page(made.pages[0])], template="fit.tex.j2")
        promise = next(each for each in PROMISES if each.name == name)
        record = promise.kept(None, [document], unread := Unread())
        assert not unread.found
    return [finding.what.partition(" at ")[0] for finding in record["breaches"] + record["notes"]]


@pytest.mark.parametrize(
    ("content", "amount"),
    [
        (LINE + LABEL, "15.1"),
        (LABEL + LINE, "15.1"),
        (HALO + LABEL + LINE, "15.1"),  # upon the halo
        (LINE + HALO + LABEL, None),
        (LINE + HALO.replace("1 G", "0.8 G") + LABEL, None),  # in the colour of what is below it
        (LINE + BOX + LABEL, None),
        ("0 G 1 w 5 26 m 95 26 l S " + LABEL, None),  # above an x
        ("0 G 1 w 36 5 m 36 95 l S " + LABEL, None),
        ("0 G 1 w 22 5 m 22 95 l S " + LABEL, "4.0"),
        ("1 G 1 w 5 22 m 95 22 l S " + LABEL, None),  # in the paper's colour
        ("0.5 g 0 G 1 w 10 10 40 12 re B " + LABEL, "15.1"),  # the outline of an area
        ("q 0 0 10 100 re W n " + LINE + "Q " + LABEL, None),  # clipped
        (DOTS + LABEL, None),
    ],
)
def test_a_line_through_letters(content, amount):
    said = [f"{amount} pt of a line in the letters of 'abc'"] if amount else []
    assert found("letters", content) == said


@pytest.mark.parametrize(("content", "told"), [(DOTS + LABEL, 1), (DOTS + HALO + LABEL, 0), (LINE + LABEL, 0)])
def test_a_line_of_a_grid_through_letters_is_a_note(content, told):
    assert len(found("letters on a grid", content)) == told


@pytest.mark.parametrize(
    ("content", "amount"),
    [
        (LINE + BOX + OTHER, "18.5"),
        (LINE + LABEL, None),
        (BOX + LINE + LABEL, None),  # upon it
        (BOX + LABEL + LINE, None),
        (DOTS + BOX + LABEL, None),
        ("1 0 0 RG 1 w 5 22 m 95 22 l S " + BOX + LABEL.replace("0 g", "1 0 0 rg"), None),  # its own name
        ("1 0 0 RG 1 w 25 5 m 25 95 l S " + BOX + LABEL.replace("0 g", "1 0 0 rg"), "7.4"),  # which crosses it
        ("0 G 1 w 5 22 m 28 22 l S " + BOX + LABEL, None),  # leads to the label, and ends there
        (LINE + "1 g 5 5 90 90 re f " + LABEL, None),  # a panel
        (LINE + "0.5 g 18 18 19 8 re f " + LABEL, None),  # a node
        (LINE + "1 g 18 18 19 8 re f 1 g 50 18 19 8 re f " + OTHER, "18.5"),  # no label on the second
    ],
)
def test_a_line_behind_a_label_s_box(content, amount):
    said = [f"{amount} pt of a line behind the box of 'abc'"] if amount else []
    assert found("hidden lines", content) == said


@pytest.mark.parametrize(
    ("content", "apart"),
    [
        ("0 G 0.4 w 5 19.5 m 95 19.5 l S ", "0.3"),
        ("0 G 0.4 w 5 18.5 m 95 18.5 l S ", None),
        ("0 G 0.4 w 10 10 60 9.6 re S ", "0.2"),  # a frame
        ("0 G 0.4 w 35.5 5 m 35.5 95 l S ", "0.3"),
        ("0 G 0.4 w 25 19.5 m 35 19.5 l S ", None),  # short, such as a fraction's bar
        ("0 G [3 2] 0 d 0.4 w 5 19.5 m 95 19.5 l S ", None),  # a reference
        ("0 G 0.4 w 5 19 m 95 20 l S ", None),  # neither upright nor level
    ],
)
def test_type_by_a_frame(content, apart):
    said = [f"'abc' is {apart} pt from a line"] if apart else []
    assert found("room", content + LABEL) == said


def test_what_is_set_as_one_is_one_label():
    pieces = LABEL + "BT /F 10 Tf 38 20 Td (d) Tj ET BT /F 10 Tf 60 20 Td (e) Tj ET "
    with tiny.pdf(PAPER + HALO + pieces) as made:
        assert [(label.words, label.haloed) for label in labels(Page(made.pages[0]))] == [
            ("'abcd'", False),
            ("'e'", False),
        ]


def test_faults_of_one_line_are_told_by_the_worst():
    many = "0 g " + "".join(f"BT /F 10 Tf {x} 20 Td ({'ab'[:k]}) Tj ET " for k, x in ((1, 20), (2, 60)))
    assert found("letters", LINE + many) == ["10.0 pt of a line in the letters of 'ab'"]
