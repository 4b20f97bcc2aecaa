"""What is no longer true is not there: after a failure, no target shows what was good at an earlier time."""

import subprocess
from pathlib import Path

import pytest

from conftest import MINIMAL
from pipeline.engine.outputs import Parts
from pipeline.files import here
from pipeline.project.book import Book
from pipeline.prune import prune

pytestmark = pytest.mark.slow

BOOK = f"build/{MINIMAL}/book-dark.pdf"
FIGURE = f"build/{MINIMAL}/figures/light/line/fit.pdf"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [("line/fit.py", "slope=", "slope=1/0, more="), ("line/fit.tex.j2", "data )))};", "dota )))};")],
)
def test_a_failure_is_not_forgotten_by_a_target_further_on(project, file, old, new):
    project.edit(file, old, new)
    assert project.snakemake("line-fit").returncode != 0
    assert not (project.root / FIGURE).exists() and not (project.root / BOOK).exists()
    again = project.snakemake(BOOK)
    assert again.returncode != 0 and f"error: {MINIMAL}/{file}:" in again.stderr


def all_files(book):
    return {str(path.relative_to(book.build)) for path in book.build.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("lost", "gone"),
    [
        (
            "tables/line/fit/SHA256SUMS",
            {"pictures/line/fit.tex"}
            | {
                f"{kind}/{edition}/line/fit.{ending}"
                for kind, ending in (("figures", "pdf"), ("previews", "png"))
                for edition in ("dark", "light")
            },
        ),
        ("figures/dark/line/net.pdf", set()),
        ("contents.txt", set()),
    ],
)
def test_what_is_made_of_what_is_lost_is_withdrawn(book, lost, gone):
    before = all_files(book)
    (book.build / lost).unlink()
    Parts(book).withdraw()
    assert gone | {"book-dark.pdf"} <= before - all_files(book)
    assert ("book-light.pdf" in all_files(book)) == (lost == "figures/dark/line/net.pdf")
    assert f"pictures/line/{'net' if 'fit' in lost else 'fit'}.tex" in all_files(book)


def test_nothing_is_withdrawn_from_a_whole_book(book):
    before = all_files(book)
    Parts(book).withdraw()
    assert all_files(book) == before


def test_what_killed_processes_left_is_removed_at_the_next_start(project, book):
    dead = subprocess.Popen(["true"])
    dead.wait()
    (book.build / f"figures/dark/line/.fit.{here()}-{dead.pid}-0123.pdf").write_text("half", encoding="utf-8")
    view = book.build / f"scratch/.tex.{here()}-{dead.pid}-0123"
    view.mkdir(parents=True)
    (view / "book").symlink_to(book.root.resolve())
    prune(Book(MINIMAL))
    assert not list(book.build.rglob(".*"))
    assert Path(MINIMAL, "book.yaml").is_file()  # the link is gone, not what it leads to
