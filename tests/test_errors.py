"""When something is wrong: one clear message that names file and line, exit status not 0, nothing half-made."""

import os
import runpy

import pytest

from conftest import MINIMAL
from pipeline.errors import AuthorError, failures, notes, told_to_author


@pytest.mark.parametrize(
    ("file", "old", "new", "target", "output", "message"),
    [
        # What TeX lacks, or does not know
        ("templates/maths-preamble.tex", "{tgpagella}", "{nosuchpackage}", "line-net", "figures/[dl]*/line/net.pdf",
         "TeX lacks nosuchpackage.sty; `make setup` installs what the book needs"),
        ("line/fit.tex.j2", r"\end{axis}", r"\nosuch\end{axis}", "line-fit", "figures/[dl]*/line/fit.pdf",
         rf"line/fit.tex.j2 (dark): build/{MINIMAL}/pictures/line/fit.tex:6: Undefined control sequence \nosuch"),
        ("line/chapter.tex", "is old", r"is \nosuch old", "line", "chapters/*/line.pdf",
         r"line/chapter.tex:2: Undefined control sequence \nosuch"),
        ("line/chapter.tex", "fit/slope", "fit/slop", "line", "chapters/*/line.pdf",
         "line/chapter.tex:3: There is no value 'line/fit/slop'; the figure's values.json lists what is"),
        # What the book does not have
        ("line/chapter.tex", r"\fig{line/fit}", r"\fig{line/fits}", "all", "contents.txt",
         f"line/chapter.tex:5: shows 'line/fits', but there is no {MINIMAL}/line/fits.tex.j2; did you mean 'line/fit'?"),
        ("line/chapter.tex", r"\fig{line/net}", r"\figref{line/net}", "all", "contents.txt",
         r"line/net.tex.j2: no chapter shows it; write \fig{line/net}{caption} where it belongs"),
        ("line/fit.py", "(regression)", "(regresion)", "line-fit", "tables/line/fit/[vS]*",
         "line/fit.py:12: tables() asks for 'regresion', but there is no model 'line/regresion'; did you mean 'line/regression'?"),
        ("line/fit.tex.j2", "data )))};", "dota )))};", "line-fit", "pictures/line/fit.tex",
         "line/fit.tex.j2:3: 'dota' is undefined (names: data, line, "),
        # What is computed
        ("line/models/regression.py", "lr=0.3", "lr=3e30", "line-fit", "models/line/regression.pt",
         "line/models/regression.py: training diverged: loss is inf at epoch 1"),
        ("line/fit.py", "y[:, 0], labels", "y[:, 0].log(), labels", "line-fit", "tables/line/fit/[vS]*",
         "line/fit.py: table 'data': row 0, column 'y' is nan"),
        ("line/fit.py", "y[:, 0], labels", "y[1:, 0], labels", "line-fit", "tables/line/fit/[vS]*",
         "line/fit.py: table 'data': columns must be vectors of one length: x has shape (50,), y has shape (49,)"),
    ],
)  # fmt: skip
def test_a_fault_is_named_and_leaves_nothing(project, file, old, new, target, output, message):
    assert list(project.build.glob(output))
    project.edit(file, old, new)
    done = project.snakemake(target)
    assert done.returncode != 0
    errors = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert errors and all(message in line.replace("(light)", "(dark)") for line in errors)
    assert errors[-1] in done.stderr.splitlines()[-6:]  # what to mend stands at the end
    assert "Traceback" not in done.stdout + done.stderr
    assert list(project.build.glob(output)) == []
    assert [path for path in project.build.rglob("*") if path.name.startswith(".") or path.parent.name == "scratch"] == []
    assert project.jobs(target)  # it fails again until it is mended


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("book.yaml", "author:", "autor:", "book.yaml:2: unknown key 'autor'; did you mean 'author'?"),
        ("book.yaml", "[line]", "[lime]", f"book.yaml:4: chapter 'lime' has no {MINIMAL}/lime/chapter.tex"),
        ("line/net.tex.j2", "((= A linear", "((==)) ((= A linear",
         "line/net.tex.j2:1: the figure has no title; begin with a comment ((= … =))"),
    ],
)  # fmt: skip
def test_a_book_that_cannot_be_read_stops_everything(project, file, old, new, message):
    project.edit(file, old, new)
    done = project.snakemake("all")
    assert done.returncode != 0
    assert done.stderr.splitlines()[-1] == f"error: {MINIMAL}/{message}"
    assert "Traceback" not in done.stderr


def test_a_fault_does_not_hold_up_other_figures(project):
    project.edit("line/fit.tex.j2", r"\end{axis}", r"\nosuch\end{axis}")
    project.edit("line/net.tex.j2", "above=of x", "left=of x")
    net = project.build / "figures/dark/line/net.pdf"
    before = net.read_bytes()
    assert project.snakemake("figures").returncode != 0
    assert net.read_bytes() != before
    assert project.jobs() >= {"compile line/fit (dark)", "compile line/fit (light)"}  # a book of an earlier time does not hide it


def test_a_fault_of_the_pipelines_own_keeps_its_traceback(tmp_path):
    with pytest.raises(ZeroDivisionError), told_to_author(tmp_path):
        _ = 1 / 0


def test_an_error_in_what_the_author_calls_is_told_with_both_places(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "library.py").write_text("def divide(a):\n    return a / 0\n")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "fit.py").write_text("\n\ndivide(1)\n")
    with pytest.raises(SystemExit) as stop, told_to_author("book"):
        runpy.run_path("book/fit.py", runpy.run_path("library.py"))
    assert stop.value.code == "error: book/fit.py:3: ZeroDivisionError: division by zero (raised at library.py:2)"


def test_what_to_mend_is_listed_once(tmp_path):
    for name, text in {"a": "warning\nerror: one\nits second line\n", "b": "error: one\n", "c": "fine\n", "old": "error: old\n"}.items():
        (tmp_path / f"{name}.log").write_text(text)
    os.utime(tmp_path / "old.log", (0, 0))
    assert failures(tmp_path, since=1) == ["error: one", "its second line"]


def test_notes_of_this_build_are_told_once(tmp_path):
    for name, text in {"a": "note: one\nwarning\nnote: two\n", "b": "note: one\n", "c": "a note: none\n", "old": "note: old\n"}.items():
        (tmp_path / f"{name}.log").write_text(text)
    os.utime(tmp_path / "old.log", (0, 0))
    assert notes(tmp_path, since=1) == ["note: one", "note: two"]


def test_the_authors_words_are_the_whole_message(tmp_path):
    with pytest.raises(SystemExit) as stop, told_to_author(tmp_path):
        raise AuthorError("book.yaml:1: wrong")
    assert stop.value.code == "error: book.yaml:1: wrong"
