"""Shells complete targets: in bash, zsh and fish themselves, with all that a list of targets has, and at once."""

import os
import shutil
import subprocess
import sys

import pytest

from conftest import MINIMAL, ROOT
from pipeline.completion import SHELLS, commands, targets, words
from pipeline.engine.stages import STAGES, tools
from pipeline.engine.targets import titles
from pipeline.project.book import Book

BOOKS = ["book", "tests/books/minimal", "tests/books/everything", "tests/books/reference"]
AT_ONCE = 0.3  # s


@pytest.fixture(autouse=True)
def in_the_project(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("name", [name for name in BOOKS if (ROOT / name).is_dir()])
def test_targets_are_those_of_the_list(name):
    assert sorted(targets(ROOT / name)) == sorted(titles(Book(name)))


@pytest.mark.parametrize(
    ("typed", "has", "lacks"),
    [
        (["snakemake", ""], {"all", "line", "dark", "line-fit", "preview-line-fit"}, {"preview-line-net"}),
        (["snakemake", "all", "li"], {"line-fit"}, set()),
        (["python", "-m", "pipeline.wh"], {"pipeline.why", "pipeline.new"}, {"line-fit"}),
        (["python", "-m", "pipeline.why", ""], {"line-fit"}, {"pipeline.why"}),
        (["python", "-m", "pipeline.figure", "line-fit", "--edition", ""], {"dark", "print"}, {"line-fit"}),
        (["snakemake", "all", "--config", "book", "=", ""], {"tests/books/minimal"}, {"line-fit"}),
        (["snakemake", "all", "--config", "book="], {"book=tests/books/minimal"}, set()),
        (["snakemake", "--config", "book", "=", "tests/books/reference", ""], {"marks-four"}, {"line-fit"}),
        (["python", "-m", "pipeline.why", "--book", "tests/books/reference", ""], {"marks-four"}, {"line-fit"}),
        (["python", "-m", "pipeline.new", ""], {"book", "chapter", "figure", "model"}, {"line-fit"}),
        (["python", "-m", "pipeline.new", "figure", "line/x", "--kind", ""], {"contours", "panels"}, {"line-fit"}),
        (["python", "x.py", ""], set(), {"line-fit"}),
        (["python", "-m", "pytest", ""], set(), {"line-fit"}),
    ],
)
def test_what_may_stand_where(typed, has, lacks):
    found = {*words(typed, str(MINIMAL))}
    assert has <= found and not lacks & found


def test_all_commands_are_offered():
    assert commands() == sorted(f"pipeline.{name}" for name in (*STAGES, *tools()))


def test_names_are_there_at_once():
    command = [sys.executable, "-m", "pipeline.completion", "words", "book", "snakemake", ""]

    def seconds():
        """Of the processor, whatever else it does."""
        begun = os.times()
        subprocess.run(command, check=True, capture_output=True)
        ended = os.times()
        return ended.children_user - begun.children_user + ended.children_system - begun.children_system

    assert min(seconds() for _ in range(5)) < AT_ONCE


def test_where_there_is_no_book_nothing_is_offered(tmp_path):
    done = subprocess.run([sys.executable, "-m", "pipeline.completion", "words", tmp_path, "snakemake", ""], capture_output=True)  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")


# ---- In the shells ----

IN = {
    "bash": 'source <(cat {script}); COMP_WORDS=(snakemake line-); COMP_CWORD=1; _book_words snakemake line- snakemake; printf "%s\\n" "${{COMPREPLY[@]}}"; complete -p snakemake',
    "zsh": "compdef() {{ }}; compadd() {{ print -l $found }}; source {script}; words=(snakemake line-); CURRENT=2; _book_words",
    "fish": "source {script}; complete -C 'snakemake line-'",
}


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_completes(shell, tmp_path):
    if not shutil.which(shell):
        pytest.skip(f"there is no {shell}")
    command = [sys.executable, "-m", "pipeline.completion", shell, "--book", MINIMAL]
    script = tmp_path / "script"
    script.write_bytes(subprocess.run(command, check=True, capture_output=True).stdout)
    done = subprocess.run(
        [shell, "-c", IN[shell].format(script=script)], capture_output=True, encoding="utf-8", timeout=60
    )
    assert {"line-fit", "line-net"} <= {*done.stdout.split()}, done.stderr
    assert shell != "bash" or "complete -o bashdefault -o default -F _book_words snakemake" in done.stdout
