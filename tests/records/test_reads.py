"""What a stage has really read makes its output stale: data, photos, files that TeX inputs, modules that are found at
run time."""

import os
import re
import shutil
from pathlib import Path

import pytest

import reading
from conftest import MINIMAL, ROOT, Project, once
from pipeline.project.book import Book
from pipeline.records.reads import kept, other, sources_today, taken_down, told

BOOKS = {f"{verb} {MINIMAL} ({edition})" for verb in ("typeset", "preflight") for edition in ("dark", "light")}


@pytest.mark.parametrize("name", ["line/net.tex.j2", "line/data.py"])
def test_a_book_that_lies_elsewhere_is_known_by_its_contents_too(tmp_path, monkeypatch, name):
    monkeypatch.chdir(ROOT)
    away = shutil.copytree(MINIMAL, tmp_path / "away")
    file, output = away / name, tmp_path / "output"
    with taken_down(Book(away), output):
        told(file)
    os.utime(file, (0, 0))
    assert other(Book(away), output) == {}
    file.write_text(file.read_text(encoding="utf-8") + "x = 1\n", encoding="utf-8")
    assert [*other(Book(away), output)] == [f"book/{name}"]


def compiled(*figures):
    return {f"compile {figure} ({edition})" for figure in figures for edition in ("dark", "light")}


COMPUTED = {"compute line/fit", "render line/fit"} | compiled("line/fit") | BOOKS
PHOTOGRAPH = compiled("line/photo") | BOOKS


@pytest.fixture(scope="module")
def made(built, tmp_path_factory):
    """A book that reads in all these ways, built, and the folder of the author's own package, which has no version."""

    def make(room):
        reading.built(built.copy(room / "project"), room / "own", "all")

    return Project(once(tmp_path_factory, "reads", make) / "project")


@pytest.fixture
def project(made, tmp_path, monkeypatch):
    """A copy of it, with a package of its own to edit."""
    project = made.copy(tmp_path / "project")
    (tmp_path / "own").mkdir()
    (tmp_path / "own/ownunits.py").write_text("UNIT = 1.0\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "own"))
    return project


@pytest.mark.slow
def test_nothing_to_do_after_the_build(project):
    assert project.jobs() == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "text", "jobs"),
    [
        ("line/readings.csv", "x,y\n-1,-3\n0,-1\n1,5\n", COMPUTED),
        ("line/offset.txt", "1", COMPUTED),  # looked for, and not there
        ("line/scans/two.txt", "2", COMPUTED),  # in a folder whose files are counted
        ("line/shapes/straight.py", "SLOPE = 3\n", COMPUTED),  # a module that is named at run time
        ("line/shapes/straight.py", "# the same\nSLOPE = 2\n", set()),
        ("../own", "UNIT = 2.0\n", COMPUTED),
        ("line/word.tex", "newword", PHOTOGRAPH),
        ("line/extra.tex", "extra", PHOTOGRAPH),  # looked for, and not there
        ("line/dotted.tex", "newdot", PHOTOGRAPH),  # asked for as ./…
        ("line/weighed.txt", "more bytes", PHOTOGRAPH),  # never opened
        ("line/photo.png", None, PHOTOGRAPH),
        ("line/section.tex", reading.FILES["line/section.tex"] + "More words.\n", BOOKS),
        ("preface.tex", "\\chapter{Preface}\nNew preface.\n", BOOKS),
        ("line/unread.txt", "nobody reads it", set()),
    ],
)
def test_what_was_read_makes_stale(project, tmp_path, file, text, jobs):
    if text is None:
        project.path(file).write_bytes(reading.photo(grey=90))
    elif file == "../own":
        (tmp_path / "own/ownunits.py").write_text(text, encoding="utf-8")
    else:
        project.write(file, text)
    assert project.jobs() == jobs


@pytest.mark.slow
def test_why_names_the_file(project):
    project.write("line/readings.csv", "x,y\n0,0\n1,1\n")
    said = project.run("pipeline.why", "--book", MINIMAL, "line/fit").stdout
    assert f"{MINIMAL}/line/readings.csv changed" in said


@pytest.mark.slow
@pytest.mark.parametrize(("file", "jobs"), [("line/scans/one.txt", COMPUTED), ("line/mark.txt", PHOTOGRAPH)])
def test_a_file_that_is_gone_makes_stale(project, file, jobs):
    project.path(file).unlink()
    assert project.jobs() == jobs


def test_a_figure_in_a_file_that_a_chapter_inputs_belongs_to_the_book(project, monkeypatch):
    monkeypatch.chdir(project.root)
    assert "line/fit" in Book(MINIMAL).figures_of(["line"])
    assert project.build.joinpath("figures/dark/line/fit.pdf").exists()


@pytest.mark.slow
def test_a_book_is_the_same_by_all_its_names(project, tmp_path):
    (tmp_path / "link").symlink_to(project.root / MINIMAL)
    for name in (project.root / MINIMAL, Path("../project") / MINIMAL, tmp_path / "link", f"./{MINIMAL}/"):
        done = project.run("snakemake", "--dry-run", "-c1", "--config", f"book={name}")
        assert "Nothing to be done" in done.stdout + done.stderr, (name, done.stdout[-500:], done.stderr[-500:])


@pytest.mark.slow
def test_what_is_read_elsewhere_is_told(project, tmp_path, monkeypatch):
    for name in ("elsewhere", "temporary"):
        (tmp_path / name).mkdir()
    data = tmp_path / "elsewhere/data.csv"
    data.write_text("x,y\n0,0\n1,1\n", encoding="utf-8")
    # what lies in the system's folder for such files, nobody keeps
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    project.edit("line/fit.py", 'HERE / "readings.csv"', repr(str(data)))
    project.edit(
        "line/fit.py",
        "    try:\n",
        "    __import__('subprocess').run(['true'])\n    import pipeline.training\n    try:\n",
    )
    notes = re.findall(r"note: .*", project.make("line-fit").stderr)
    assert any(f"{MINIMAL}/line/fit.py reads {data}" in note for note in notes), notes
    assert any(f"{MINIMAL}/line/fit.py starts true" in note for note in notes), notes
    assert {"pipeline/" in note for note in notes} == {False}, "\n".join(
        notes
    )  # a module of the pipeline that is imported is part of the code


def test_what_is_read_in_a_block_is_kept(project, monkeypatch):
    monkeypatch.chdir(project.root)
    book, output = Book(MINIMAL), Path("build/x.out")
    with taken_down(book, output):
        Path(MINIMAL, "line/word.tex").read_text(encoding="utf-8")
        Path(MINIMAL, "line/__pycache__").mkdir(exist_ok=True)
        for name in ("odd.cpython-311-pytest-9.2.0.pyc", "none"):  # names that Python itself does not give
            with pytest.raises(FileNotFoundError):
                Path(MINIMAL, "line/__pycache__", name).read_text(encoding="utf-8")
        told(Path(MINIMAL, "book.yaml"))
    files = kept(output)["files"]
    assert {name.split("/")[-1] for name in files} >= {"word.tex", "book.yaml"}
    assert all(sources_today(book, output)[name] == files[name] for name in sources_today(book, output))


def test_a_block_that_fails_keeps_nothing(project, monkeypatch):
    monkeypatch.chdir(project.root)
    with pytest.raises(ZeroDivisionError), taken_down(Book(MINIMAL), Path("build/y.out")):
        Path(MINIMAL, "line/word.tex").read_text(encoding="utf-8")
        raise ZeroDivisionError
    assert kept(Path("build/y.out"))["files"] == {}
