"""A build's diary: each of its jobs begins and ends there, and what is wrong stands there by file and line."""

import json

import pytest

from conftest import MINIMAL
from pipeline.errors.report import faults, record

pytestmark = pytest.mark.slow  # builds

TEMPLATE = f"{MINIMAL}/line/net.tex.j2"


def diary(project):
    lines = (project.build / "diary.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_each_job_begins_and_ends(project):
    project.edit("line/net.tex.j2", "above=of x", "left=of x")
    project.make("line-net")
    first, *jobs, last = diary(project)
    assert (first["event"], first["targets"], first["cores"], first["jobs"]) == ("build", ["line-net"], 2, 3)
    begun = {event["job"]: event for event in jobs if event["event"] == "start"}
    told = sorted((event["stage"], event["name"], event["edition"]) for event in begun.values() if event["edition"])
    assert told == [("figure", "line/net", "dark"), ("figure", "line/net", "light")]
    assert {event["job"] for event in jobs if event["event"] == "end"} == {*begun} and len(begun) == 3
    made = {output for event in begun.values() for output in event["output"]}
    assert f"build/{MINIMAL}/figures/dark/line/net.pdf" in made
    assert any(f"build/{MINIMAL}/pictures/line/net.tex" in event["input"] for event in begun.values())
    assert last.keys() == {"event", "time", "failed", "stopped", "faults", "notes"}
    assert (last["event"], last["failed"], last["stopped"], last["faults"]) == ("over", 0, False, [])
    times = [event["time"] for event in diary(project)]
    assert times == sorted(times)


def test_a_fault_is_told_by_file_and_line(project):
    project.edit("line/net.tex.j2", "above=of x", "abov=of x")
    project.snakemake("line-net")
    *_, last = diary(project)
    [fault] = last["faults"]
    assert (fault["kind"], fault["file"], fault["line"]) == ("error", TEMPLATE, 6)
    assert fault["text"] == "there is no key 'abov'" and fault["rows"]["try"]
    assert fault["stopped"] == {"figure": {"line/net": ["dark", "light"]}} and last["failed"] == 2


def test_what_to_mend_is_told_so_and_no_fault(project):
    text = project.path("line/chapter.tex").read_text(encoding="utf-8")
    project.write("line/chapter.tex", text + "\nSee \\ref{nosuch}.\n")
    project.make("line")
    *_, last = diary(project)
    assert last["failed"] == 0 and {fault["kind"] for fault in last["faults"]} == {"to mend"}
    assert any("nosuch" in fault["text"] and fault["file"] == f"{MINIMAL}/line/chapter.tex" for fault in last["faults"])


def test_a_build_that_makes_nothing_leaves_the_last_one(built):
    before = diary(built)
    built.make("line-net")
    built.make("--dry-run", "-F", "line-net")
    assert diary(built) == before


@pytest.mark.parametrize(
    ("text", "file", "line", "said"),
    [
        ("a/b.tex:3: wrong: x\n  more\n  try     this", "a/b.tex", 3, "wrong: x\nmore"),
        ("a/b.pdf: it is damaged\n  try     this", "a/b.pdf", None, "it is damaged"),
        ("the system killed it\n  try     this", None, None, "the system killed it"),
    ],
)
def test_a_message_is_taken_apart(text, file, line, said):
    fault = record(f"error: {text}".splitlines())
    assert fault == {"kind": "error", "file": file, "line": line, "text": said, "rows": {"try": "this"}}
    assert faults([f"error: {text}\n"])[0].record() == fault | {"stopped": {}}
