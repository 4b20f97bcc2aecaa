"""When something is wrong: clear messages, exit status not 0, nothing half-made, and it fails again. The messages are
in test_broken.py."""

import os
import runpy

import pytest

from pipeline.errors.author import AuthorError, AuthorErrors
from pipeline.errors.report import faults, fresh, notes, states
from pipeline.errors.telling import told_to_author

pytestmark = pytest.mark.slow  # builds that fail


def told(folder, error, **more):
    """What the author reads of an exception."""
    with pytest.raises(SystemExit) as stop, told_to_author(folder, **more):
        raise error
    return stop.value.code


@pytest.mark.parametrize(
    ("file", "old", "new", "target", "output"),
    [
        ("line/fit.tex.j2", r"\end{axis}", r"\nosuch\end{axis}", "line-fit", "figures/[dl]*/line/fit.pdf"),
        ("line/fit.py", "y[:, 0], labels", "y[:, 0] / 0, labels", "line-fit", "tables/line/fit/[vS]*"),
        ("line/models/regression.py", "lr=0.3", "lr=3e30", "line-fit", "models/line/regression.pt"),
        ("line/chapter.tex", "fit/slope", "fit/slop", "line", "chapters/*/line.pdf"),
    ],
)  # fmt: skip
def test_a_fault_leaves_nothing_and_fails_again(project, file, old, new, target, output):
    assert list(project.build.glob(output))
    project.edit(file, old, new)
    done = project.snakemake(target)
    assert done.returncode != 0
    # what to mend stands at the end
    assert done.stderr.count("\nerror: ") == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert list(project.build.glob(output)) == []
    assert [
        path for path in project.build.rglob("*") if path.name.startswith(".") or path.parent.name == "scratch"
    ] == []
    assert project.jobs(target)  # it fails again until it is mended


def test_a_fault_does_not_hold_up_other_figures(project):
    project.edit("line/fit.tex.j2", r"\end{axis}", r"\nosuch\end{axis}")
    project.edit("line/net.tex.j2", "above=of x", "left=of x")
    net = project.build / "figures/dark/line/net.pdf"
    before = net.read_bytes()
    assert project.snakemake("figures").returncode != 0
    assert net.read_bytes() != before
    assert project.jobs() >= {
        "compile line/fit (dark)",
        "compile line/fit (light)",
    }  # a book of an earlier time does not hide it


def test_a_fault_of_the_pipelines_own_keeps_its_traceback_and_says_so(tmp_path, capsys):
    text = told(tmp_path, ZeroDivisionError("division by zero"), figure="line/fit")
    assert (
        text.startswith("error: pipeline/errors/telling.py:")
        and "ZeroDivisionError: division by zero\n  figure  line/fit\n" in text
    )
    assert text.endswith("  try     this is a fault of the pipeline's own, whose traceback stands above")
    assert "Traceback" in capsys.readouterr().err


def test_a_syntax_error_that_names_no_file_is_told(tmp_path):
    assert "SyntaxError: of no file\n" in told(tmp_path, SyntaxError("of no file"))


def test_an_error_in_what_the_author_calls_is_told_with_the_authors_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "library.py").write_text("def divide(a):\n    return a / 0\n", encoding="utf-8")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "fit.py").write_text("\n\ndivide(1)\n", encoding="utf-8")
    with pytest.raises(SystemExit) as stop, told_to_author("book", kept=tmp_path / "logs/fit.txt"):
        runpy.run_path("book/fit.py", runpy.run_path("library.py"))
    assert (
        stop.value.code
        == f"error: book/fit.py:3: ZeroDivisionError: division by zero\n  log     {tmp_path}/logs/fit.txt"
    )
    assert 'library.py", line 2, in divide' in (tmp_path / "logs/fit.txt").read_text(encoding="utf-8")


def test_the_form_of_a_message(tmp_path):
    error = AuthorError("book.yaml:1: wrong", "right", log="the log", table="a.dat")
    lines = [
        "error: book.yaml:1: wrong",
        "  figure  a/b (dark)",
        "  table   a.dat",
        "  try     right",
        f"  log     {tmp_path}/kept",
    ]
    assert told("book", error, kept=tmp_path / "kept", figure="a/b (dark)").splitlines() == lines
    assert (tmp_path / "kept").read_text(encoding="utf-8") == "the log"
    assert (
        told("book", AuthorErrors([AuthorError("one"), AuthorError("two\nlines")])) == "error: one\nerror: two\n  lines"
    )


def written(folder, logs):
    """The state of logs in a folder before they were written, but for the one that is old, whatever the clock said."""
    for name in logs:
        (folder / f"{name}.log").write_text("error: before\nnote: before\n", encoding="utf-8")
        os.utime(folder / f"{name}.log", (2e9, 2e9))
    (folder / "old.log").write_text(logs["old"], encoding="utf-8")
    before = states(folder)
    for name, text in logs.items():
        if name != "old":
            (folder / f"{name}.log").write_text(text, encoding="utf-8")
    return before


def test_what_to_mend_is_listed_once_with_all_that_it_has_stopped(tmp_path):
    def block(subject, log="a"):
        return f"a warning\nerror: one\n  {subject}\n  picture {log}.tex:3\n  try     this\n  log     {log}\n"

    logs = {
        "a": block("figure  a/b (dark)"), "b": block("figure  a/b (light)", "b"), "c": block("figure  c/d (light)"), "d": "fine\n",
        "e": "error: two\n  in lines\nerror: three\n  model   a/m\n", "f": "error: three\n  model   a/n\n", "old": "error: old\n",
    }  # fmt: skip
    before = written(tmp_path, logs)
    assert "\n".join(line for fault in faults(fresh(tmp_path, before)) for line in fault.lines()).split("\n\n") == [
        "\nerror: one\n  figure  a/b (dark, light); c/d (light)\n  try     this\n  picture a.tex:3\n  log     a",
        "error: two\n  in lines",
        "error: three\n  model   a/m, a/n",
    ]


def test_notes_of_this_build_are_told_once(tmp_path):
    logs = {"a": "note: one\nwarning\nnote: two\n", "b": "note: one\n", "c": "a note: none\n", "old": "note: old\n"}
    assert notes(tmp_path, written(tmp_path, logs)) == ["note: one", "note: two"]
