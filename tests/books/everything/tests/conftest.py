"""What the tests of this book ask for. The book may lie anywhere."""

import json
from pathlib import Path

import pytest

import pipeline
from pipeline import models
from pipeline.project.book import Book
from pipeline.table import read_all

BUILT = {"built", "trained"}  # fixtures that look at what the last build has made


def pytest_collection_modifyitems(items):
    for item in items:
        if BUILT & set(getattr(item, "fixturenames", ())):
            item.add_marker("built")


@pytest.fixture
def book(monkeypatch):
    """This book, seen from the project's folder as all that builds it sees it."""
    monkeypatch.chdir(Path(pipeline.__file__).parents[1])
    return Book(Path(__file__).parents[1])


@pytest.fixture
def module(book):
    """Imports a module of the book: module("wein/data")."""
    return lambda name: book.load(book.root / f"{name}.py")


@pytest.fixture
def computed(book, module):
    """The tables and values of a figure that asks for no model, computed now: computed("pendel/dauer")."""
    return lambda figure: module(figure).tables()


@pytest.fixture
def built(book):
    """The tables and values of a figure as the last build has made them; without it the test is skipped."""

    def built(figure):
        values = there(book.values(figure))
        return read_all(values.parent)[0] | {"values": json.loads(values.read_text(encoding="utf-8"))}

    return built


@pytest.fixture
def trained(book):
    """Loads a model as it was trained: trained("wein/klassen")."""
    return lambda name: there(book.model(name)) and models.trained(book, name)


def there(path):
    """A file of the last build; without it the test is skipped."""
    if not Path(path).is_file():
        pytest.skip(f"there is no {path}; `make book` makes it")
    return Path(path)
