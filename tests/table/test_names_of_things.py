"""Names that are not columns of words: what they are, and what they cannot be."""

import datetime

import numpy as np
import pytest
import torch

from pipeline.errors.author import AuthorError
from pipeline.table import Boxes, Cells, Curve, Graph, Histogram, Image, Path2D, read
from pipeline.table.names import name_of


@pytest.mark.parametrize(
    ("thing", "name"),
    [
        ("true\n class ", "true class"),
        ("", ""),
        (7, "$7$"),
        (1234567, "$1234567$"),
        (2.0, "$2$"),
        (1234568.0, "$1234568$"),
        (np.float32(0.1), "$0.1$"),
        (torch.tensor(0.5), "$0.5$"),
        (1e-7, "$10^{-7}$"),
        (-1e-7, "$-10^{-7}$"),
        (2.5e-7, r"$2.5 \times 10^{-7}$"),
        (1e30, "$10^{30}$"),
        (-np.inf, r"$-\infty$"),
        (True, "True"),
        ((0, 1), "(0, 1)"),
        (datetime.date(2025, 1, 31), "2025-01-31"),
        (np.datetime64("2025-01-31T12:30", "ns"), "2025-01-31T12:30"),
    ],
)
def test_a_name_is_a_line_of_text(thing, name):
    assert name_of(thing) == name


@pytest.mark.parametrize("thing", [None, np.nan, np.datetime64("NaT"), "a\x00b", "\ud800"])
def test_what_is_missing_or_no_text_is_no_name(thing):
    with pytest.raises(AuthorError):
        name_of(thing)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Cells([[1, 2]], ["true\nclass", "b"]), {"x": ["true class", "b"]}),
        (lambda: Cells([[1, 2]], ["", "b"]), {"x": ["", "b"]}),
        (lambda: Cells([[1, 2]], np.array(["2025-01-01", "2025-01-02"], "datetime64[ns]")),
         {"x": ["2025-01-01", "2025-01-02"]}),
        (lambda: Boxes({"a\rb": [1, 2], 3: [1]}), {"x": ["a b", "$3$"]}),
        (lambda: Image(np.zeros((2, 2, 2)), names=[3, 7]), {"image": ["$3$", "$7$"]}),
        (lambda: Image(np.zeros((2, 2, 2)), names=np.array(["a", "b"])), {"image": ["a", "b"]}),
        (lambda: Graph([(1234567, 1234568)]), {"node": ["$1234567$", "$1234568$"]}),
        (lambda: Graph([(datetime.date(2025, 1, 1), "b\n")]), {"node": ["2025-01-01", "b"]}),
    ],
)  # fmt: skip
def test_all_that_has_names_can_be_read_again(make, words, tmp_path):
    table = make()
    table.check("here")
    (tmp_path / "it.dat").write_text(table.dump(), encoding="utf-8")
    assert table.words == words == read(tmp_path / "it.dat").words


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Histogram({"x": [1, 2]}), "a histogram's sample cannot be called 'x': its edges are"),
        (lambda: Curve([1, 2], over="t", t=[1, 2]), "a curve's line cannot be called 't': what it runs over is"),
        (lambda: Path2D([[[0, 0], [1, 1]]], x=[1]), "a path's further column cannot be called 'x': its places are"),
        (lambda: Boxes({"a b": [1], "a\nb": [2]}), "two samples are called 'a b'"),
        (lambda: Cells([[1]], "a"), r"the names of columns have shape \(\)"),
        (lambda: Cells([[1, 2]], ["a", None]), "name 1 of the columns is missing"),
        (lambda: Graph([("a", "b")], groups={"a": 0}), "the group of 'a' is 0, not a word"),
    ],
)
def test_names_that_cannot_be_are_refused(make, message):
    with pytest.raises(AuthorError, match=message):
        make()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("28/34", 'call it s28-34, and say labels={"s28-34": "28/34"}'),
        ("Bed & Breakfast", 'call it Bed-Breakfast, and say labels={"Bed-Breakfast": "Bed & Breakfast"}'),
        ("%", 'call it s, and say labels={"s": "%"}'),
    ],
)
def test_a_name_that_no_column_can_have_gets_another(name, hint):
    with pytest.raises(AuthorError, match="a column cannot be called") as error:
        Curve([0, 1], **{name: [0, 1]}).check("here")
    assert error.value.hint == hint
