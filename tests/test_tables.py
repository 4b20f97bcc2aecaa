"""Computing a figure: what its module asks for, what it returns, and what goes wrong in the author's files."""

import hashlib

import pytest
import torch

from conftest import MINIMAL
from pipeline.computing import trained
from pipeline.errors.telling import told_to_author
from pipeline.project.book import Book
from pipeline.table import read_all
from pipeline.tables import compute, tables

FIT = f"{MINIMAL}/line/fit.py"


def told():
    """What the author of line/fit.py reads."""
    with pytest.raises(SystemExit) as stop, told_to_author(MINIMAL, figure="line/fit"):
        tables(Book(MINIMAL), "line/fit")
    return stop.value.code


def test_the_minimal_figure(project, book):
    written, values = read_all(book.tables("line/fit"))
    results, computed = compute(book, book.find("line/fit"))
    assert {name: table.dump() for name, table in results.items()} == {
        name: table.dump() for name, table in written.items()
    }
    assert values == computed
    net = trained(book, book.find("line/fit"), "tables")["regression"]
    assert values["slope"] == net.net.weight.item() and values["loss"] == net.history["loss"][-1]
    x, y = written["line"].x, written["line"].y
    assert (y[1] - y[0]) / (x[1] - x[0]) == pytest.approx(values["slope"], rel=1e-6)


def test_the_checksums_are_those_of_the_files(book):
    folder = book.build / "tables/line/fit"
    sums = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    assert sums == {
        f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in folder.iterdir() if f.name != "SHA256SUMS"
    }
    assert set(sums) == {"data.dat", "line.dat", "values.json"}


def test_random_numbers_come_from_the_figures_own_seed(project, book):
    project.write(
        "line/noise.py",
        '"""Noise."""\nimport numpy as np\nimport torch\nfrom pipeline.table import Values\n\n\n'
        "def tables():\n    return {'v': Values(torch=torch.rand(2), numpy=np.random.rand(2))}\n",
    )
    project.write("line/noise.tex.j2", "x")
    book = Book(MINIMAL)
    draws = [compute(book, book.find("line/noise"))[1] for _ in range(2)]
    torch.manual_seed(book.seed("line/noise"))
    assert draws[0] == draws[1] and draws[0]["torch"] == torch.rand(2).tolist()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("grid = ", "grid = = ", ":14: invalid syntax\n"),
        ("(regression)", "(regression, net='line/regresion')",
         ":12: tables() asks for 'net', but there is no model 'line/regresion'\n  figure  line/fit\n  try     'line/regression'"),
        ("y[:, 0], labels", "y[:, 0] / 0, labels", ":17: table 'data': row 0, column 'y' is -inf\n"),
        ("labels=labels),\n        \"line\"", "size=[1], labels=labels),\n        \"line\"",
         ":17: table 'data': columns must be vectors of one length: x has shape (50,), y has shape (50,), size has shape (1,)\n"),
    ],
)  # fmt: skip
def test_a_fault_is_named_and_the_last_good_tables_stay_whole(project, book, old, new, message):
    before = {f.name: f.read_bytes() for f in (book.build / "tables/line/fit").iterdir()}
    project.edit("line/fit.py", old, new)
    assert (told() + "\n").startswith(f"error: {FIT}{message}")
    assert {f.name: f.read_bytes() for f in (book.build / "tables/line/fit").iterdir()} == before
    assert {f.name for f in (book.build / "tables/line").iterdir()} == {"fit", "fit.json"}


def test_a_fault_in_a_module_that_it_imports_is_named_there(project, book):
    project.edit("line/data.py", "n)[:, None]", "n)[:, Nine]")
    assert told().startswith(f"error: {MINIMAL}/line/data.py:11: NameError: name 'Nine' is not defined\n")
