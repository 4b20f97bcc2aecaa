"""An author's own table may be anything: what TeX can draw it draws, and what it cannot it tells."""

import os

import numpy as np
import pytest

from pipeline import dat
from pipeline.errors.author import AuthorError
from pipeline.plots import columns, dense, limits
from pipeline.tex.picture import compile_picture

MANY = "".join(f"{k} {k * k}\n" for k in range(30))
# What the pipeline itself does not write.
ODD = {
    "empty": "",
    "blank": "\n \n",
    "comment": "# Points\n",
    "header": "x y\n",
    "semicolons": "x y\n1;2\n3;4\n",
    "commas": "x,y\n1,2\n3,4\n",
    "word": f"x y\n{MANY}3 four\n",
    "label": f"x y label\n{MANY}".replace("\n", " a\n").replace("label a", "label"),
    "ragged": f"x y\n{MANY}3\n4 5\n",
    "headless": MANY,
    "twice": f"x x\n{MANY}",
    "percent": f"% made by hand\nx y\n{MANY}",
    "latin": f"x y \xe4\n{MANY}".encode("latin-1"),
    "nul": f"x y\n{MANY}\0\n",
    "column": "x\n1\n2\n",
}
DRAWN = {"empty", "blank", "comment", "header", "label", "ragged", "headless", "twice", "percent"}
NO_TABLES = sorted(ODD.keys() - {"header", "column"})
OPTIONS = ("", "[x=x, y=y]", "[x index=1, y index=0]", "[y index=7]", "[y=nosuch]", "[y expr=\\thisrow{x}]")


def save(name, folder):
    file = folder / f"{name}.dat"
    file.write_bytes(ODD[name] if isinstance(ODD[name], bytes) else ODD[name].encode())
    return file


def picture(file, options="", of_axis="xmode=log, ymin=0, ymax=1"):
    plots = f"\\addplot[points=class0] table{options} {{{file}}};\n"
    return f"\\begin{{tikzpicture}}\\begin{{axis}}[{of_axis}]\n{plots}\\end{{axis}}\\end{{tikzpicture}}\n"


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_is_no_table_is_a_value_error(name, tmp_path):
    with pytest.raises(ValueError):
        columns.columns(str(save(name, tmp_path)))


def test_a_table_without_rows_has_columns(tmp_path):
    table = columns.columns(str(save("header", tmp_path)))
    assert {name: len(numbers) for name, numbers in table.items()} == {"x": 0, "y": 0}


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("name", ODD)
def test_what_is_no_table_is_neither_checked_nor_a_layer(name, options, tmp_path):
    file = save(name, tmp_path)
    text = picture(file, options)
    limits.check(text, "fit", os.path.isfile)
    assert not dense.dense(text, os.path.isfile)
    with pytest.raises(AuthorError, match="all that the x axis shows is at 1"):
        limits.check_log("Axis range for axis x is approximately empty; enlarging it (it is [1:1])", [file], "fit")
    assert limits.greatest([file]).startswith("its tables have ")


@pytest.mark.parametrize("name", ODD)
def test_tex_draws_it_or_tells_what_is_wrong(name, book):
    source = book.build / "picture.tex"
    file = save(name, book.root)
    source.write_text(picture(file, of_axis="xmin=0, xmax=30, ymin=0, ymax=900"), encoding="utf-8")
    try:
        compile_picture(book, "dark", source, book.build / "out.pdf", "fit.tex.j2", preloaded=book.format("dark"))
    except AuthorError as error:
        assert name not in DRAWN
        assert f"{source}:2: " in str(error)
        assert file.name in f"{error} {error.rows}" or name in ("latin", "nul")
    else:
        assert name in DRAWN


@pytest.mark.parametrize(
    ("text", "breaks"),
    [
        ("x y\n1 2\n\n3 4\n", [1]),
        ("\n\nx y\n\n1 2\n  \n\n3 4\n\n\n", [1]),  # blank lines elsewhere part nothing
        ("x y\n1 2\n3 4\n\n", []),
        ("x y\r\n1 2\r\n\r\n3 4\r\n", [1]),
    ],
)
def test_blank_lines_part_rows(text, breaks, tmp_path):
    file = tmp_path / "a.dat"
    file.write_bytes(text.encode())
    table = columns.read(str(file))
    assert (table.names, table.numbers.tolist(), table.breaks.tolist()) == (["x", "y"], [[1, 2], [3, 4]], breaks)


def test_a_table_that_ends_with_a_blank_line_is_a_layer(tmp_path):
    file = tmp_path / "a.dat"
    file.write_text(f"x y\n{MANY}\n", encoding="utf-8")
    (plot,) = dense.dense(picture(file), os.path.isfile)
    assert plot.specimen.max() == 29 and not plot.piece.any()
    assert np.loadtxt(plot.reduced().splitlines()[1:]).shape == (len(plot.specimen), 2)


def test_a_file_without_names_says_so(tmp_path):
    with pytest.raises(ValueError, match=r"empty\.dat: this table has no line of names"):
        dat.read(save("empty", tmp_path))
