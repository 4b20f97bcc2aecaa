"""Builds are repeatable: two of one book, from nothing, in unlike surroundings, give equal bytes."""

import os
import subprocess
from pathlib import Path

import pytest

from conftest import MINIMAL, fresh
from pipeline import reproduce
from pipeline.errors.author import AuthorError
from pipeline.reproduce import copy, differing, digests

UMLAUT = os.fsdecode("a b/ü.tex".encode())  # whatever the locale
TARGETS = ("all", "preview", "line", "print", "proof")


@pytest.mark.long
def test_two_builds_in_unlike_surroundings_give_equal_bytes(built, tmp_path):
    name, *surroundings = reproduce.SURROUNDINGS[1]
    other = fresh(tmp_path / name)
    done = reproduce.build(other.root, MINIMAL, TARGETS, *surroundings)
    assert done.returncode == 0, done.stderr
    one, two = digests(built.build), digests(other.build)
    assert differing(one, two) == []
    kinds = {path.parts[0] for path in one}
    assert {"models", "tables", "pictures", "figures", "previews", "chapters"} <= kinds and "logs" not in kinds
    assert {f"book-{edition}.pdf" for edition in ("dark", "light", "print", "proof")} <= kinds


def write(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", errors="surrogateescape")


FILES = {
    "book.pdf": "a book",
    "figures/dark/a/b.pdf": "a figure",
    "tables/a/b/values.json": "{}",
    "tables/a/b/c.dat": "1 2",
}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"book.pdf": "a look"}, ["book.pdf"]),
        ({"tables/a/b/values.json": "[]", "tables/a/b/new.dat": ""}, ["tables/a/b/new.dat", "tables/a/b/values.json"]),
        ({"logs/figure/a.log": "0.5 s", "scratch/figure.log": ""}, []),
        ({"figures/dark/a/b.json": "today", "book.pdf.json": "today"}, []),  # sidecars
    ],
)
def test_what_differs_is_named(tmp_path, change, found):
    write(tmp_path / "one", FILES)
    write(tmp_path / "two", FILES | change)
    one, two = digests(tmp_path / "one"), digests(tmp_path / "two")
    assert list(map(str, differing(one, two))) == found == list(map(str, differing(two, one)))


def test_the_copy_is_the_project_as_it_is_on_disk(tmp_path, monkeypatch):
    write(
        tmp_path / "project",
        {".gitignore": "build/\n", "kept.py": "1", "gone.py": "", UMLAUT: "2", "build/book.pdf": ""},
    )
    monkeypatch.chdir(tmp_path / "project")
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *command], check=True)
    write(Path(), {"kept.py": "3", "new.py": "4"})
    Path("gone.py").unlink()
    copy(tmp_path / "copy")
    files = {
        str(p.relative_to(tmp_path / "copy")): p.read_text(encoding="utf-8")
        for p in (tmp_path / "copy").rglob("*")
        if p.is_file()
    }
    assert files == {".gitignore": "build/\n", "kept.py": "3", UMLAUT: "2", "new.py": "4"}


@pytest.fixture
def builds(book, monkeypatch):
    """Makes reproduce() build nothing but a book, what `text(folder)` says."""

    def builds(text):
        def build(folder, root, targets, *surroundings):
            assert (root, targets) == (MINIMAL, [*TARGETS])
            write(folder / book.build, FILES | {"book.pdf": text(folder)})
            return subprocess.CompletedProcess([], 0)

        monkeypatch.setattr(reproduce, "copy", lambda folder: None)
        monkeypatch.setattr(reproduce, "build", build)
        return book

    return builds


def test_the_report_counts_files_by_kind(builds, capsys):
    reproduce.reproduce(builds(lambda folder: "a book"))
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[1:] == [
        ["*.pdf", "1", "6", "0"],
        ["figures", "1", "8", "0"],
        ["tables", "2", "5", "0"],
        ["all", "4", "19", "0"],
    ]


def test_a_build_that_knows_its_folder_is_found_out(builds, capsys):
    with pytest.raises(AuthorError, match=r"two builds of the same book differ: book\.pdf"):
        reproduce.reproduce(builds(str))
    assert capsys.readouterr().out.splitlines()[-1].split()[::3] == ["all", "1"]
