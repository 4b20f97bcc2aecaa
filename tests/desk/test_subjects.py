"""What a saved file is about: by what the book knows, and by what stages were seen to read."""

from pathlib import Path

import pytest

from conftest import MINIMAL
from pipeline.desk.subjects import Subject, about, called, subjects
from pipeline.errors.author import UsageError

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
    assert called(book, "line") == Subject("chapter", "line") and called(book, "3") == Subject("book", "book", page=3)
    assert {*subjects(book)} == {"line", "book", "line-fit", "line-net"}
    with pytest.raises(UsageError) as error:
        called(book, "line-nett")
    assert error.value.hint == "'line-net'"
    with pytest.raises(UsageError):
        called(book, "../../etc/passwd")


def test_what_is_built_is_what_is_shown(book):
    assert (FIT.targets(book), FIT.later(book)) == (["line-fit"], ["preview-line-fit"])
    assert NET.later(book) == []  # drawn by its template alone
    assert Path(FIT.pdf(book, "dark")).is_file() and FIT.source(book) == (f"{MINIMAL}/line/fit.tex.j2", 1)
    assert Subject("chapter", "line", "a.tex", 7).source(book) == ("a.tex", 7)
