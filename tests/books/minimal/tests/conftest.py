"""What the tests of this book ask for. The book may lie anywhere."""

from pathlib import Path

import pytest

import pipeline
from pipeline.project.book import Book


@pytest.fixture
def book(monkeypatch):
    """This book, seen from the project's folder as all that builds it sees it."""
    monkeypatch.chdir(Path(pipeline.__file__).parents[1])
    return Book(Path(__file__).parents[1])
