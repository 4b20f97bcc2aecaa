"""A build is the same in any environment; test_reproduce.py compares the bytes of a book that is built in an unlikely
one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import MINIMAL
from pipeline.project.environ import CACHES, settle, writable
from processes import gone, processes

FOREIGN = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONSAFEPATH": "1"}
CONSOLE = [sys.executable, Path(sys.executable).with_name("snakemake")]  # what is typed as `snakemake`
OPTIONS = ["-c2", "--config", f"book={MINIMAL}"]


def run(project, command, environment):
    return subprocess.run(command, cwd=project.root, env=os.environ | environment, capture_output=True, timeout=120)


def read_by_the_author(project):
    """Makes the figure's module read a text of the author's, by whatever encoding open() takes."""
    project.write("line/names.csv", "Gauß, Œrsted\n")
    project.edit(
        "line/fit.py",
        '    labels = {"x": r"$\\cx$"',
        '    labels = {"x": open("tests/books/minimal/line/names.csv").read().strip()',
    )


@pytest.mark.slow
@pytest.mark.parametrize("command", [CONSOLE, [sys.executable, "-m", "snakemake"]])
def test_what_an_author_reads_is_utf_8_in_any_locale(project, command):
    read_by_the_author(project)
    done = run(project, [*command, "line-fit", *OPTIONS], FOREIGN)
    assert done.returncode == 0, done.stderr.decode()
    assert "Gauß, Œrsted" in (project.build / "pictures/line/fit.tex").read_text(encoding="utf-8")
    assert project.jobs("line-fit") == set()


@pytest.mark.slow
def test_so_it_is_in_a_step_by_hand_and_in_what_is_printed(project):
    read_by_the_author(project)
    foreign = FOREIGN | {"PYTHONSAFEPATH": ""}
    assert (
        run(project, [sys.executable, "-m", "pipeline.tables", "line/fit", "--book", MINIMAL], foreign).returncode == 0
    )
    project.edit("line/fit.py", "A fitted line.", "A line, gefüttert.")
    for command in ([*CONSOLE, "--list", *OPTIONS], [sys.executable, "-m", "pipeline.build", "--list", *OPTIONS]):
        done = run(project, command, foreign)
        assert done.returncode == 0, done.stderr.decode()
        assert "A line, gefüttert" in (done.stdout + done.stderr).decode()


def test_in_a_utf_8_locale_nothing_begins_again(monkeypatch):
    from pipeline.project import environ

    begun = []
    monkeypatch.setattr(os, "execv", lambda *words: begun.append(words))
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "utf-8")
    environ.begin_again("-m", "snakemake")
    assert begun == []
    # A step, whose sets are in one order, begins again unless that is so.
    for hashes, times in (("7", 1), ("0", 1)):
        monkeypatch.setenv(environ.HASHES, hashes)
        monkeypatch.setattr("atexit._run_exitfuncs", lambda: None)
        environ.begin_again("-m", "pipeline.tables", hashed=True)
        assert len(begun) == times


def test_what_cannot_be_written_at_home_lies_in_the_project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("PYTHONSAFEPATH", "1")
    monkeypatch.setenv("HOME", str(tmp_path))
    settle()
    assert (os.environ["XDG_CACHE_HOME"], os.environ["XDG_CONFIG_HOME"]) == (
        "",
        "",
    ) and "PYTHONSAFEPATH" not in os.environ
    monkeypatch.setenv("HOME", "/dev/null/nobody")
    settle()
    assert os.environ["XDG_CACHE_HOME"] == os.environ["XDG_CONFIG_HOME"] == str(tmp_path / CACHES)


def test_a_folder_can_be_written_where_it_can_be_made(tmp_path):
    (tmp_path / "file").touch()
    assert writable(str(tmp_path)) and writable(str(tmp_path / "a/b"))
    assert not writable(str(tmp_path / "file")) and not writable(str(tmp_path / "file/b"))


@pytest.mark.slow
def test_without_a_home_previews_are_drawn_and_nobody_complains(project):
    project.edit("line/fit.py", 'r"$\\cy$"', '"$y$"')
    homeless = {"HOME": "/dev/null/nobody", "XDG_CACHE_HOME": "", "XDG_CONFIG_HOME": ""}
    done = run(project, [sys.executable, "-m", "pipeline.build", "line-fit", "preview-line-fit", *OPTIONS], homeless)
    for process in processes(project.root, "pipeline.engine.warm"):
        process.kill()
    assert gone(project.root, "pipeline.engine.warm", "pipeline.engine.server")
    assert done.returncode == 0, done.stderr.decode()
    assert (project.root / CACHES / "matplotlib").is_dir()
    for log in (project.build / "logs").rglob("fit.log"):
        assert "writable" not in log.read_text(encoding="utf-8")
