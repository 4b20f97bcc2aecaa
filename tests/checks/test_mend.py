"""What a terminal says of an edition's breaches: each or, of many, the worst of each kind and where the rest is."""

import json
from pathlib import Path

import pytest

from conftest import MINIMAL, ROOT
from pipeline.checks.finding import Finding
from pipeline.checks.mend import MOST, to_mend
from pipeline.project.book import Book


@pytest.fixture
def book(tmp_path, monkeypatch):
    """The minimal book with nothing but the reports that a test writes."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(Book, "preflight", lambda _, edition: str(tmp_path / f"{edition}.json"))
    monkeypatch.setattr(Book, "loose_ends", lambda _, name: str(tmp_path / f"{name}.none"))
    return Book(MINIMAL)


def write(book, edition, **kinds):
    """A report in which promises have so many breaches, in figures of one line each."""
    promises = [
        {
            "name": name,
            "breaches": [
                Finding(f"line/f{k}.tex.j2:7", f"it breaks {name}", "mend it", f"line/f{k}").record() for k in range(n)
            ],
        }
        for name, n in kinds.items()
    ]
    Path(book.preflight(edition)).write_text(json.dumps({"promises": promises}), encoding="utf-8")


def test_few_are_told_one_by_one_and_in_both_editions_once(book):
    for edition in ("dark", "light"):
        write(book, edition, lines=2, type=1)
    found = to_mend(book, ["dark", "light"])
    assert found.number == 3 and [str(error) for error in found] == [
        "line/f0.tex.j2:7: it breaks type",
        "line/f0.tex.j2:7: it breaks lines",
        "line/f1.tex.j2:7: it breaks lines",
    ]
    assert found[0].rows == {"figure": "line/f0 (dark, light)"} and found[0].hint == "mend it"


def test_many_are_told_by_the_worst_of_each_kind(book):
    write(book, "dark", lines=MOST, type=1, page=30)
    write(book, "light")
    found = to_mend(book, ["dark", "light"])
    assert found.number == MOST + 31
    assert [str(error) for error in found] == [
        f"line/f0.tex.j2:7: it breaks {name}" for name in ("page", "type", "lines")
    ]
    page = str(Path(book.preflight("dark")).with_suffix(".html"))
    assert [error.rows.get("more") for error in found] == [
        f"29 of this kind, in 30 figures in all: {page}",
        None,
        f"{MOST - 1} of this kind, in {MOST} figures in all: {page}",
    ]
