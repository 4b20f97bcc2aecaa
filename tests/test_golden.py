"""The command: what it compares and says, and what an update rewrites."""

import re

import pytest

from conftest import MINIMAL
from pipeline import golden
from pipeline.errors.author import AuthorError
from pipeline.project.book import Book

EXPECTED = MINIMAL / "expected"


@pytest.fixture
def compared(book, monkeypatch, capsys):
    """Compares the built minimal book, as it stands, and returns what is said; `update` rewrites."""
    monkeypatch.setattr(golden, "make_tables", lambda book: None)
    golden.update(book, "line/fit")

    def compared(update=False):
        golden.golden(Book(book.root), update)
        return capsys.readouterr().out.splitlines()

    return compared


def test_the_minimal_books_tables_are_as_they_were(project):
    done = project.run("pipeline.golden", "--book", MINIMAL)
    assert (done.returncode, done.stdout) == (0, "line/fit: 6 columns as they were\n"), done.stderr


def test_an_update_rewrites_what_is_beyond_and_says_so(compared):
    path = EXPECTED / "line/fit.txt"
    first = path.read_text(encoding="utf-8")
    assert compared() == ["line/fit: 6 columns as they were"]
    path.write_text(first.replace("slope: 2.", "slope: 1."), encoding="utf-8")
    with pytest.raises(AuthorError, match="1 of 6 columns are not as they were") as error:
        compared()
    assert error.value.hint == "python -m pipeline.golden --update, where that is meant"
    line, wrote = compared(update=True)[-2:]
    assert wrote == f"line/fit: wrote {path}"
    assert re.fullmatch(r"line/fit/values\.slope: 1\.\d+ → 2\.\d+ \(by 1, allowed 1e-05\)", line)
    assert path.read_text(encoding="utf-8") == first


def test_an_update_leaves_what_is_within_its_tolerance(compared):
    path = EXPECTED / "line/fit.txt"
    (EXPECTED / "tolerances.yaml").write_text("line/fit/values.slope: {spread: 0.1, why: noise}\n", encoding="utf-8")
    path.write_text(other := path.read_text(encoding="utf-8").replace("slope: 2.0", "slope: 2.1"), encoding="utf-8")
    assert compared(update=True) == ["line/fit: 6 columns as they were"]
    assert path.read_text(encoding="utf-8") == other


def test_a_figure_without_golden_tables_is_no_change(compared):
    path = EXPECTED / "line/fit.txt"
    first = path.read_text(encoding="utf-8")
    path.unlink()
    with pytest.raises(AuthorError, match=r"^1 figure has no golden tables yet$") as error:
        compared()
    assert error.value.hint == "python -m pipeline.golden --update writes them"
    assert compared(update=True)[-1] == f"line/fit: wrote {path}" and path.read_text(encoding="utf-8") == first


def test_an_update_removes_what_has_no_figure(compared):
    gone = EXPECTED / "line/gone.txt"
    gone.write_text((EXPECTED / "line/fit.txt").read_text(encoding="utf-8"), encoding="utf-8")
    assert compared(update=True) == [
        "line/fit: 6 columns as they were", "line/gone: the figure is gone", f"line/gone: removed {gone}"
    ]  # fmt: skip
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
