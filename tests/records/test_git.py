"""The stamp of a build: the version, and the commit of what the book is made from."""

from conftest import MINIMAL, Project, git
from pipeline.project.book import Book
from pipeline.records.git import commit, head, stamp


def test_without_git_there_is_no_commit(book):
    assert commit(book.root) == ""


def test_a_book_that_lies_in_anothers_repository_has_no_commit(project, book):
    """A zip unpacked there: none of its files is that repository's, or not this one any more."""
    (project.root.parent / "notes.txt").write_text("", encoding="utf-8")
    outer = Project(project.root.parent)
    for command in (["init", "-q"], ["add", "notes.txt"], ["commit", "-qm", "notes"]):
        git(outer, *command)
    assert git(project, "rev-parse", "HEAD")
    assert commit(book.root) == "" and head(book) == {"commit": None, "clean": None}
    git(outer, "add", "-A", str(project.root / MINIMAL))
    git(outer, "commit", "-qm", "a book")
    assert commit(book.root) and head(book) == {
        "commit": git(project, "rev-parse", "HEAD"),
        "clean": False,
    }
    git(outer, "rm", "-rq", "--cached", str(project.root / MINIMAL))
    git(outer, "commit", "-qm", "no book")
    assert commit(book.root) == "" and head(book)["commit"] is None


def test_without_the_program_there_is_no_repository(committed, project, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert commit(committed.root) == "" and head(committed) == {"commit": None, "clean": None}


def test_the_commit_is_the_last_that_concerns_the_book(committed, project):
    first = git(project, "rev-parse", "--short=8", "HEAD")
    assert commit(committed.root) == first
    project.write("pipeline/later.py", "")
    assert commit(committed.root) == first + "+"
    (project.root / "pipeline/later.py").unlink()
    (project.root / "notes.txt").write_text("", encoding="utf-8")
    git(project, "add", "notes.txt")
    git(project, "commit", "-qm", "elsewhere")
    assert commit(committed.root) == first
    project.write("tests/test_more.py", "")
    project.write("expected/line/fit.txt", "")
    assert commit(committed.root) == first
    project.edit("line/chapter.tex", "is old", "is very old")
    assert commit(committed.root) == first + "+"


def test_only_editions_that_show_it_have_the_commit(committed, project):
    project.edit("book.yaml", "seed: 1", 'seed: 1\nversion: "2.1"')
    book = Book(committed.root)
    assert stamp(book, "dark") == {"version": "2.1", "commit": commit(book.root)}
    assert stamp(book, "print") == {"version": "2.1"}


def test_a_commit_alone_sets_the_stamped_books_again_and_nothing_else(committed, project):
    jobs = {f"{verb} {MINIMAL} ({edition})" for verb in ("typeset", "preflight") for edition in ("dark", "light")}
    assert project.jobs("all", "print", "figures") == jobs
