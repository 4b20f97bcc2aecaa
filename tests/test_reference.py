"""The reference's book: built from nothing in both its editions, with previews, and held to what they promise; and
docs/reference.md, which quotes it, and shows what it draws."""

import re
import textwrap
from pathlib import Path

import pytest
from PIL import Image

import drawn
from conftest import ROOT, Project, fresh, once
from pipeline.project.book import Book

FOLDER = Path("tests/books/reference")
PRESS = "plates"  # the chapter that is drawn in printing inks, too: images and cells
PREVIEWS = [
    f"build/{FOLDER}/previews/dark/{path.parent.name}/{path.stem}.png"
    for path in sorted((ROOT / FOLDER).glob("*/*.py"))
    if path.with_suffix(".tex.j2").is_file()
]
WHOLE = ("all", "preflight", f"build/{FOLDER}/chapters/print/{PRESS}.pdf", *PREVIEWS)
REFERENCE = (ROOT / "docs/reference.md").read_text(encoding="utf-8")
QUOTED = re.findall(r"`([\w/-]+\.[\w.]+)`:\n\n```\w*\n(.*?)```", REFERENCE, re.DOTALL)
PICTURES = dict(re.findall(r"^!\[(.*?)\]\(reference/([\w-]+)\.png\)$", REFERENCE, re.MULTILINE))
SIZE, ALL = 56, 2500  # KB, of a picture and of all


@pytest.fixture(scope="session")
def reference(tmp_path_factory):
    """The book, built once; to look at, never to edit."""
    return Project(once(tmp_path_factory, "reference", lambda root: fresh(root, FOLDER).make(*WHOLE)), FOLDER)


@pytest.mark.slow
def test_every_figure_is_drawn_in_both_editions_and_by_matplotlib(reference, monkeypatch):
    monkeypatch.chdir(reference.root)
    book = Book(FOLDER)
    for edition in book.editions:
        assert [name for name in book.figures if not Path(book.figure(edition, name)).exists()] == []
        assert (reference.build / f"book-{edition}.pdf").exists()
    assert {book.preview("dark", name) for name in book.computed} == {*PREVIEWS}
    assert [path for path in PREVIEWS if not Path(path).exists()] == []


@pytest.mark.slow
def test_plates_are_drawn_in_printing_inks(reference, monkeypatch):
    monkeypatch.chdir(reference.root)
    book = Book(FOLDER)
    names = [name for name in book.figures if name.startswith(f"{PRESS}/")]
    assert len(names) > 5 and all(Path(book.figure("print", name)).exists() for name in names)


@pytest.mark.slow
def test_when_built_again_there_is_nothing_to_be_done(reference):
    assert "Nothing to be done" in reference.make(*WHOLE).stderr


@pytest.mark.slow
def test_the_pictures_are_what_the_book_draws_today(reference, monkeypatch):
    monkeypatch.chdir(reference.root)
    today = drawn.pictures(Book(FOLDER))
    there = {file.stem: Image.open(file) for file in drawn.FOLDER.glob("*.png")}
    assert {*there} == {*today}
    assert [name for name in today if drawn.changed(there[name], today[name])] == [], "make docs"
    assert {*there} == {*PICTURES.values()}


def test_every_figure_has_its_picture_and_every_picture_its_figure(monkeypatch):
    monkeypatch.chdir(ROOT)
    book = Book(FOLDER)
    own = {name.replace("/", "-"): book.plain(book.figures[name].title) for name in drawn.shown(book)}
    chapter = (FOLDER / drawn.PAGES / "chapter.tex").read_text(encoding="utf-8")
    pages = {f"{drawn.PAGES}-{name}" for name in re.findall(r"\\label\{page:(\w+)\}", chapter)}
    titles = {name: title for title, name in PICTURES.items()}
    assert {*titles} == {*own} | pages
    assert {name: titles[name] for name in own} == own
    assert {file.stem for file in drawn.FOLDER.glob("*.png")} == {*titles}


def test_pictures_are_small():
    sizes = {file.name: file.stat().st_size / 1024 for file in drawn.FOLDER.glob("*.png")}
    assert {name: size for name, size in sizes.items() if size > SIZE} == {}
    assert sum(sizes.values()) < ALL


def test_no_figure_needs_a_preview_of_its_own(monkeypatch):
    monkeypatch.chdir(ROOT)
    book = Book(FOLDER)
    assert [name for name in book.computed if book.find_computed(name).defines("preview")] == []


@pytest.mark.parametrize(("name", "code"), QUOTED, ids=[name for name, _ in QUOTED])
def test_the_reference_quotes_what_the_book_has(name, code):
    source = (ROOT / (name if (ROOT / name).is_file() else FOLDER / name)).read_text(encoding="utf-8")
    assert textwrap.dedent(code).strip() in textwrap.dedent(source) or indented(code, source)


def indented(code, source):
    """Whether some lines of a source are the code, if all are moved to the left alike."""
    lines, count = source.splitlines(), len(code.rstrip("\n").splitlines())
    pieces = (textwrap.dedent("\n".join(lines[k : k + count])) for k in range(len(lines)))
    return code.rstrip("\n") in pieces


def test_a_quotation_that_is_not_there_is_seen():
    assert indented("b = 1\nc = 2\n", "a\n    b = 1\n    c = 2\n")
    assert not indented("b = 1\nc = 3\n", "a\n    b = 1\n    c = 2\n")
