"""The commands that people type: all are listed, ask and answer in one way, and err in one form."""

import importlib
import inspect
import json
import re
import runpy
import sys
from pathlib import Path

import pytest

from conftest import MINIMAL, ROOT
from pipeline import __main__ as front
from pipeline.build import for_snakemake
from pipeline.checks.finding import Finding
from pipeline.cli import FLAGS, OPTIONAL, STATUSES, SUBJECTS, VALUES, completed, opened, parser
from pipeline.cli import typed as typed_as
from pipeline.engine.stages import STAGES, line, options, tools
from pipeline.errors.author import AuthorError, UsageError
from pipeline.golden import golden, update
from pipeline.palette import palette
from pipeline.preflight import preflight
from pipeline.project.book import Book
from pipeline.provenance import provenance
from pipeline.why import why

pytestmark = pytest.mark.filterwarnings("ignore:.*found in sys.modules:RuntimeWarning")
ALL = sorted(
    path.stem for path in ROOT.glob("pipeline/[!_]*.py") if "\nif __name__ ==" in path.read_text(encoding="utf-8")
)
# The options of `build` are Snakemake's, which says what is wrong with them; these others are no steps of a book.
OWN = [name for name in ALL if name not in ("build", "completion", "edited", "new")]
LONGEST = 82  # columns of what a command does, so that a line of the list has 120
ANSWERING = ("golden", "palette", "preflight", "provenance", "timings", "visual", "why")
REFERENCE = ROOT / "docs/reference.md"
TOLD = "### Answers for programs"


@pytest.fixture(autouse=True)
def in_the_project(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.fixture
def typed(monkeypatch, capfd):
    """Types words after `python -m`, and returns (exit status, what is printed, what is told)."""

    def typed(module, *words):
        monkeypatch.setattr(sys, "argv", [module, *map(str, words)])
        with pytest.raises(SystemExit) as stop:
            front.main() if module == "pipeline" else runpy.run_module(module, run_name="__main__")
            sys.exit(0)
        return stop.value.code or 0, *capfd.readouterr()

    return typed


# ---- The list ----


def test_every_module_that_can_be_run_is_listed_stages_first(typed):
    status, text, _ = typed("pipeline")
    found = re.findall(r"^  python -m pipeline\.(\w+)", text, re.MULTILINE)
    assert (status, found) == (0, [*STAGES, *sorted(set(ALL) - {*STAGES})])
    assert max(map(len, text.splitlines())) <= 120 and STATUSES in text
    assert typed("pipeline", "--help")[1] == text


@pytest.mark.parametrize("name", ALL)
def test_what_a_command_does_is_said_in_a_line(name):
    assert re.fullmatch(r"[A-Z][a-z]+s .{15,}\.", line(name)) and len(line(name)) <= LONGEST


def test_a_stage_is_what_has_rules():
    assert {*STAGES} == {path.stem for path in ROOT.glob("pipeline/rules/*.smk")} - {"metadata", "targets"}


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("perflight", "there is no stage or tool 'perflight'\n  try     'preflight'; `python -m pipeline --help` says"),
        ("--edition", "there is no option '--edition'\n  try     `python -m pipeline --help` says"),
        ("speling", "there is no stage or tool 'speling'\n  try     `python -m pipeline --help` says"),
        ("files", "there is no stage or tool 'files'\n"),  # a module that does nothing when it is run
    ],
)
def test_a_command_that_is_none_gets_the_nearest(typed, word, told):
    status, text, error = typed("pipeline", word)
    assert (status, text) == (2, "") and error.startswith(f"error: python -m pipeline: {told}")


def test_a_command_runs_from_the_list(typed):
    assert typed("pipeline", "why", "--help") == typed("pipeline.why", "--help")
    assert typed("pipeline", "why", "line-fits", "--book", MINIMAL) == (
        2,
        "",
        "error: there is no figure, chapter or edition 'line-fits'\n  target  line-fits\n  try     'line-fit'\n",
    )


# ---- One way to ask ----


