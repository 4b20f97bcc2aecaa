"""Broken books: what is wrong in each of tests/books/broken/ is told in the words that its expected.txt holds.

A case is laid over the minimal book, which is built; the first line of expected.txt says what is run:

    $ picture line/fit && figure line/fit       steps, in this process; all but the last go well
    $ python -m pipeline.preview line/fit       a step in a process of its own
    $ snakemake all                             Snakemake; compared is the list at its end
    $ rm book.tex && contents                       without a file
    $ TEX_SECONDS=1 figure line/net             in an environment
"""

import re
import runpy
import sys

import pytest

from conftest import MINIMAL, ROOT, forget

BROKEN = sorted(path.parent for path in (ROOT / "tests/books/broken").glob("*/expected.txt"))


def marks(case):
    """What Snakemake builds, and a whole book, take seconds."""
    first = (case / "expected.txt").read_text(encoding="utf-8").partition("\n")[0]
    return [pytest.mark.slow] * (not {"snakemake", "book", "mend"}.isdisjoint(first.split()))


def step(words, capfd):
    """What a step tells in the end; nothing where it goes well."""
    sys.argv = [words[0], *words[1:], "--book", str(MINIMAL)]
    forget()
    try:
        runpy.run_module(f"pipeline.{words[0]}", run_name="__main__")
    except SystemExit as stop:
        assert stop.code not in (None, 0)
        return capfd.readouterr().err if stop.code == 2 else str(stop.code)
    return ""


def told(project, monkeypatch, capfd, command):
    """What is told by one command."""
    words = command.split()
    while "=" in words[0]:
        monkeypatch.setenv(*words.pop(0).split("="))
    if words[0] == "rm":
        project.path(words[1]).unlink()
        return ""
    if words[0] not in ("python", "snakemake"):
        return step(words, capfd)
    done = project.snakemake(*words[1:]) if words[0] == "snakemake" else project.run(*words[2:], "--book", MINIMAL)
    assert done.returncode != 0 and "Traceback" not in done.stdout + done.stderr
    end = done.stderr.split("Look above for error messages")[-1].split("Complete log(s)")[0]
    return end[end.index("error: ") :]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name, marks=marks(case)) for case in BROKEN])
@pytest.mark.filterwarnings("ignore:.*found in sys.modules:RuntimeWarning")
def test_what_is_wrong_is_told(project, monkeypatch, capfd, case):
    first, expected = (case / "expected.txt").read_text(encoding="utf-8").split("\n", 1)
    for path in (p for p in case.rglob("*") if p.is_file() and p.name != "expected.txt"):
        project.path(str(path.relative_to(case))).parent.mkdir(parents=True, exist_ok=True)
        project.path(str(path.relative_to(case))).write_bytes(path.read_bytes())
    monkeypatch.chdir(project.root)
    monkeypatch.setattr(sys, "argv", sys.argv)
    *before, last = [told(project, monkeypatch, capfd, command) for command in first.removeprefix("$ ").split(" && ")]
    assert before == [""] * len(before)
    assert last.strip() + "\n" == expected
    assert "Traceback" not in "".join(capfd.readouterr())
    assert [
        path for path in project.build.rglob("*") if path.name.startswith(".") or path.parent.name == "scratch"
    ] == []
    for log in re.findall(r"^  log     (.*)", expected, re.MULTILINE):
        assert (project.root / log).read_text(encoding="utf-8").count("\n") > 5
