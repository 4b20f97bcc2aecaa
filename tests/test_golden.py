"""The command: what an update rewrites and says; and the book's own tables against theirs."""

import re
from pathlib import Path

import pytest

from conftest import MINIMAL, ROOT, Project
from pipeline import golden
from pipeline.errors.author import AuthorError
from pipeline.project.book import Book
from pipeline.regression.comparing import Tolerances, compare, load

BOOK = Book(ROOT / "book")


EXPECTED = Path("tests/expected", MINIMAL)


@pytest.fixture
def compared(book, monkeypatch, capsys):
    """Compares the built minimal book, as it stands, and returns what is said; `update` rewrites."""
    monkeypatch.setattr(golden, "make_tables", lambda book: None)
    golden.update(book, "line/fit")

    def compared(update=False):
        golden.golden(Book(book.root), update)
        return capsys.readouterr().out.splitlines()

    return compared


def test_an_update_rewrites_what_is_beyond_and_says_so(compared):
    path = EXPECTED / "line/fit.txt"
    first = path.read_text(encoding="utf-8")
    assert compared() == ["line/fit: 6 columns as they were"]
    path.write_text(first.replace("slope: 2.", "slope: 1."), encoding="utf-8")
    with pytest.raises(AuthorError, match="1 of 6 columns are not as they were; if that is meant: python"):
        compared()
    line = compared(update=True)[-1]
    assert re.fullmatch(r"line/fit/values\.slope: 1\.\d+ → 2\.\d+ \(by 1, allowed 1e-05\)", line)
    assert path.read_text(encoding="utf-8") == first


def test_an_update_leaves_what_is_within_its_tolerance(compared):
    path = EXPECTED / "line/fit.txt"
    (EXPECTED / "tolerances.yaml").write_text("line/fit/values.slope: {spread: 0.1, why: noise}\n", encoding="utf-8")
    path.write_text(other := path.read_text(encoding="utf-8").replace("slope: 2.0", "slope: 2.1"), encoding="utf-8")
    assert compared(update=True) == ["line/fit: 6 columns as they were"]
    assert path.read_text(encoding="utf-8") == other


def test_an_update_removes_what_has_no_figure(compared):
    gone = EXPECTED / "line/gone.txt"
    gone.write_text((EXPECTED / "line/fit.txt").read_text(encoding="utf-8"), encoding="utf-8")
    assert compared(update=True) == ["line/fit: 6 columns as they were", "line/gone: the figure is gone"]
    assert not gone.exists() and (EXPECTED / "line/fit.txt").is_file()


def test_a_tolerance_for_nothing_is_told(compared):
    (EXPECTED / "tolerances.yaml").write_text("line/fit/values.slopes: {spread: 0.1, why: a slip}\n", encoding="utf-8")
    with pytest.raises(AuthorError, match=r"tolerances.yaml: 'line/fit/values.slopes' is the name of no column"):
        compared()


def test_stale_tables_are_made_before_they_are_compared(project, book):
    golden.update(book, "line/fit")
    project.edit("line/fit.py", "torch.linspace(-1, 1, 2)", "torch.linspace(-1, 2, 2)")
    done = project.run("pipeline.golden", "--book", MINIMAL)
    assert done.returncode == 1 and "error: 2 of 6 columns are not as they were" in done.stderr
    assert done.stdout.startswith("line/fit/line.x: greatest 1 → 2 (by 1, allowed 2e-05)\n")


# The book's own ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def stale():
    """The jobs that would make the book's tables what its sources say."""
    return Project(ROOT, Path("book")).jobs(*map(BOOK.sums, BOOK.computed))


@pytest.mark.parametrize("figure", BOOK.computed)
def test_the_books_tables_are_as_they_were(monkeypatch, stale, figure):
    monkeypatch.chdir(ROOT)
    if f"compute {figure}" in stale:
        pytest.skip(f"the tables of {figure} are not built, or stale; `make book` makes them")
    if not golden.golden_file(BOOK, figure).is_file():
        pytest.skip(f"{figure} has no golden tables yet; `python -m pipeline.golden --update` writes them")
    tolerances = Tolerances(golden.folder(BOOK) / "tolerances.yaml")
    assert [str(change) for change in golden.compare_figure(BOOK, figure, tolerances) if change.beyond] == []


def test_each_of_the_books_tolerances_is_of_use(monkeypatch):
    monkeypatch.chdir(ROOT)
    tolerances = Tolerances(golden.folder(BOOK) / "tolerances.yaml")
    for path in golden.folder(BOOK).glob("*/*.txt"):
        compare(f"{path.parent.name}/{path.stem}", load(path), load(path), tolerances)
    tolerances.check()
