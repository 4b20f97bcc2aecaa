"""Tables: what is dumped is what is read, by the pipeline and by PGFPlots; geometry against closed forms."""

import datetime as dt
import json
import math

import numpy as np
import pytest
import torch
from matplotlib.path import Path as Outline

from pdfs import colours
from pipeline.errors.author import AuthorError
from pipeline.table import (
    TYPES,
    Arrows,
    Bars,
    Boxes,
    Cells,
    Contours,
    Curve,
    ErrorBars,
    Field,
    Graph,
    Histogram,
    Image,
    Path2D,
    Path3D,
    Points,
    Region,
    Tabular,
    Values,
    Violins,
    read,
)  # fmt: skip
from pipeline.templating.environment import printed
from pipeline.tex.picture import compile_picture

AXIS = np.linspace(-2, 2, 41)
STEP = AXIS[1] - AXIS[0]
BOWL = AXIS**2 + AXIS[:, None] ** 2
LABELS = {"x": r"$\cx_1$: the first", "y": r"$\cy$"}
TABLES = [
    Points(torch.tensor([1 / 3, -2e-9]), torch.tensor([12345.678, 0.0]), LABELS, arm=[2**40 + 1, -7]),
    Curve([1, 2, 3], LABELS, mean=[0.1, 1e3, -1e-30], spread=[1.5, 2.5, 3.5]),
    Path2D([np.eye(2), [[0.5, 0.25], [1, 2], [3, 4]]], LABELS),
    Field(AXIS[:4], AXIS[:3], BOWL[:3, :4], LABELS),
    Contours(AXIS, AXIS, BOWL, [1, 2], LABELS),
    Region(AXIS, AXIS, BOWL, 1, 2, LABELS),
    Arrows([0, 1], [0, 1], [0.5, 1], [1 / 7, -1], LABELS),
    Bars([1, 2], LABELS, train=[0.9, 0.8], test=[0.7, 0.6]),
    Image(np.eye(3), LABELS),
    Cells([[1, 2], [3, 4]], ["one", "other"], labels=LABELS),
    Tabular(LABELS, [1], x=["one", "other"], y=[1.5, 2]),
    Graph([("one", "other")], labels=LABELS),
    ErrorBars([1, 2], [1, 2], lower=[0.5, None], upper=[1.25, 7 / 3], labels=LABELS),
    Histogram({"one": AXIS, "two": AXIS**2}, LABELS, bins=[-2, -1, 0, 4]),
    Boxes({"Ann": AXIS, "Bob: the second": AXIS**3}, LABELS),
    Violins({"Ann": AXIS, "Bob": AXIS**3}, LABELS),
    Path3D([np.eye(3), [[0.5, 0.25, 7], [1, 2, 3]]], LABELS),
]


def area(table):
    """What a table's outlines enclose, by the shoelace formula; holes turn the other way."""
    rings = [(table.x[p], table.y[p]) for p in table.pieces()]
    return sum(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)) for x, y in rings) / 2


def test_every_type_is_among_the_examples():
    assert {type(table).__name__ for table in TABLES} == set(TYPES)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: type(t).__name__)
def test_what_is_dumped_is_read(table, tmp_path):
    (tmp_path / "table.dat").write_text(table.dump(), encoding="utf-8")
    copy = read(tmp_path / "table.dat")
    assert (type(copy), copy.labels, copy.breaks) == (type(table), table.labels, table.breaks)
    assert (copy.words, copy.traits) == (table.words, list(table.traits))
    assert list(copy.columns) == list(table.columns)
    for name, column in table.columns.items():
        if column.dtype.kind == "i":
            assert copy.columns[name].tolist() == column.tolist()
        else:
            np.testing.assert_allclose(copy.columns[name], column, rtol=5.1e-7)  # half a unit of the seventh digit
    assert copy.dump() == table.dump()


def test_values_are_read_back_exactly():
    values = Values(mean_loss=torch.tensor(0.1, dtype=torch.float64), counts=[1, 2], pairs=np.eye(2))
    assert json.loads(values.dump()) == {"mean-loss": 0.1, "counts": [1, 2], "pairs": [[1.0, 0.0], [0.0, 1.0]]}


