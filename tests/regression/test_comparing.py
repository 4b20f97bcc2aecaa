"""Golden tables: what is compared, and how each change is told."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.errors.author import AuthorError
from pipeline.regression.comparing import Tolerances, compare, dump, load
from pipeline.regression.thinning import keep
from pipeline.table import Arrows, Bars, Curve, Path2D, Points, Region

AXIS = np.linspace(-1, 1, 200)
NO_FILE = Path("no such file")


def band(left, right):
    return Region.inside([np.array([[left, -1], [right, -1], [right, 1], [left, 1], [left, -1]])])


def tables(**changes):
    return {
        "curve": Curve(AXIS, sine=np.sin(AXIS), flat=np.full(200, 5.0)),
        "line": Path2D([np.column_stack([AXIS, AXIS**2])]),
        "side-0": band(-1, 1),
        "side-1": band(0, 1),
    } | changes


VALUES = {"count": 3, "share": 0.25, "ends": [[0.0, 1.0], [1.0, 0.0]], "none": []}


def changes(found=None, values=VALUES, rules=NO_FILE):
    """What has changed from tables() and VALUES, as lines, beyond the tolerances."""
    old = keep(tables()), VALUES
    return [
        str(c) for c in compare("a/b", old, (keep(found or tables(), old[0]), values), Tolerances(rules)) if c.beyond
    ]


def test_a_golden_file_reads_as_it_was_written(tmp_path):
    path = tmp_path / "b.txt"
    path.write_text(dump(keep(tables()), VALUES), encoding="utf-8")
    kept, values = load(path)
    assert dump(kept, values) == path.read_text(encoding="utf-8") and values == VALUES
    compared = compare("a/b", (kept, values), (keep(tables(), kept), VALUES), Tolerances(NO_FILE))
    assert [c.column for c in compared] == [
        "a/b/curve.x", "a/b/curve.sine", "a/b/curve.flat", "a/b/line.x", "a/b/line.y", "a/b/side-*.x", "a/b/side-*.y", "a/b/side-*.cells",
        "a/b/values.count", "a/b/values.ends", "a/b/values.share",
    ]  # fmt: skip
    assert not any(c.beyond for c in compared)


@pytest.mark.parametrize("damage", ["<<<<<<< HEAD\n", "row 7: 1 x 2\n", "\n\n"])
def test_a_damaged_golden_file_is_named(tmp_path, damage):
    path = tmp_path / "b.txt"
    text = dump(keep(tables()), VALUES)
    middle = text.index("row 6")
    path.write_text(text[:middle] + damage + text[middle:], encoding="utf-8")
    with pytest.raises(AuthorError, match=r"b.txt is no golden file, or a damaged one"):
        load(path)


@pytest.mark.parametrize(
    ("found", "line"),
    [
        ({"curve": Curve(AXIS, sine=np.where(AXIS == 1, 0.5, np.sin(AXIS)), flat=np.full(200, 5.0))},
         "a/b/curve.sine: row 199 0.841471 → 0.5 (by 0.34, allowed 1.7e-05)"),
        ({"curve": Curve(AXIS, sine=np.sin(AXIS), flat=np.full(200, 5.0001))},
         "a/b/curve.flat: least 5 → 5.0001 (by 0.0001, allowed 5e-05)"),
        ({"curve": Curve(AXIS[1:], sine=AXIS[1:], flat=AXIS[1:])},
         "a/b/curve: Curve, 200 rows of x, sine, flat → Curve, 199 rows of x, sine, flat"),
        ({"curve": Curve(AXIS, cosine=AXIS, flat=AXIS)},
         "a/b/curve: Curve, 200 rows of x, sine, flat → Curve, 200 rows of x, cosine, flat"),
        ({"side-2": band(0.5, 1)}, "a/b/side-*: Region, 2 of them of x, y → Region, 3 of them of x, y"),
        ({"side-1": band(0.1, 1)}, "a/b/side-*.cells: share of the picture that changed (by 0.05, allowed 1e-05)"),
        ({"more": Points([0], [0])}, "a/b/more: it is new"),
    ],
)  # fmt: skip
def test_each_change_is_told_by_its_column(found, line):
    assert changes(tables(**found)) == [line]


def test_rows_that_are_not_kept_show_in_the_statistics():
    sine = np.sin(AXIS)
    sine[100] += 0.1  # between two kept rows
    assert changes(tables(curve=Curve(AXIS, sine=sine, flat=np.full(200, 5.0))))[0].endswith(
        "→ 0.0005 (by 0.0005, allowed 1.7e-05)"
    )


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"count": 4}, "a/b/values.count: 3 → 4 (by 1, allowed 3e-05)"),
        ({"share": float("nan")}, "a/b/values.share: 0.25 → nan"),
        ({"ends": [[0, 1], [1, 0.5]]}, "a/b/values.ends: number 1, 1 0 → 0.5 (by 0.5, allowed 1e-05)"),
        ({"ends": [0, 1]}, "a/b/values.ends: [[0.0, 1.0], [1.0, 0.0]] → [0, 1]"),
        ({"extra": 1}, "a/b/values.extra: it is new"),
    ],
)
def test_values_are_compared_one_by_one(values, line):
    assert changes(values=VALUES | values) == [line]


def test_what_is_gone_is_missed():
    found = {name: table for name, table in tables().items() if name != "line"}
    assert changes(found, {key: value for key, value in VALUES.items() if key != "count"}) == [
        "a/b/line: it is gone", "a/b/values.count: it is gone",
    ]  # fmt: skip


def test_a_column_that_is_nought_must_stay_so():
    old = keep({"arrow": Arrows([0], [0], [1], [2])})
    new = keep({"arrow": Arrows([1e-9], [0], [1], [2])})
    beyond = [c.column for c in compare("a/b", (old, {}), (new, {}), Tolerances(NO_FILE)) if c.beyond]
    assert beyond == ["a/b/arrow.x"]


def test_the_first_tolerance_that_fits_decides(tmp_path):
    rules = tmp_path / "tolerances.yaml"
    rules.write_text(
        "a/b/curve.sine: {spread: 0.1, why: noise}\na/b/curve.*: {absolute: 0.2, why: noise}\n", encoding="utf-8"
    )
    off = {"sine": np.sin(AXIS) + 0.15, "flat": np.full(200, 5.15)}
    assert changes(tables(curve=Curve(AXIS, **off)), rules=rules) == []
    assert changes(tables(curve=Curve(AXIS, **off | {"flat": np.full(200, 5.3)})), rules=rules) == [
        "a/b/curve.flat: least 5 → 5.3 (by 0.3, allowed 0.2)"
    ]
    assert len(changes(tables(curve=Curve(AXIS, **off | {"sine": np.sin(AXIS) + 0.3})), rules=rules)) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a/b/*: {spread: 0.1}", r"tolerances.yaml: 'a/b/\*' has spread; it needs spread or absolute, and why"),
        ("a/b/*: {spread: 0.1, absolute: 1, why: both}", r"'a/b/\*' has spread, absolute, why; it needs"),
        ("a/b/*: {within: 0.1, why: noise}", r"'a/b/\*' has within, why; it needs"),
        ("a: 1\nb: {spread: [}", r"tolerances.yaml:2: "),
    ],
)
def test_a_tolerance_has_a_kind_and_a_reason(tmp_path, text, message):
    (tmp_path / "tolerances.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(AuthorError, match=message):
        Tolerances(tmp_path / "tolerances.yaml")


def test_words_and_dates_are_the_same_or_not(tmp_path):
    """A bar's number may stay what it is while its name becomes another."""
    path, begun = tmp_path / "b.txt", {"best": "a: b", "begun": {"date": "2025-01-31"}}
    path.write_text(dump(keep({"bars": Bars(["figs", "two: |pears"], n=[1, 2])}), begun), encoding="utf-8")
    golden = load(path)
    for names, values, lines in (
        (["figs", "two: |pears"], begun, []),
        (["figs", "plums"], begun, ["a/b/bars.x: figs, two: |pears → figs, plums"]),
        (["figs", "two: |pears"], begun | {"best": "b"}, ["a/b/values.best: a: b → b"]),
    ):
        found = keep({"bars": Bars(names, n=[1, 2])}, golden[0]), values
        assert [str(c) for c in compare("a/b", golden, found, Tolerances(NO_FILE)) if c.beyond] == lines
