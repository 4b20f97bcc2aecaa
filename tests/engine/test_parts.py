"""Which of the pipeline's own modules are part of a result: an edit of each reaches exactly the stages that run it, or
none."""

import os
import subprocess
import sys

import pytest

from conftest import ROOT
from pipeline.engine.plan import JOB
from pipeline.engine.server import ALSO
from pipeline.project.modules import is_carrier

EDIT = "\n\ndef added_by_a_test(x):\n    return x + 1\n"
EDITIONS = ("all", "preview", "print", "proof")
STAGES = ("train", "tables", "picture", "inks", "format", "figure", "preview", "contents", "book", "preflight", "mend")
# What is made from what a stage makes.
NEXT = {
    "train": {"tables"}, "tables": {"picture", "preview", "book"}, "picture": {"figure"}, "inks": {"format"}, "contents": {"book", "mend"},
    "format": {"figure", "book"}, "figure": {"book"}, "book": {"preflight", "mend"}, "preflight": {"mend"},
}  # fmt: skip
# These load what reads styles by way of the book, and ask it for none; a picture's dense plots have their comments
# read, and its template lies where those of the style do.
PLAIN = {"train", "tables", "picture", "contents", "mend"}
COMMENTS = {"pipeline/style/__init__.py", "pipeline/style/comments.py", "pipeline/style/sheets.py"}
TICKS = {"pipeline/style/calendar.py", "pipeline/style/lengths.py"}  # what axes of dates are told with
# Of these the book is asked for an answer, which is a part of what is made with it; the book and its chapters run them, too.
ASKED = {
    "pipeline/setup/__init__.py",
    "pipeline/setup/languages.py",
    "pipeline/setup/needs.py",
    "pipeline/style/markup.py",
}
MODULES = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("pipeline/**/*.py"))
LOADED = "import sys; [__import__(name) for name in sys.argv[1:]]; print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('pipeline')))"


@pytest.fixture(scope="module")
def loaded():
    """{stage: the pipeline's modules that its process has loaded before it begins, and where it is needed}."""
    found = {}
    for stage in STAGES:
        words = subprocess.run(
            [sys.executable, "-c", LOADED, f"pipeline.{stage}", *ALSO.get(stage, ())],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout.split()
        found[stage] = {os.path.relpath(word, ROOT) for word in words if word != "None"}
    return found


def stages(project):
    """The stages that have jobs to run."""
    done = project.make("--dry-run", "--printshellcmds", *EDITIONS)
    return {match[3] for match in JOB.finditer(done.stdout + done.stderr)}


def with_next(stages):
    return stages | with_next(more) if (more := set().union(*(NEXT.get(s, set()) for s in stages)) - stages) else stages


def test_carriers_are_part_of_no_result(project):
    for name in filter(is_carrier, MODULES):
        with open(project.root / name, "a", encoding="utf-8") as file:
            file.write(EDIT)
    assert project.jobs(*EDITIONS) == set()


@pytest.mark.slow
def test_what_no_stage_loads_is_part_of_no_result(project, loaded):
    for name in set(MODULES) - set().union(*loaded.values()):
        with open(project.root / name, "a", encoding="utf-8") as file:
            file.write(EDIT)
    assert project.jobs(*EDITIONS) == set()


def running(name, loaded):
    """The stages that run a module, but for those that load it by the way."""
    run = {stage for stage in STAGES if name in loaded[stage]}
    if name in ASKED:
        return run - (PLAIN - {"picture"} | {"inks"})
    if name.startswith("pipeline/style/"):
        return run - (PLAIN - ({"picture"} if name in COMMENTS | TICKS else set()))
    return run


def summed(book):
    """{module: the stages whose rules sum it} of the modules that are part of results."""
    found = {stage: set(book.sources(f"pipeline/{stage}.py")) for stage in STAGES}
    return {name: {stage for stage in STAGES if name in found[stage]} for name in MODULES if not is_carrier(name)}


def test_a_part_is_summed_by_the_stages_that_run_it(book, loaded):
    for name, by in summed(book).items():
        assert (name, with_next(by)) == (name, with_next(running(name, loaded)))


@pytest.mark.slow
def test_an_edit_of_a_part_reaches_the_stages_that_sum_it(project, book, tmp_path):
    """One of each set of stages: what rules do with a sum does not depend on whose it is."""
    alike = {frozenset(by): name for name, by in summed(book).items()}
    assert len(alike) > 8
    for by, name in alike.items():
        path = project.root / name
        old = path.read_text(encoding="utf-8")
        path.write_text(old + EDIT, encoding="utf-8")
        assert (name, stages(project)) == (name, with_next(set(by)))
        path.write_text(old, encoding="utf-8")
