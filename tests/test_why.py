"""Why a figure, a chapter or an edition is not current, and what would be rebuilt: as Snakemake would have it."""

import re
import subprocess
import sys

import pytest

from conftest import MINIMAL
from pipeline.engine.plan import brief
from pipeline.errors.author import AuthorError
from pipeline.why import answer, concerned

PREAMBLE = "templates/maths-preamble.tex"
BUILD = f"build/{MINIMAL}"
TARGETS = [
    "line-fit",
    f"{BUILD}/figures/print/line/fit.pdf",
    f"{BUILD}/figures/proof/line/fit.pdf",
]  # all PDFs of a figure


def whole_report(book, name):
    found = answer(book, name)
    return found.lines(name in book.all_editions), all(found.current.values())


def report(book, name):
    """What `why` says, but for a figure's layers."""
    lines, current = whole_report(book, name)
    return [line for line in lines if not line.startswith("  layers: ")], current


def planned(lines):
    """The jobs that a report names."""
    return {
        job
        for line in lines
        if line.startswith("  would rebuild: ")
        for job in line.removeprefix("  would rebuild: ").split(", ")
    }


def test_a_current_figure(book):
    assert whole_report(book, "line/fit") == (
        ["line/fit is current in dark, light, print, proof", "  layers: data"],
        True,
    )


def compiled(*editions):
    return {f"compile line/fit ({edition})" for edition in editions}


def from_formats(*editions):
    return {f"dump format ({edition})" for edition in editions} | compiled(*editions)


ALL = ("dark", "light", "print", "proof")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "old", "new", "jobs", "said"),
    [
        (PREAMBLE, "{C50D81}", "{C50D82}", from_formats(*ALL) | {"mix inks (print)"},
         ["line-fit is not current in dark, light, print, proof", rf"  colour pink is C50D82, was C50D81 \({PREAMBLE}:\d+\)"]),
        ("editions/dark.tex", r"\curvewidth}{1pt}", r"\curvewidth}{2pt}", from_formats("dark"),
         ["line-fit is not current in dark; current in light, print, proof",
          rf"  \\curvewidth is 2pt, was 1pt \({MINIMAL}/editions/dark.tex:\d+\), only dark"]),
        ("line/models/regression.py", "epochs=100", "epochs=101",
         {"train line/regression", "compute line/fit", "render line/fit"} | compiled(*ALL),
         ["line-fit is not current in dark, light, print, proof", f"  {MINIMAL}/line/models/regression.py changed"]),
        ("pipeline/inks.py", "head = f", "head = '' + f", {"mix inks (print)"} | from_formats("print"),
         ["line-fit is not current in print; current in dark, light, proof", "  pipeline/inks.py changed, only print"]),
    ],
)  # fmt: skip
def test_an_edit_is_named_and_what_it_makes_stale(project, book, file, old, new, jobs, said):
    project.edit(file, old, new)
    lines, current = report(book, "line-fit")
    assert not current and all(re.fullmatch(pattern, line) for pattern, line in zip(said, lines, strict=False)), lines
    assert planned(lines) == jobs
    assert lines[3:] == [f"  and then the book ({', '.join(edition for edition in ALL if compiled(edition) <= jobs)})"]


@pytest.mark.slow
def test_an_output_that_was_deleted(project, book):
    (project.build / "tables/line/fit/SHA256SUMS").unlink()
    lines, current = report(book, "line-fit")
    assert not current and lines[:3] == [
        "line-fit is not current in dark, light, print, proof",
        "  nothing that it was made from has changed, but",
        f"  compute line/fit: Missing output files: {BUILD}/tables/line/fit/SHA256SUMS",
    ]
    assert planned(lines) == project.jobs(*TARGETS)


@pytest.mark.slow
def test_a_figure_that_failed(project, book):
    project.edit("line/net.tex.j2", "$f$", "$\\nosuch$")
    assert project.snakemake("line-net").returncode != 0
    lines, current = report(book, "line-net")
    assert not current and f"  {BUILD}/figures/dark/line/net.pdf is not there, only dark" in lines
    assert f"  compile line/net (dark): its last run failed, see {BUILD}/logs/figure/dark/line/net.log" in lines
    assert f"  {MINIMAL}/line/net.tex.j2 changed, only print, proof" in lines


@pytest.mark.slow
def test_a_chapter_and_an_edition(project, book):
    project.edit("line/chapter.tex", "is old", "is very old")
    lines, _ = report(book, "line")
    chapter = f"{MINIMAL}/line/chapter.tex has changed"
    assert lines[0] == "line is not current in dark, light" and set(lines[1:3]) == {
        f"  typeset line ({e}): {chapter}" for e in ("dark", "light")
    }
    assert planned(lines) == project.jobs("line")
    lines, _ = report(book, "light")
    assert lines[:2] == ["light is not current", f"  typeset {MINIMAL} (light): {chapter}"]
    assert planned(lines) == project.jobs("light") >= {f"typeset {MINIMAL} (light)"}


@pytest.mark.slow
def test_another_version_of_a_package_and_of_tex(project, tmp_path, monkeypatch):
    """A package's version is what its metadata says, TeX's what it says itself."""
    (tmp_path / "jinja2-9.9.9.dist-info").mkdir()
    (tmp_path / "jinja2-9.9.9.dist-info/METADATA").write_text(
        "Metadata-Version: 2.1\nName: jinja2\nVersion: 9.9.9\n", encoding="utf-8"
    )
    (tmp_path / "pdflatex").write_text("#!/bin/sh\necho 'pdfTeX 4.0 (TeX Live 2030)'\n", encoding="utf-8")
    (tmp_path / "pdflatex").chmod(0o755)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.delenv("PIPELINE_TEX_VERSIONS", raising=False)
    done = project.run("pipeline.why", "line/net", "--book", MINIMAL)
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (1, "") and lines[
        0
    ] == "line/net is not current in dark, light, print, proof"
    assert lines[1].startswith("  jinja2 is 9.9.9, was 3.") and lines[2].startswith(
        "  pdfTeX is 4.0 (TeX Live 2030), was 3.14"
    )
    assert planned(lines) == {"render line/net"} | {
        f"{job} ({edition})" for edition in ALL for job in ("dump format", "compile line/net")
    }


def test_a_name_that_is_none(book):
    with pytest.raises(AuthorError, match=r"there is no figure, chapter or edition 'line-fits'$") as error:
        report(book, "line-fits")
    assert error.value.hint == "'line-fit'"


def test_a_change_says_what_it_concerns():
    figures, editions = [f"a/{k}" for k in range(6)], ["dark", "light"]
    everywhere = [(figure, edition) for figure in figures for edition in editions]
    assert concerned(everywhere, figures, editions) == ""
    assert concerned([("a/1", "dark")], figures, editions) == ": a/1, only dark"
    assert concerned(everywhere[:-2], figures, editions) == ": a/0, a/1, a/2 and 2 more"


def test_snakemakes_reasons_in_brief():
    assert brief("Updated input files: build/a, c, b, d, e") == "Updated input files: b, c, d and 2 more"
    assert (
        brief("Params have changed since last execution: Union: before: 'commit a' now: 'commit b' ")
        == "'commit a' became 'commit b'"
    )
    assert brief("Forced execution") == "Forced execution"


def test_neither_imports_torch_or_matplotlib(project):
    code = "import sys, pipeline.why, pipeline.provenance; sys.exit(len({'torch', 'matplotlib'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=project.root).returncode == 0