@pytest.mark.parametrize("name", ALL)
def test_help_has_an_example_that_can_be_typed(typed, name):
    status, text, error = typed(f"pipeline.{name}", "--help", "--book", MINIMAL)
    assert (status, error) == (0, "") and line(name) in " ".join(text.split()) and text.endswith(f"{STATUSES}\n")
    assert "--book FOLDER" in text
    example = re.search(rf"example:\n  python -m pipeline\.{name} (.*)\n", text)[1].split()
    if name in OWN:
        arguments = vars(parser(name, None, options(name)).parse_args(example))
        arguments.pop("book")
        completed(Book(MINIMAL), options(name), arguments)
        step = inspect.signature(getattr(importlib.import_module(f"pipeline.{name}"), name))
        assert ["book", *arguments] == sorted(step.parameters, key=["book", *arguments].index)  # all that it takes


@pytest.mark.parametrize("name", OWN)
def test_a_step_that_makes_an_edition_is_told_which(name):
    parameters = inspect.signature(getattr(importlib.import_module(f"pipeline.{name}"), name)).parameters
    for option in ("edition", "editions"):
        assert (option in parameters) == (option in options(name))
    assert ("as_json" in parameters) == ("json" in options(name)) == (name in ANSWERING)
    assert {*options(name)} <= {*SUBJECTS, *OPTIONAL, *FLAGS, *VALUES, "edition", "editions"}


@pytest.mark.parametrize("name", OWN)
def test_what_is_typed_wrongly_is_told_in_one_form(typed, name):
    for_help = f"`python -m pipeline.{name} --help` says what there is\n"
    subject = [option.upper() for option in options(name) if option in SUBJECTS]
    words = ["x"] * (len(subject) + sum(option in OPTIONAL for option in options(name)))
    for given, told in (
        ([*words, "--bok", "b"], f"there is no option '--bok'\n  try     '--book'; {for_help}"),
        ([*words, "y"], f"'y' is too much\n  try     {for_help}"),
        ([*words, "--book"], f"--book is followed by nothing\n  try     {for_help}"),
        *([([], f"{subject[0]} is missing\n  try     {for_help}")] if subject else []),
    ):
        assert typed(f"pipeline.{name}", *given) == (2, "", f"error: python -m pipeline.{name}: {told}")
    status, text, error = typed(f"pipeline.{name}", *words, "--book", "tests/books/minima")
    assert (status, text) == (2, "") and error.startswith("error: tests/books/minima: there is no book here\n")
    assert "  try     --book names a folder with a book.yaml, such as 'tests/books/minimal'\n" in error


@pytest.mark.parametrize(
    ("command", "name", "told"),
    [
        ("figure", "line-fitt", "there is no figure 'line-fitt': no tests/books/minimal/line-fitt.tex.j2"),
        ("train", "regression", "there is no model 'regression': no tests/books/minimal/models/regression.py"),
        ("chapter", "lin", "there is no chapter 'lin' in tests/books/minimal/book.yaml"),
        ("provenance", "no.pdf", "no.pdf: there is no such file"),
        ("inks", None, "there is no edition 'drak' in tests/books/minimal/book.yaml"),
    ],
)
def test_a_name_of_nothing_is_a_wrong_command(typed, command, name, told):
    edition = ["--edition", "drak"] if name is None else []
    status, text, error = typed(f"pipeline.{command}", *([name] if name else edition), "--book", MINIMAL)
    assert (status, text) == (2, "") and error.startswith(f"error: {told}\n")


def test_a_figure_has_two_names_and_an_edition_need_not_be_named():
    arguments = {"name": "line-fit", "edition": None}
    completed(Book(MINIMAL), ["figure", "edition"], arguments)
    assert arguments == {"name": "line/fit", "edition": "dark"}


def test_where_there_is_no_book_another_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="book: there is no book here") as error:
        opened(Path("book"))
    assert error.value.hint == "--book names a folder with a book.yaml"
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/book.yaml").touch()
    with pytest.raises(UsageError) as error:
        opened(Path("book"))
    assert error.value.hint.endswith(", such as 'mine'")


def test_build_tells_snakemake_of_the_book():
    last = ["--config", "book=my book"]
    assert for_snakemake(["--book", "my book", "line-fit", "-n"]) == ["line-fit", "-n", *last]
    assert for_snakemake(["line-fit", "--book=my book"]) == ["line-fit", *last]
    assert for_snakemake(["all", "-c1"]) == ["all", "-c1"]


@pytest.mark.slow  # two processes
@pytest.mark.parametrize(
    "command",
    [["snakemake", "figures", "-n", "-c1"], ["pipeline.build", "figures", "-n"], ["pipeline.why", "line-fit"]],
)
def test_the_environment_may_name_the_book(project, monkeypatch, command):
    monkeypatch.setenv("BOOK", str(MINIMAL))
    done = project.run(*command)
    assert (done.returncode, "there is no book" in done.stderr) == (0, False), done.stderr
    assert re.search("line.fit|Nothing to be done", done.stdout + done.stderr)


