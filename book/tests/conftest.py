"""What the tests of this book ask for: its modules, and what was built of it. The book may lie anywhere."""

import json
from pathlib import Path

import pytest

import pipeline
from pipeline import models
from pipeline.project.book import Book
from pipeline.table import read_all

from .nets import stand_in

BUILT = {"trained", "values"}  # fixtures that look at what the last build has made


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
def intro(book):
    """Imports a module of the opening chapter by its stem: intro("data")."""
    return lambda stem: book.load(book.root / "intro" / f"{stem}.py")


@pytest.fixture
def spiral(book):
    """Imports a module of the chapter by its stem: spiral("data")."""
    return lambda stem: book.load(book.root / "spiral" / f"{stem}.py")


@pytest.fixture
def ellipse(book):
    """The same of the other chapter."""
    return lambda stem: book.load(book.root / "ellipse" / f"{stem}.py")


@pytest.fixture
def samples(ellipse):
    """The 24 samples, in NumPy."""
    return ellipse("data").samples().numpy()


@pytest.fixture
def trained(book):
    """Loads a model as it was trained: trained("spiral/linear")."""
    return lambda name: built(book.model(name)) and models.trained(book, name)


@pytest.fixture
def values(book):
    """Reads what a figure has computed: values("spiral/decision")["accuracy-relu"]."""
    return lambda figure: json.loads(built(book.values(figure)).read_text(encoding="utf-8"))


@pytest.fixture(params=["any net", pytest.param("the trained net", marks=pytest.mark.built)])
def shown(request, book):
    """(tables, models) of a figure: shown("spiral/likelihood").

    Once for nets with weights at random, by the figure's module as it is; once for those that were trained, as the last
    build has drawn them. What a figure says of its net must be true of both.
    """

    def shown(figure):
        asked = book.find(figure).models
        if request.param == "any net":
            nets = {p: stand_in(name, book.load(book.models[name])) for p, name in asked.items()}
            return book.load(book.find(figure).code).tables(**nets), nets
        nets = {p: built(book.model(name)) and models.trained(book, name) for p, name in asked.items()}
        tables, values = read_all(built(book.values(figure)).parent)
        return tables | {"values": values}, nets

    return shown


def built(path):
    """A file of the last build; without it the test is skipped."""
    if not Path(path).is_file():
        pytest.skip(f"there is no {path}; `make book` makes it")
    return Path(path)