def test_values_may_be_words_and_dates():
    values = Values(
        best="R & D",
        names=["a", "b"],
        begun=dt.date(2025, 1, 31),
        ends=np.array(["2025-01-31T12:30"], "M8[ns]"),
        mixed=["a", 1.5],
    )
    values.check("here")
    said = json.loads(values.dump())
    assert said == {
        "best": "R & D",
        "names": ["a", "b"],
        "begun": {"date": "2025-01-31"},
        "ends": [{"date": "2025-01-31T12:30"}],
        "mixed": ["a", 1.5],
    }
    assert Values(**values) == values
    assert printed(said["best"]) == r"R \& D" and printed(said["ends"]) == ["2025-01-31T12:30"]
    for bad, what in ((np.datetime64("NaT"), "is nan"), (["a", 1j], r"\[1\] is 1j"), (["a", None], "is")):
        with pytest.raises(AuthorError, match=rf"here: 'x'.*{what}"):
            Values(x=bad).check("here")


def test_layout():
    table = Field([0, 1], [0, 0.5], [[1, 2], [3, 4]], {"x": "$x$"})
    assert table.dump() == "# Field\n# x: $x$\nx y value\n0 0 1\n1 0 2\n\n0 0.5 3\n1 0.5 4\n"
    assert table.grid[2].tolist() == [[1, 2], [3, 4]]


def test_a_fields_shape_is_rows_by_columns():
    with pytest.raises(AuthorError, match=r"shape \(3, 4\), not \(4, 3\)"):
        Field(AXIS[:4], AXIS[:3], BOWL[:4, :3])


def test_contours_of_a_bowl_are_circles():
    table = Contours(AXIS, AXIS, BOWL, [0.5, 1, 2.25])
    # Between two neighbours of a grid, a parabola of curvature 2 differs from its chord by at most h²/4.
    assert np.abs(table.x**2 + table.y**2 - table.level).max() <= STEP**2 / 4 + 1e-12
    assert [table.level[piece][0] for piece in table.pieces()] == [0.5, 1, 2.25]  # each a single closed line
    with pytest.raises(AuthorError, match=r"from 0 to 8 has no line at \[9\]"):
        Contours(AXIS, AXIS, BOWL, [9])


def test_the_region_of_a_disc_has_its_area():
    assert area(Region(AXIS, AXIS, BOWL, -1, 1.5**2)) == pytest.approx(
        math.pi * 1.5**2, abs=2 * math.pi * 1.5 * STEP**2
    )


def test_an_annulus_has_its_hole_by_the_even_odd_rule():
    table = Region(AXIS, AXIS, BOWL, 1, 3)
    dots = np.random.default_rng(0).uniform(-2, 2, (20_000, 2))
    inside = [Outline(np.column_stack([table.x[p], table.y[p]])).contains_points(dots) for p in table.pieces()]
    radius = np.hypot(*dots.T)
    clear = np.minimum(abs(radius - 1), abs(radius - math.sqrt(3))) > STEP**2
    assert len(inside) == 2
    np.testing.assert_array_equal(np.logical_xor(*inside)[clear], ((radius > 1) & (radius < math.sqrt(3)))[clear])
    assert area(table) == pytest.approx(2 * math.pi, abs=0.05)


def test_a_region_has_no_points_where_its_outline_goes_straight_on():
    whole = Region(AXIS, AXIS, BOWL, -1, 99)
    assert {(x, y) for x, y in zip(whole.x, whole.y, strict=True)} == {
        (x, y) for x in AXIS[[0, -1]] for y in AXIS[[0, -1]]
    }
    assert len(whole) == 5 and area(whole) == pytest.approx(np.ptp(AXIS) ** 2)
    ridge = np.eye(5)[2] * [[0], [1], [1], [1], [0]]  # a line, at the level itself, has no area
    with pytest.raises(AuthorError, match="nothing between"):
        Region(AXIS[:5], AXIS[:5], ridge, 1, 2)


def test_bands_reach_under_those_above_them():
    bands = Region.bands("energy", AXIS, AXIS, BOWL, [0, 1, 2, 4])
    assert list(bands) == ["energy-0", "energy-1", "energy-2"]
    assert list(map(area, bands.values())) == pytest.approx([16, 16 - math.pi, 16 - 2 * math.pi], abs=0.02)


