"""Where a build cannot work it says so in one line: no permission, no room, no tools."""

import errno
import os
import shutil
import subprocess
import sys
import time

import pytest

from conftest import MINIMAL
from pipeline.cli import run
from pipeline.engine import lock
from pipeline.engine.lock import claim
from pipeline.engine.preconditions import check_place, date_back
from pipeline.errors.author import AuthorError
from pipeline.errors.telling import told_to_author
from pipeline.files import left_behind, whole, whole_folder, write
from pipeline.tex.picture import compile_picture

# Permissions mean nothing to root: it gives up that right.
MODEST = [] if os.geteuid() else ["setpriv", "--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search"]
FULL = "the disk is full\n  try     make room and build again: what is made stays"
modest = pytest.mark.skipif(
    bool(MODEST) and not shutil.which("setpriv"), reason="root without setpriv: nothing is forbidden to it"
)


@pytest.mark.slow
@modest
@pytest.mark.parametrize(
    ("path", "mode"),
    [
        (f"{MINIMAL}/line/chapter.tex", 0o000),
        (f"{MINIMAL}/line/models/regression.py", 0o000),
        ("templates/plots.tex", 0o000),
        (f"build/{MINIMAL}/figures/dark/line", 0o555),
        (f"build/{MINIMAL}", 0o555),
        (".", 0o555),
    ],
)
def test_what_may_not_be_read_or_written_is_named(project, path, mode):
    project.edit("line/net.tex.j2", "above=of x", "left=of x")
    if path == ".":
        shutil.rmtree(project.root / ".snakemake")
    before = (project.root / path).stat().st_mode
    (project.root / path).chmod(mode)
    command = [*MODEST, sys.executable, "-m", "snakemake", "line-net", "-c1", "--config", f"book={MINIMAL}"]
    done = subprocess.run(command, cwd=project.root, capture_output=True, encoding="utf-8")
    (project.root / path).chmod(before)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    told = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert told == [f"error: {path}: no permission to read or write it"]


def told(step, *arguments):
    """What the author reads."""
    with pytest.raises(SystemExit) as stop, told_to_author(MINIMAL):
        step(*arguments)
    return stop.value.code


def test_a_full_disk_is_told_with_the_file_that_did_not_fit(book, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("pathlib.Path.write_text", full)
    assert told(write, book.build / "contents.txt", "") == (f"error: build/{MINIMAL}/contents.txt: {FULL}")


def test_a_disk_that_is_nearly_full_stops_the_build_before_it_begins(book, monkeypatch):
    monkeypatch.setattr(lock, "ROOM", 10**18)
    assert told(claim, book) == f"error: build/{MINIMAL}: {FULL}"


def test_tex_on_a_full_disk(book, monkeypatch):
    monkeypatch.setattr("pipeline.tex.run.SPARE", 10**18)
    (book.build / "picture.tex").write_text(r"\nosuch", encoding="utf-8")
    arguments = book, "dark", book.build / "picture.tex", book.build / "picture.pdf", "line/net"
    assert told(compile_picture, *arguments) == f"error: build/{MINIMAL}/picture.pdf: {FULL}"


def test_a_file_that_grows_too_large_leaves_nothing_half_made(tmp_path):
    code = """
import resource, sys
from pipeline.errors.telling import told_to_author
from pipeline.files import write

resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
with told_to_author("book"):
    write(sys.argv[1], "x" * 2000)
"""
    target = tmp_path / "table.dat"
    target.write_text("the last good one", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", code, target], capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert (
        done.stderr
        == f"error: {target}: the file grows beyond what the system allows\n  try     see `ulimit -f`, and the disk's own limit\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["table.dat"] and target.read_text(
        encoding="utf-8"
    ) == "the last good one"


def test_the_system_is_named_only_for_what_the_system_did(book, monkeypatch):
    monkeypatch.setattr("sys.argv", ["step", "--book", str(MINIMAL)])

    def missing(_):
        raise FileNotFoundError(errno.ENOENT, "No such file", "nowhere")

    with pytest.raises(SystemExit, match=r"FileNotFoundError.*\n.*\n.*a fault of the pipeline's own"):
        run(missing, "")


def test_what_a_killed_process_left_is_found_and_what_a_living_one_has_is_not(tmp_path):
    dead = subprocess.Popen(["true"])
    os.waitid(os.P_PID, dead.pid, os.WEXITED | os.WNOWAIT)  # a zombie, so that nobody else gets its number
    with whole(tmp_path / "a" / "fit.pdf") as file, whole_folder(tmp_path / "b" / "fit") as folder:
        file.write_text("half", encoding="utf-8")
        assert left_behind(tmp_path) == []
        remains = [path.with_name(path.name.replace(str(os.getpid()), str(dead.pid))) for path in (file, folder)]
        remains[0].write_text("half", encoding="utf-8")
        remains[1].mkdir()
        assert sorted(left_behind(tmp_path)) == sorted(remains)


def test_the_place_of_a_sound_book_is_fit(book):
    check_place(book)


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [120, 5 * 3600])
@pytest.mark.parametrize("folders", [(MINIMAL, "templates", "pipeline"), ("build",)], ids=["sources", "what is built"])
def test_dates_in_the_future_take_nothing_away(project, folders, seconds):
    later = time.time() + seconds
    for path in (path for folder in folders for path in (project.root / folder).rglob("*") if path.suffix != ".log"):
        os.utime(path, (later, later))
    assert project.jobs("all") == set()
    project.edit("line/net.tex.j2", "above=of x", "left=of x")
    os.utime(project.path("line/net.tex.j2"), (later, later))
    done = project.make("all")
    assert "clock skew" not in done.stderr and "note:" not in done.stderr
    assert "figure    line/net (dark)" in done.stderr and "train" not in done.stderr and "tables" not in done.stderr
    assert project.jobs("all") == set()
    assert all(
        (project.build / name).is_file()
        for name in ("book-dark.pdf", "figures/light/line/net.pdf", "models/line/regression.pt")
    )


def test_a_date_that_may_not_be_changed_is_told(book, monkeypatch):
    def refuse(path, **_):
        raise PermissionError

    os.utime(book.contents, (time.time() + 100,) * 2)
    monkeypatch.setattr(os, "utime", refuse)
    with pytest.raises(AuthorError, match=r"contents\.txt: its date is in the future"):
        date_back(book)
