"""A record: all that a figure was made from, in a file beside it, and what differs between equal builds."""

import ast
import hashlib
import json
import subprocess
from importlib import metadata
from pathlib import Path

import pytest

from conftest import MINIMAL, git
from pipeline.figure import figure
from pipeline.project.book import Book
from pipeline.records.git import circumstances
from pipeline.records.record import part
from pipeline.records.sidecar import read
from pipeline.records.versions import tex, versions

FIGURE = "line/fit"


@pytest.fixture
def pdf(book):
    return Path(book.figure("dark", FIGURE))


def sha256(path):
    """Of a file's contents or, for Python, of its syntax tree without docstrings."""
    contents = Path(path).read_bytes()
    if str(path).endswith(".py"):
        tree = ast.parse(contents)
        contents = b"" if tree.body else contents
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                node.body = [
                    each
                    for each in node.body
                    if not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
                ]
        contents = contents or ast.dump(tree).encode()
    return hashlib.sha256(contents).hexdigest()[:16]


def test_a_record_has_all_that_the_figure_was_made_from(book, pdf):
    record = read(pdf)["record"]
    sources = record["sources"]
    names = {name: MINIMAL / name.removeprefix("book/") if name.startswith("book/") else name for name in sources}
    assert {name: sha256(path) for name, path in names.items()} == sources
    assert {name for name in sources if name.startswith("book/")} == {
        "book/editions/dark.tex", "book/line/data.py", "book/line/fit.py", "book/line/fit.tex.j2", "book/line/models/regression.py",
        "book/preamble.tex",
    }  # fmt: skip
    assert {
        f"templates/{stem}.tex" for stem in ("figure", "press", "maths-preamble", "plots", "layer", "diagrams", "code")
    } < sources.keys()
    assert {
        f"pipeline/{stem}.py"
        for stem in ("train", "training", "tables", "table/base", "picture", "figure", "tex/run", "plots/fill")
    } < sources.keys()
    assert record["seeds"] == {name: book.seed(name) for name in (FIGURE, "line/regression")}
    assert record["built"] == {
        "model line/regression": sha256(book.model("line/regression")),
        "tables": sha256(book.sums(FIGURE)),
        "picture": sha256(book.picture(FIGURE)),
    }
    assert (record["figure"], record["edition"]) == (FIGURE, "dark")
    named = {"PIL": "pillow"} | {
        name: name
        for name in [
            "torch",
            "numpy",
            "contourpy",
            "jinja2",
            "pygments",
            "pikepdf",
            "babel",
            "networkx",
            "coloraide",
            "matplotlib",
        ]
    }
    packages = {name: metadata.version(package) for name, package in named.items()}
    assert record["versions"] == packages | tex() | {"device": "cpu"}


def test_tex_tells_its_versions(built):
    banner = subprocess.run(["pdflatex", "--version"], capture_output=True, encoding="utf-8").stdout
    assert tex()["pdfTeX"] in banner and tex()["pdfTeX"].startswith("3.14")
    assert set(tex()) == {"pdfTeX", "LaTeX", "pgf", "pgfplots"} and all(
        version[0].isdigit() for version in tex().values()
    )


def test_a_package_counts_by_the_name_that_it_is_imported_by(tmp_path):
    (tmp_path / "a.py").write_text(
        "import os, yaml\nfrom PIL import Image\nfrom book.x import y\ndef f():\n    import numpy.linalg\n",
        encoding="utf-8",
    )
    assert versions([tmp_path / "a.py"]) == {"PIL": metadata.version("pillow"), "numpy": metadata.version("numpy")}
    (tmp_path / "b.py").write_text("import nosuchpackage\n", encoding="utf-8")
    assert versions([tmp_path / "b.py"], "torch") == {"nosuchpackage": "none", "torch": metadata.version("torch")}


def test_records_are_the_same_wherever_the_book_lies(project, book, tmp_path):
    record = part(book, [MINIMAL / "line/data.py", "templates/code.tex"], {}, FIGURE)
    (project.root / MINIMAL).rename(tmp_path / "elsewhere")
    moved = Book(tmp_path / "elsewhere")
    assert part(moved, [moved.root / "line/data.py", "templates/code.tex"], {}, FIGURE) == record
    assert json.dumps(record).count("book/line/data.py") == 1


def test_a_new_commit_changes_no_figure(committed, project, pdf, book):
    assert project.jobs("figures", "preview") == set()
    before, aside = pdf.read_bytes(), read(pdf)
    figure(book, FIGURE, "dark")
    assert pdf.read_bytes() == before
    assert aside["made"]["commit"] is None and read(pdf)["made"]["commit"] == git(project, "rev-parse", "HEAD")
    assert read(pdf)["record"] == aside["record"]


def test_what_differs_between_equal_builds(committed, project):
    git(project, "add", "-A")
    git(project, "commit", "-qm", "the rest")
    assert circumstances(committed)["clean"]
    project.write("line/new.py", "")
    assert not circumstances(committed)["clean"]
    kept = read(committed.model("line/regression"))
    assert 0 < kept["made"]["seconds"] < 60 and kept["made"]["date"].startswith("20")
    assert read(committed.figure("light", FIGURE))["made"]["training"] == {"line/regression": kept["made"]["seconds"]}
    assert subprocess.run(["hostname"], capture_output=True, encoding="utf-8").stdout.strip() not in kept["made"][
        "machine"
    ].split(", ")
