"""What a saved file is about: by what the book knows, and by what stages were seen to read."""

from pathlib import Path

import pytest

from conftest import MINIMAL
from pipeline.desk.subjects import Subject, about, called, printed, subjects
from pipeline.errors.author import UsageError
from pipeline.project.book import Book

NET, FIT = Subject("figure", "line/net"), Subject("figure", "line/fit")


@pytest.mark.parametrize(
    ("file", "current", "expected"),
    [
        ("line/net.tex.j2", None, NET),
        ("line/fit.tex.j2", NET, FIT),
        ("line/fit.py", NET, FIT),
        ("line/models/regression.py", NET, FIT),  # the figure that asks for it
        ("line/chapter.tex", NET, Subject("chapter", "line", f"{MINIMAL}/line/chapter.tex", 3)),
        ("book.tex", NET, Subject("book", "book", f"{MINIMAL}/book.tex", 3)),
        ("editions/dark.tex", NET, NET),  # all have it: what is looked at stays
        ("references.bib", Subject("chapter", "line", "x", 2), Subject("chapter", "line")),
        ("nothing.txt", None, None),
    ],
)
def test_a_saved_file_is_about(book, file, current, expected):
    assert about(book, MINIMAL / file, 3, current) == expected


def test_a_file_that_a_stage_has_read_is_about_its_figure(project, book):
    project.write("line/axes.j2", "\\draw (0,0) -- (1,1);\n")
    project.edit("line/net.tex.j2", "\\begin{tikzpicture}", '\\begin{tikzpicture}\n((* include "line/axes.j2" *))')
    project.make("line-net")
    assert about(book, MINIMAL / "line/axes.j2", 1, FIT) == NET
    assert about(book, MINIMAL / "line/axes.j2", 1, NET) == NET


def test_a_name_is_a_figures_a_chapters_or_a_pages(book):
    assert called(book, "line-net") == called(book, "line/net") == NET
    assert called(book, "line") == Subject("chapter", "line") and called(book, "2") == Subject("book", "book", page=2)
    assert {*subjects(book)} == {"line", "book", "line-fit", "line-net"}
    with pytest.raises(UsageError) as error:
        called(book, "line-nett")
    assert error.value.hint == "'line-net'"
    with pytest.raises(UsageError):
        called(book, "../../etc/passwd")


def test_what_is_built_is_what_is_shown(book):
    assert (FIT.targets(book), FIT.later(book)) == (["line-fit"], ["preview-line-fit"])
    assert NET.later(book) == []  # drawn by its template alone
    assert Path(FIT.pdf(book, "dark")).is_file()


def test_what_is_behind_a_picture_is_what_draws_it(book):
    template, module = f"{MINIMAL}/line/fit.tex.j2", f"{MINIMAL}/line/fit.py"
    assert FIT.sources(book) == {"page": (template, 1), "preview": (module, 1)}
    assert NET.sources(book).keys() == {"page"}
    assert Subject("chapter", "line", "a.tex", 7).sources(book) == {"page": ("a.tex", 7)}


def test_only_pages_that_there_are_can_be_asked_for(project, book):
    pages = printed(book)
    assert called(book, str(pages)).page == pages > 1
    with pytest.raises(UsageError, match=f"there is no page {pages + 1}") as error:
        called(book, str(pages + 1))
    assert f"the book has {pages}" in error.value.hint
    for path in project.build.glob("book-*.pdf"):
        path.unlink()
    assert printed(book) == 0 and called(book, "99").page == 99  # nobody knows how many there will be


def test_what_comes_in_the_place_of_what_is_gone(project, book):
    folder, before = book.root / "line", Book(MINIMAL)
    (folder / "net.tex.j2").rename(folder / "mesh.tex.j2")
    assert not NET.there(Book(MINIMAL)) and NET.sources(Book(MINIMAL)) == {}
    assert NET.successor(before, Book(MINIMAL)) == Subject("figure", "line/mesh")
    for name in ("line/other.tex.j2", "line/more/net.tex.j2"):
        project.write(name, "((= Another =))\n")
    assert NET.successor(before, Book(MINIMAL)) == Subject("figure", "line/more/net")  # of several, that of its name
    (folder / "more/net.tex.j2").unlink()
    assert NET.successor(before, Book(MINIMAL)) is None
