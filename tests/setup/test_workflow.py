"""The workflow that builds the book in public: what it may, what it recalls, and that it is one."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import ROOT

FILE = ROOT / ".github/workflows/book.yml"
TEXT = FILE.read_text(encoding="utf-8")
JOBS = yaml.safe_load(TEXT)["jobs"]
STEPS = [step for job in JOBS.values() for step in job["steps"]]
LINT = Path(sys.prefix, "bin/actionlint")


def linted(path):
    return subprocess.run([LINT, "-no-color", path], capture_output=True, encoding="utf-8", cwd=ROOT)


def test_it_is_a_workflow():
    done = linted(FILE)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("needs: build", "needs: biuld"),
        ("steps.last.outputs.cache-hit", "steps.lost.outputs.cache-hit"),
        ("contents: read", "contents: raed"),
    ],
)
def test_a_fault_in_it_is_seen(tmp_path, old, new):
    assert TEXT.count(old) == 1
    faulty = tmp_path / "book.yml"
    faulty.write_text(TEXT.replace(old, new), encoding="utf-8")
    assert linted(faulty).returncode == 1


def test_it_may_read_and_only_what_publishes_may_more():
    assert yaml.safe_load(TEXT)["permissions"] == {"contents": "read"}
    assert {name: job.get("permissions") for name, job in JOBS.items()} == {
        "build": None,
        "publish": {"pages": "write", "id-token": "write"},
    }
    assert "secrets." not in TEXT and "pull_request_target" not in TEXT
    assert all(re.fullmatch(r"actions/[\w/-]+@v\d+", step["uses"]) for step in STEPS if "uses" in step)
    assert all("${{" not in step.get("run", "") for step in STEPS)  # nothing from outside becomes a command


def test_what_is_built_and_snakemakes_metadata_are_recalled_together():
    paths = [step["with"]["path"].split() for step in STEPS if "actions/cache" in step.get("uses", "")]
    assert [path for path in paths if {*path} & {"build", ".snakemake"}] == [["build", ".snakemake"]] * 2


def test_what_it_types_is_the_front_door():
    typed = [line for step in STEPS for line in step.get("run", "").splitlines()]
    made = [line.split()[1:] for line in typed if line.startswith(("make ", ".venv/bin/snakemake "))]
    assert made == [["setup"], ["book"], ["preflight", "gallery"]]
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {"setup", "book"} <= {*targets}
