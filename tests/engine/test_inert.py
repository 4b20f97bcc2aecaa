"""Parsing changes nothing: plans, lists and questions leave the disk and the process table as they were."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from conftest import MINIMAL

pytestmark = pytest.mark.slow

OPTIONS = ["-c1", "--config", f"book={MINIMAL}"]
COMMANDS = {
    "plan": ["snakemake", "-n", "all", *OPTIONS],
    "summary": ["snakemake", "--summary", "all", *OPTIONS],
    "list": ["snakemake", "--list", *OPTIONS],
    "lint": ["snakemake", "--lint", *OPTIONS],
    "why": ["pipeline.why", "--book", MINIMAL, "line/fit"],
    "provenance": ["pipeline.provenance", "--book", MINIMAL, f"build/{MINIMAL}/figures/dark/line/fit.pdf"],
}
# Snakemake's own: what it notes of a run, and the answers of its last look at the files.
ITS = (".snakemake/log", ".snakemake/locks", ".snakemake/iocache", ".snakemake/auxiliary", ".snakemake/incomplete")


def seen(root):
    """{path: what is there} of all below a folder."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = str(path.relative_to(root))
        if not name.startswith(ITS) and "__pycache__" not in name and path != root / ".snakemake":
            stat = path.lstat()
            text = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
            found[name] = stat.st_mode, stat.st_mtime_ns, stat.st_ino, text
    return found


def working(root):
    """The processes whose folder lies below another."""
    found = set()
    for process in psutil.process_iter():
        try:
            if Path(process.cwd()).is_relative_to(root):
                found.add(process.pid)
        except psutil.Error:
            continue
    return found


@pytest.fixture(scope="module")
def littered(built, tmp_path_factory):
    """A built book with what a build would do away with, and an edit that it would act on."""
    project = built.copy(tmp_path_factory.mktemp("inert") / "project")
    project.edit("line/fit.tex.j2", "0.6\\measure", "0.7\\measure")
    for name in LITTER:
        (project.build / name).parent.mkdir(parents=True, exist_ok=True)
        (project.build / name).write_text("left behind", encoding="utf-8")
    return project


LITTER = [
    "figures/dark/line/nosuch.pdf",  # of a figure that the book has no more
    "tables/line/nosuch/data.dat",
    "figures/dark/line/.fit.000000-999999-abcd.pdf",  # of a process that was killed, on a machine that is no more
]


@pytest.mark.parametrize("name", COMMANDS)
def test_to_ask_changes_nothing(littered, name):
    before, processes = seen(littered.root), working(littered.root)
    done = subprocess.run(
        [sys.executable, "-m", *map(str, COMMANDS[name])], cwd=littered.root, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == (1 if name in ("why", "lint", "provenance") else 0), done.stdout + done.stderr
    assert seen(littered.root) == before and working(littered.root) == processes


def test_a_job_that_a_cluster_spawns_does_not_do_a_builds_work(littered):
    """It makes its own output, and leaves what a build would do away with."""
    project, target = littered, f"build/{MINIMAL}/pictures/line/fit.tex"
    before = seen(project.root)
    options = "--mode subprocess --no-hooks --nolock --allowed-rules picture --target-jobs picture:figure=line/fit"
    done = project.run("snakemake", target, *options.split(), "--executor", "local", *OPTIONS)
    assert done.returncode == 0, done.stderr
    after = seen(project.root)
    changed = {name for name in after | before if after.get(name) != before.get(name)}
    kept = {
        name
        for name in changed
        if not name.startswith((f"build/{MINIMAL}/pictures/line", f"build/{MINIMAL}/logs", ".snakemake"))
    }
    assert {name for name in kept if (project.root / name).is_file()} == set()
    assert all((project.build / name).exists() for name in LITTER)


def test_a_build_does_away_with_what_is_left_behind(littered, tmp_path):
    project = littered.copy(tmp_path / "project")
    old = (project.root / MINIMAL / "book.yaml").stat().st_mtime - 10**6
    os.utime(project.build / LITTER[2], (old, old))
    project.make("line-fit")
    assert not [name for name in LITTER if (project.build / name).exists()]
