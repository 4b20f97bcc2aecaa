"""What the tests of this book ask for: its modules, and what was built of it. The book may lie anywhere."""

import json
from pathlib import Path

import pytest

import pipeline
from pipeline import models
from pipeline.project.book import Book


@pytest.fixture
def book(monkeypatch):
    """This book, seen from the project's folder as all that builds it sees it."""
    monkeypatch.chdir(Path(pipeline.__file__).parents[1])
    return Book(Path(__file__).parents[1])


@pytest.fixture
def spiral(book):
    """Imports a module of the chapter by its stem: spiral("data")."""
    return lambda stem: book.load(book.root / "spiral" / f"{stem}.py")


@pytest.fixture
def ellipse(book):
    """The same of the other chapter."""
    return lambda stem: book.load(book.root / "ellipse" / f"{stem}.py")


@pytest.fixture
def trained(book):
    """Loads a model as it was trained: trained("spiral/linear")."""
    return lambda name: models.load(built(book.model(name)), book.load(book.models[name]).build)


@pytest.fixture
def values(book):
    """Reads what a figure has computed: values("spiral/decision")["accuracy-relu"]."""
    return lambda figure: json.loads(built(book.values(figure)).read_text(encoding="utf-8"))


def built(path):
    """A file of the last build; without it the test is skipped."""
    if not Path(path).is_file():
        pytest.skip(f"there is no {path}; `make book` makes it")
    return Path(path)
