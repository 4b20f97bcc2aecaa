"""What a book's files may be called, and that its links stay in it."""

import re
from pathlib import Path

import pytest

from conftest import MINIMAL
from pipeline.engine.targets import COMMON
from pipeline.errors.author import AuthorError
from pipeline.project.book import Book
from pipeline.project.chapters import loose
from pipeline.project.config import RESERVED
from pipeline.project.names import NAME


def test_a_link_does_not_lead_out_of_the_book(project, book):
    (project.root / "secret.tex").touch()
    project.path("line/part.j2").symlink_to(project.root / "secret.tex")
    with pytest.raises(
        AuthorError, match=r"line/part.j2: the link leads out of the book, to .*/secret.tex; put the file itself there"
    ):
        Book(book.root)
    project.path("line/part.j2").unlink()
    project.path("line/part.j2").symlink_to("fit.tex.j2")
    Book(book.root)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (
            "line/Energy.tex.j2",
            "line/Energy.tex.j2: it is left out; names are lower-case words joined by dashes; call it energy.tex.j2",
        ),
        (
            "line/my_fig.tex.j2",
            "line/my_fig.tex.j2: it is left out; names are lower-case words joined by dashes; call it my-fig.tex.j2",
        ),
        (
            "line/a b;rm.tex.j2",
            "line/a b;rm.tex.j2: it is left out; names are lower-case words joined by dashes; call it a-b-rm.tex.j2",
        ),
        (
            "line/models/deepNet.py",
            "line/models/deepNet.py: it is left out; names are lower-case words joined by dashes; call it deep-net.py",
        ),
    ],
)
def test_names_that_are_none_are_left_out_and_told(project, book, file, message):
    project.write(file, "")
    aside = Book(book.root)
    assert (aside.figures.keys(), aside.models.keys()) == (book.figures.keys(), book.models.keys())
    (error,) = loose(aside)
    assert f"{error}; {error.hint}" == f"{MINIMAL}/{message}"


@pytest.mark.parametrize(
    ("chapter", "figure", "target"),
    [("line-b", "c", "line-b-c"), ("line-fit", None, "line-fit"), ("preview-line", "fit", "preview-line-fit")],
)
def test_two_things_of_one_name(project, book, chapter, figure, target):
    project.edit("book.yaml", "[line]", f"[line, {chapter}]")
    project.write(f"{chapter}/chapter.tex", "")
    if figure:
        project.write(f"{chapter}/{figure}.tex.j2", "")
        project.write("line/b-c.tex.j2", "")
    with pytest.raises(
        AuthorError, match=rf"its target is '{target}', but so is that of {MINIMAL}/.*; call one of them otherwise"
    ):
        Book(book.root)


def test_no_chapter_can_have_the_name_of_a_rule():
    files = [Path("Snakefile"), *Path("pipeline/rules").glob("*.smk")]
    rules = {name for file in files for name in re.findall(r"^rule (\w+):", file.read_text(encoding="utf-8"), re.M)}
    assert {name for name in rules | COMMON.keys() if NAME.fullmatch(name)} <= RESERVED
