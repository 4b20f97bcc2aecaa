"""Where numbers are missing, nothing is drawn: in TeX, in layers and in previews."""

import os
from collections import Counter

import numpy as np
import pikepdf
import pytest
from matplotlib import pyplot

from pipeline.plots import dense
from pipeline.regression.comparing import compare, load
from pipeline.regression.comparing import dump as golden
from pipeline.regression.thinning import keep
from pipeline.table import Bars, Curve, Field, Points, read
from pipeline.tex.picture import compile_picture

NAN = float("nan")
LONG = np.where(np.arange(40) == 17, NAN, np.sin(np.arange(40)))
HOLE = Field(range(4), range(4), np.where(np.eye(4)[1][:, None] * np.eye(4)[1] > 0, NAN, 1.0))
TABLES = {
    "curve": Curve(range(6), y=[1, 2, None, 2, 3, 2]),
    "long": Curve(range(40), y=LONG),
    "points": Points(range(6), [1, 2, None, 2, 3, 2]),
    "bars": Bars(range(4), y=[1, 2, None, 2]),
    "hole": HOLE,
}
PLOTS = {
    "curve": r"\addplot[draw=blue]",
    "long": r"\addplot[draw=red]",
    "points": r"\addplot[only marks, mark=square*, mark options={draw=none, fill=green}]",
    "bars": r"\addplot[ybar, draw=none, fill=orange]",
    "hole": r"\addplot3[surf, shader=flat, draw=none]",
}


def paths(pdf):
    """[(colours set before, what it is of, how it is painted)] of all painted paths: 'mll' is a line of three points."""
    found, path, colour = [], "", {}
    for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
        name = str(operator)
        if name in ("rg", "RG"):
            colour[name] = tuple(round(float(v), 2) for v in operands)
        elif name in ("m", "l", "c", "re", "h"):
            path += name[0]
        elif name in ("S", "f", "f*", "B", "n"):
            found += [(dict(colour), path, name)] if name != "n" else []
            path = ""
    return found


def test_nothing_is_drawn_where_numbers_are_missing(book):
    files = {name: book.build / f"{name}.dat" for name in TABLES}
    for name, file in files.items():
        file.write_text(TABLES[name].dump(), encoding="utf-8")
    axes = [
        rf"\begin{{axis}}[grid=none, axis lines=none, at={{(0,{-k * 98}pt)}}, width=100pt, height=100pt, view={{0}}{{90}}]{plot} table {{{files[name]}}};\end{{axis}}"
        for k, (name, plot) in enumerate(PLOTS.items())
    ]
    source = "\\begin{tikzpicture}\n" + "\n".join(axes) + "\n\\end{tikzpicture}"
    assert dense.dense(source, os.path.isfile) == []  # not even the long one
    (book.build / "gaps.tex").write_text(source, encoding="utf-8")
    compile_picture(book, "light", book.build / "gaps.tex", book.build / "gaps.pdf", "gaps", *files.values())
    with pikepdf.open(book.build / "gaps.pdf") as pdf:
        drawn = paths(pdf)
    shapes = Counter((path, how) for _, path, how in drawn)
    assert shapes["mlmll", "S"] == 1 and shapes["m" + 16 * "l" + "m" + 21 * "l", "S"] == 1  # curves
    assert shapes["r", "B"] == 5 and shapes["rrr", "f"] == 1  # marks, bars
    assert shapes["mlllh", "B"] == 5  # patches: of nine, four touch the corner that is missing


def test_previews_show_the_same():
    figure, axes = pyplot.subplots(1, 3)
    TABLES["curve"].draw(axes[0], iter(["red"]))
    HOLE.draw(axes[1], iter(["red"]))
    TABLES["bars"].draw(axes[2], iter(["red"]))
    assert np.isnan(axes[0].lines[0].get_ydata()).tolist() == [False, False, True, False, False, False]
    assert np.ma.count_masked(axes[1].collections[0].get_array()) == 4
    figure.canvas.draw()
    pyplot.close(figure)


def test_golden_tables_know_gaps(tmp_path):
    class Exactly:
        allowed = staticmethod(lambda column, units: 1e-5 * units)

    (tmp_path / "a.dat").write_text(TABLES["curve"].dump(), encoding="utf-8")
    today = {"a": read(tmp_path / "a.dat")}
    (tmp_path / "a.txt").write_text(golden(keep(today), {}), encoding="utf-8")
    old = load(tmp_path / "a.txt")
    assert not any(change.beyond for change in compare("line/fit", old, (keep(today), {}), Exactly()))
    for y in ([1, 2, 2, 2, 3, 2], [1, None, None, 2, 3, 2]):
        changes = compare("line/fit", old, (keep({"a": Curve(range(6), y=y)}), {}), Exactly())
        assert [change.column for change in changes if change.beyond] == ["line/fit/a.y"]


def test_golden_tables_have_the_digits_that_they_need(tmp_path):
    class Exactly:
        allowed = staticmethod(lambda column, units: 1e-5 * units)

    table = {"clock": Curve(2025 + np.arange(168) / 8766, y=np.arange(168.0))}
    (tmp_path / "a.txt").write_text(golden(keep(table), {}), encoding="utf-8")
    assert not any(
        change.beyond for change in compare("line/fit", load(tmp_path / "a.txt"), (keep(table), {}), Exactly())
    )


@pytest.mark.parametrize("kind", [Curve, Points])
def test_what_reads_a_table_leaves_gaps_out(tmp_path, kind):
    from pipeline.templating.seen import TableFile

    table = Curve([0, 1, 2], y=[5, None, 3]) if kind is Curve else Points([0, 1, 2], [5, None, 3])
    (tmp_path / "a.dat").write_text(table.dump(), encoding="utf-8")
    file = TableFile(tmp_path / "a.dat")
    assert (file.least("y"), file.greatest("y"), file.at("y", 0.5)) == (3, 5, "0,5.0")