def test_the_inside_of_given_outlines():
    assert area(Region.inside([[[0, 0], [3, 0], [3, 2], [0, 2]], [[1, 1], [1, 1.5], [2, 1.5], [2, 1]]])) == 5.5


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (Arrows([0, 1], [0, 1], [0, math.nan], [0, 1]), "row 1, column 'u' is missing"),
        (Path2D([[[0, 1], [1, None]]]), "row 1, column 'y' is missing"),
        (Bars([0, None], error=[1, 2]), "row 1, column 'x' is missing"),
        (Points([None, None], [1, 2]), "all of column 'x' is missing"),
        (Curve([0, 1], y=[0, 1], z=[0, -math.inf]), "row 1, column 'z' is -inf"),
        (Points([0, 1], [0, 1, 2]), r"one length: x has shape \(2,\), y has shape \(3,\)"),
        (Points([[0, 1]], [[0, 1]]), r"must be vectors of one length: x has shape \(1, 2\)"),
        (Points([], []), "the table is empty"),
        (Bars([0, 1], names=["a", "b"]), "row 0, column 'names' is 'a', a word, where a number is asked for"),
        (
            Points([0, 1], np.array([2.0, "n/a"], dtype=object)),
            "row 1, column 'y' is 'n/a', a word, where a number is asked for",
        ),
        (
            Points([0, 1], [0, 1], labels={"x": "one\n\\end"}),
            r"the label of 'x' is 'one\\n\\\\end', not a line of text",
        ),
        (Curve([0, 1], **{"a b": [0, 1]}), "a column cannot be called 'a b'"),
        (Values(note=b"x"), "'note' is b'x', which is no number"),
        (Values(fine=1, loss=math.nan), "'loss' is nan"),
        (Values(pair=[[1, 2], [3, 1j]]), r"'pair'\[1, 1\] is 1j, a complex number"),
    ],
)
def test_what_tex_could_not_draw_is_refused(table, message):
    with pytest.raises(AuthorError, match="^book/line/fit.py: table 'data': .*" + message):
        table.check("book/line/fit.py: table 'data'")


PLOTS = r"""\begin{tikzpicture}\begin{axis}[width=0.5\measure]
\addplot[points=input] table {%(Points)s};
\addplot[curve, draw=target] table[y=spread] {%(Curve)s};
\addplot[outline=class2] table {%(Path2D)s};
\addplot3[surf] table {%(Field)s};
\addplot[level lines, draw=latent] table {%(Contours)s};
\addplot[region=energy] table {%(Region)s};
\addplot[vectors=aqua] table {%(Arrows)s};
\addplot[ybar, fill=predictor] table[y=test] {%(Bars)s};
\addplot[errors=class1] table {%(ErrorBars)s};
\addplot[histogram line=ink] table[y=two] {%(Histogram)s};
\addplot[box plots=reconstruction] table {%(Boxes)s};
\addplot[violins=neutral] table {%(Violins)s};
\addplot3[curve, draw=yellow] table {%(Path3D)s};
\end{axis}\end{tikzpicture}
"""


def test_pgfplots_reads_every_type(book):
    files = {}
    for table in [Points([0, 1], [1, 0]), *TABLES[1:]]:  # TeX counts no further than 2^31
        files[type(table).__name__] = file = book.build / f"{type(table).__name__}.dat"
        file.write_text(table.dump(), encoding="utf-8")
    (book.build / "all.tex").write_text(PLOTS % files, encoding="utf-8")
    compile_picture(book, "light", book.build / "all.tex", book.build / "all.pdf", "all types", *files.values())
    drawn = colours(book.build / "all.pdf")
    inks = {
        "input": "C50D81",
        "target": "006DAD",
        "class2": "4B720E",
        "energy": "A52A33",
        "aqua": "00625E",
        "predictor": "6355D1",
        "class1": "A35200",
        "ink": "000000",
        "reconstruction": "732389",
        "neutral": "666666",
        "yellow": "5F5C00",
    }
    assert {role for role, ink in inks.items() if "#" + ink not in drawn} == set()


def test_a_column_is_written_as_its_numbers_are():
    """Each kind of number against Python's own formatting, cell by cell, with blank lines where they belong."""
    random = np.random.default_rng(0)
    columns = {
        "x": random.normal(size=50), "y": (1e-20 * random.normal(size=50)).astype("f4"), "half": random.normal(size=50).astype("f2"),
        "count": random.integers(-(2**60), 2**60, 50), "flag": random.integers(0, 2, 50) > 0,
    }  # fmt: skip
    table = Points(**columns)
    table.breaks = [10, 20, 20, 50]
    rows = [
        " ".join(f"{v:.7g}" if isinstance(v, np.floating) else str(int(v)) for v in row)
        for row in zip(*columns.values(), strict=True)
    ]
    for at in (50, 20, 20, 10):
        rows.insert(at, "")
    assert table.dump().splitlines()[2:] == rows
