"""The house keeps to its plan: rooms import downwards only, stages import no stage, the Snakefile is a table of
contents."""

import re
from pathlib import Path

import pytest

from conftest import ROOT
from pipeline.engine.stages import STAGES
from pipeline.project.modules import module

# From the ground up; rooms of one floor may import each other.
FLOORS = [
    {"errors", "files", "dat", "seeds"},
    {"setup"},
    {"style"},
    {"project"},
    {"records", "cli", "scaffolds"},
    {"table", "training", "linear", "models", "resuming"},  # with what a book's own modules import
    {"plots", "templating", "tex", "pdf", "html", "cells", "films", "computing"},
    {"checks", "regression"},
    set(STAGES),
    {"engine"},
    # what people type
    {
        "build",
        "completion",
        "desk",
        "doctor",
        "edited",
        "export",
        "golden",
        "jupyter",
        "new",
        "palette",
        "provenance",
        "prune",
        "reproduce",
        "timings",
        "visual",
        "watch",
        "why",
    },
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
LATE = {("engine/warm.py", "build"): "the warm process is what a build speaks to, and knows its words"}
SMK = ["Snakefile", *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("pipeline/rules/*.smk"))]


def room(path):
    """The room that a module lies in, by its path below pipeline/; on top it is one by itself."""
    return Path(path).parts[0].removesuffix(".py")


def imports():
    """(module, room that it imports from), for all modules of the pipeline."""
    for path in sorted(ROOT.glob("pipeline/**/*.py")):
        for level, name, names in module(path).imports:
            assert level == 0, f"{path}: relative"
            parts = name.split(".")
            if parts[0] == "pipeline":
                yield from ((str(path.relative_to(ROOT / "pipeline")), each) for each in (parts[1:2] or names))


def test_every_room_has_its_floor():
    paths = ROOT.glob("pipeline/**/*.py")
    assert {room(path.relative_to(ROOT / "pipeline")) for path in paths} - {"__init__", "__main__"} == set(FLOOR)


def test_rooms_import_downwards_only():
    upwards = {(path, to) for path, to in imports() if FLOOR.get(to, 0) > FLOOR.get(room(path), len(FLOORS))}
    assert upwards == set(LATE)


def test_no_stage_imports_a_stage():
    assert not [(path, to) for path, to in imports() if room(path) in STAGES and to in STAGES and to != room(path)]


def code(path):
    """The lines of a file that are neither empty nor a comment."""
    return [
        line
        for line in (ROOT / path).read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]


def test_the_snakefile_is_a_table_of_contents():
    assert len(code("Snakefile")) <= 25


@pytest.mark.parametrize("path", SMK)
def test_rules_look_at_no_command_line_and_at_nothing_private(path):
    text = "\n".join(code(path))
    assert "sys.argv" not in text
    assert not re.search(r"workflow\._|\bimport snakemake|from snakemake", text)


def test_a_stage_and_its_rules_have_one_name():
    named = {
        path: re.findall(r"^rule (\w+):", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE) for path in SMK[1:]
    }
    for path, rules in named.items():
        assert Path(path).stem == "targets" or all(rule.startswith(Path(path).stem) for rule in rules), path


def test_only_the_engine_knows_of_snakemake():
    says = re.compile(r"^(from|import) snakemake", re.MULTILINE)
    users = {path for path in ROOT.glob("pipeline/**/*.py") if says.search(path.read_text(encoding="utf-8"))}
    assert {str(path.relative_to(ROOT / "pipeline")) for path in users} == {
        "engine/diary.py", "engine/idle.py", "engine/session.py", "engine/terminal.py", "engine/warm.py",
    }  # fmt: skip


def test_the_page_on_architecture_lists_the_rooms():
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| (.*?) \|", page, re.MULTILINE)
    assert [(int(floor), {*re.findall(r"`(\w+)`", rooms)}) for floor, rooms in rows] == [*enumerate(FLOORS, 1)]
