"""A book of one plate a kind of table: built from nothing in all its editions, with previews, and held to what they
promise; and the reference of tables, which quotes it."""

import re
import textwrap
from pathlib import Path

import pytest

from conftest import ROOT, Project, fresh, once
from pipeline.project.book import Book
from pipeline.table import TYPES

WHOLE = ("all", "preflight", "print", "proof", "previews")
FOLDER = Path("tests/books/reference")
REFERENCE = (ROOT / "docs/reference.md").read_text(encoding="utf-8")
QUOTED = re.findall(r"`([\w/-]+\.[\w.]+)`:\n\n```\w*\n(.*?)```", REFERENCE, re.DOTALL)


@pytest.fixture(scope="session")
def reference(tmp_path_factory):
    """The book, built once; to look at, never to edit."""
    return Project(once(tmp_path_factory, "reference", lambda root: fresh(root, FOLDER).make(*WHOLE)), FOLDER)


@pytest.mark.slow
def test_every_plate_is_drawn_in_all_editions_and_by_matplotlib(reference, monkeypatch):
    monkeypatch.chdir(reference.root)
    book = Book(FOLDER)
    for edition in ("dark", "light", "print", "proof"):
        assert [name for name in book.figures if not Path(book.figure(edition, name)).exists()] == []
        assert (reference.build / f"book-{edition}.pdf").exists()
    for edition in ("dark", "light"):
        assert [name for name in book.computed if not Path(book.preview(edition, name)).exists()] == []


@pytest.mark.slow
def test_when_built_again_there_is_nothing_to_be_done(reference):
    assert "Nothing to be done" in reference.make(*WHOLE).stderr


def test_no_plate_needs_a_preview_of_its_own(monkeypatch):
    monkeypatch.chdir(ROOT)
    book = Book(FOLDER)
    assert [name for name in book.computed if book.find_computed(name).defines("preview")] == []


def test_the_reference_has_a_section_for_each_kind():
    assert set(re.findall(r"^### (\w+)", REFERENCE, re.MULTILINE)) >= set(TYPES)


@pytest.mark.parametrize(("name", "code"), QUOTED, ids=[name for name, _ in QUOTED])
def test_the_reference_quotes_what_the_book_has(name, code):
    source = (ROOT / FOLDER / name).read_text(encoding="utf-8")
    assert textwrap.dedent(code).strip() in textwrap.dedent(source) or code in source
