"""Which plots are dense, and the specimen that is drawn of each."""

import os
import re

import numpy as np

from pipeline.plots import dense, reading
from pipeline.table import Path2D, Points

T = np.linspace(-2, 2, 81)
SPIRAL = np.column_stack([T * np.cos(3 * T), T * np.sin(3 * T)])
PIECES = Path2D([SPIRAL[:30], SPIRAL[35:60], SPIRAL[60:]])


def plot(path, options="points=ink", chosen=""):
    return rf"\addplot[{options}] table{chosen} {{{path}}};"


def test_which_plots_are_dense(tmp_path):
    few, many = tmp_path / "few.dat", tmp_path / "many.dat"
    few.write_text(Points(T[: dense.ROWS], T[: dense.ROWS]).dump(), encoding="utf-8")
    many.write_text(Points(T, T).dump(), encoding="utf-8")
    for path, options in ((many, "points=ink"), (many, "layer=auto"), (few, "points=ink, layer=always")):
        assert dense.dense(plot(path, options), os.path.isfile)
    assert dense.dense(plot(many, chosen="[x=y, y expr=0.5]"), os.path.isfile)
    assert not dense.dense(plot(few), os.path.isfile)
    assert not dense.dense(plot(many, "layer=never"), os.path.isfile)
    assert not dense.dense(plot(many, chosen="[y expr=\\thisrow{x}]"), os.path.isfile)
    assert not dense.dense(plot(many, chosen="[y=nosuch]"), os.path.isfile)
    assert not dense.dense("% " + plot(many), os.path.isfile)
    assert not dense.dense(plot(many).replace(";", " node[pos=1] {};"), os.path.isfile)
    assert not dense.dense(plot(tmp_path / "nosuch.dat"), os.path.isfile)
    assert not dense.dense(plot(many, "smooth"), os.path.isfile)


def test_a_specimen_has_its_table_s_extremes_and_breaks(tmp_path):
    file = tmp_path / "pieces.dat"
    file.write_text(PIECES.dump(), encoding="utf-8")
    (found,) = dense.dense(f"first\nsecond {plot(file)}\nthird", os.path.isfile)
    text = dense.specimens(f"first\nsecond {plot(file)}\nthird", [found])
    options = r"\[specimen=\{0\}\{0\}(\{[-.\d]+\}){4}\{\}\{\}, points=ink\]"
    assert re.fullmatch(rf"\\takenotes\{{\}}first\nsecond \\addplot{options} table \{{layers/0.dat\}};\nthird", text)
    names, *lines = found.reduced().splitlines()
    rows = np.array([line.split() for line in lines if line], float)
    assert names == "x y" and len(rows) < dense.ROWS and 0 < lines.count("") < 3
    assert (rows.min(axis=0) == found.along.min(axis=1)).all() and (rows.max(axis=0) == found.along.max(axis=1)).all()


def test_an_axis_states_its_geometry_once_and_a_plot_that_is_moved_its_own():
    path = "build/points.dat"
    picture = "".join(rf"\nextgroupplot[] {plot(path)}{plot(path, 'xshift=1pt')}{plot(path)}" for _ in range(2))
    keys = [found.key for found in reading.plots(picture)]
    assert keys[0] == keys[2] != keys[3] == keys[5] and len(set(keys)) == 4