# ---- Answers for programs ----


def keys(document):
    """All keys of a document, but for those of what is kept by names."""
    named = ("editions", "sources", "seeds", "versions", "built", "training", "contrasts", "distances", "objects")
    if isinstance(document, list):
        return set().union(*map(keys, document))
    if not isinstance(document, dict):
        return set()
    return {*document}.union(*(keys(value) for key, value in document.items() if key not in named))


@pytest.mark.slow  # ten processes
def test_json_is_all_that_is_printed_with_the_same_status(built):
    for command, *words in (
        ("why", "line-fit"),
        ("why", "dark"),
        ("provenance", built.build / "book-dark.pdf"),
        ("palette", "--edition", "light"),
        ("golden",),
        ("preflight",),
    ):
        done = built.run(f"pipeline.{command}", *words, "--book", MINIMAL, "--json")
        plain = built.run(f"pipeline.{command}", *words, "--book", MINIMAL)
        assert (done.returncode, done.stderr) == (plain.returncode, plain.stderr) == (0, ""), done.stderr
        document = json.loads(done.stdout)
        told = REFERENCE.read_text(encoding="utf-8").partition(TOLD)[2] if REFERENCE.is_file() else ""
        assert not told or [key for key in keys(document) if f"`{key}`" not in told and f'"{key}"' not in told] == []


@pytest.fixture
def answered(capsys):
    """(status, document) of a step with --json; the status of one that raises is 1."""

    def answered(step, *arguments, **more):
        try:
            status = step(*arguments, as_json=True, **more)
        except AuthorError:
            status = 1
        return status or 0, json.loads(capsys.readouterr().out)

    return answered


@pytest.mark.slow  # a plan, and the pages of a book
def test_what_is_not_as_it_should_be_is_in_the_answer(project, book, answered, monkeypatch):
    update(book, "line/fit")
    golden_file = project.path("expected/line/fit.txt")
    golden_file.write_text(golden_file.read_text(encoding="utf-8").replace("slope: 2.", "slope: 1."), encoding="utf-8")
    monkeypatch.setattr("pipeline.golden.make_tables", lambda book: None)
    status, document = answered(golden, book)
    [change] = document["figures"][0]["beyond"]
    assert (status, document["same"], change["column"]) == (1, False, "line/fit/values.slope") and change["by"] == 1

    project.edit("editions/dark.tex", r"\curvewidth}{1pt}", r"\curvewidth}{2pt}")
    for step, name in ((why, "line-fit"), (provenance, book.figure("dark", "line/fit"))):
        status, document = answered(step, Book(MINIMAL), name)
        changes = document["changes"] if step is why else document["figures"][0]["changes"]
        assert status == 1 and r"\curvewidth is 2pt, was 1pt" in str(changes)
    assert not document["same"]

    project.edit("editions/light.tex", r"\leasttype}{7pt}", r"\leasttype}{9pt}")
    status, document = answered(preflight, Book(MINIMAL), "light")
    assert status == 1 and any(promise["breaches"] for promise in document["promises"])
    assert answered(preflight, Book(MINIMAL), "light", lenient=True) == (0, document)


def test_roles_that_nothing_tells_apart_are_in_the_answer(answered, monkeypatch):
    monkeypatch.setattr("pipeline.palette.check", lambda *_: ([], [Finding("line/fit.tex.j2:5", "two differ")]))
    status, document = answered(palette, Book(MINIMAL), "light")
    assert (status, document["breaches"][0]["line"]) == (1, "line/fit.tex.j2:5: two differ")


# ---- The reference ----


@pytest.mark.skipif(not REFERENCE.is_file(), reason="there is no reference")
def test_the_reference_has_the_list():
    rows = re.findall(
        r"^\| `python -m pipeline\.(\w+)[^`]*` \| (.*?) \| (.*?) ?\|$", REFERENCE.read_text(encoding="utf-8"), re.M
    )
    asked = {name: [option for option in options(name) if option not in SUBJECTS | OPTIONAL.keys()] for name in ALL}
    expected = [
        (name, line(name), ", ".join(f"`{typed_as(option)}`" for option in asked[name])) for name in (*STAGES, *tools())
    ]
    assert rows == expected
