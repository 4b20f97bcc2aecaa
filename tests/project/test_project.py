"""A book on disk: what is found in it, what it is called, where what is made of it goes."""

from functools import partial
from itertools import combinations
from pathlib import Path

import pytest

from conftest import MINIMAL
from pipeline import preview, tables
from pipeline.errors.author import AuthorError
from pipeline.project.book import Book
from pipeline.project.paths import build_folder


def test_discovery(book):
    assert {name: (f.target, f.module and f.module.name, f.title) for name, f in book.figures.items()} == {
        "line/fit": ("line-fit", "fit.py", "A fitted line"),
        "line/net": ("line-net", None, "A linear predictor"),
    }
    assert {name: str(path) for name, path in book.models.items()} == {
        "line/regression": "tests/books/minimal/line/models/regression.py"
    }
    assert book.computed == ["line/fit"]
    assert book.title("line") == "A line"


def test_a_file_dropped_in_is_found(project, book):
    project.write("line/new-one.tex.j2", "((= A drawing. More about it. =))\n")
    project.write("line/models/deep-net.py", "")
    again = Book(book.root)
    assert (again.figures["line/new-one"].target, again.figures["line/new-one"].title) == (
        "line-new-one",
        "A drawing. More about it",
    )
    assert "line/deep-net" in again.models


def test_tests_and_golden_tables_are_no_part_of_the_book(project):
    for folder in ("tests", "expected/line"):
        for file in ("fit.py", "fit.tex.j2", "chapter.tex", "fit.txt"):
            project.write(f"{folder}/{file}", "x")
    assert project.jobs("all", "print", "line", "preview") == set()


@pytest.mark.slow
@pytest.mark.parametrize("begins", ["", '""""""\n', '"""  """\n', r'"""Where \vx is.""" # '])
def test_a_figure_without_a_title_stops_no_other(project, begins):
    module = project.root / MINIMAL / "line/fit.py"
    project.write("line/fit.py", begins + module.read_text(encoding="utf-8").split('"""', 2)[2])
    assert "contents of tests/books/minimal" in project.jobs("all", "line")
    assert project.jobs("line-net") == set()


def test_a_figure_that_is_not_there(book):
    with pytest.raises(AuthorError, match=r"no figure 'line/fits': no tests/books/minimal/line/fits.tex.j2"):
        book.find("line/fits")


@pytest.mark.parametrize(
    ("signature", "models"),
    [
        ("()", {}),
        ("(regression)", {"regression": "line/regression"}),
        ("(regression, deep_net, net='outset/random')",
         {"regression": "line/regression", "deep_net": "line/deep-net", "net": "outset/random"}),
        ("(net=f(1), other=3)", {"net": "f(1)", "other": "3"}),  # no models of these names: the job says so
    ],
)  # fmt: skip
def test_models_are_asked_for_by_parameter_name(project, book, signature, models):
    project.write("line/fit.py", f'"""Title."""\ndef helper(a): pass\ndef tables{signature}: pass\n')
    assert book.figures["line/fit"].models == models


def test_models_lie_in_folders_too(project, book):
    for file in ("models/deep/net.py", "models/deep/other.py", "part/models/net.py", "part/models/own.py"):
        project.write(f"line/{file}", "def build(): pass")
    project.write("line/models/deep/helper.py", "def help(): pass")
    project.write("line/part/fit.py", '"""Title."""\ndef tables(net, other, regression, own): pass\n')
    project.write("line/part/fit.tex.j2", "x")
    project.write("line/fit.py", '"""Title."""\ndef tables(own, net, deep="line/deep/net"): pass\n')
    again = Book(book.root)
    found = {"line/deep/net", "line/deep/other", "line/part/net", "line/part/own", "line/regression"}
    assert again.models.keys() == found
    assert [*again.figures["line/part/fit"].models.values()] == [
        "line/part/net", "line/deep/other", "line/regression", "line/part/own",
    ]  # fmt: skip
    assert [*again.figures["line/fit"].models.values()] == [
        "line/part/own",
        "line/net",
        "line/deep/net",
    ]  # none is near
    project.write("line/deep/models/net.py", "def build(): pass")
    with pytest.raises(AuthorError, match=r"line/deep/models/net.py: is called line/deep/net, and so is"):
        Book(book.root)


def test_titles_are_plain_in_the_books_own_macros(project, book):
    assert book.plain(r"The energy of $\vx$, $\R$ and \pink{words}") == "The energy of x, ℝ and words"


def test_only_models_that_are_there_are_waited_for(project, book):
    project.edit("line/fit.py", "tables(regression)", "tables(regression, nosuch)")
    assert book.asked("line/fit") == ["line/regression"]


def test_seeds(project, book):
    names = [f"chapter/model-{k}" for k in range(1000)]
    seeds = [book.seed(name) for name in names]
    assert len(set(seeds)) == 1000
    assert all(0 <= seed < 2**31 for seed in seeds) and max(seeds) > 2**30
    assert book.seed("line/regression") == 689755766  # for ever: another number would change all books
    project.edit("book.yaml", "seed: 1", "seed: 2")
    other = Book(book.root)
    assert not set(seeds) & {other.seed(name) for name in names}


def test_two_books_never_share_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    roots = [
        "book",
        "tests/books/minimal",
        "tests/books/other",
        "books/book",
        "../book",
        "/tmp/book",
        str(tmp_path / "own"),
    ]
    folders = [build_folder(Path(root)) for root in roots]
    assert (
        folders[0] == Path("build")
        and folders[1] == Path("build/tests/books/minimal")
        and folders[-1] == Path("build/own")
    )
    assert all(a != b for a, b in combinations(folders, 2))
    assert not any(folder.is_absolute() or ".." in folder.parts for folder in folders)


def test_the_stylesheet_and_what_it_inputs(project, book):
    names = [
        "maths-preamble",
        "symbols",
        "carry",
        "rules",
        "foreign",
        "plots",
        "layer",
        "space",
        "halo",
        "panels",
        "spread",
        "ticks",
        "numbers",
        "bars",
        "plates",
        "diagrams",
        "code",
        "tables",
        "measures",
    ]
    own = f"{MINIMAL}/preamble.tex"
    assert book.style == [*(f"templates/{name}.tex" for name in names), own]
    project.edit(
        "templates/maths-preamble.tex", "\\input{templates/code}", "\\input{templates/nosuch}% \\input{templates/code}"
    )
    # TeX says what is not there.
    assert Book(book.root).style == [*(f"templates/{name}.tex" for name in names if name != "code"), own]


@pytest.mark.parametrize("step", [tables.tables, partial(preview.preview, edition="dark")])
def test_a_figure_that_is_only_drawn_computes_nothing(book, step):
    with pytest.raises(AuthorError, match=r"net\.tex\.j2:1: the figure 'line/net' is drawn by its template alone"):
        step(book, name="line/net")
