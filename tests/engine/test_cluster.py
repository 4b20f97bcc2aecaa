"""A cluster's build: each job is a Snakemake of its own, here in a PID namespace of its own, as on another machine of
the same disk."""

import hashlib
import os
import subprocess
import sys
import time

import pytest

from conftest import MINIMAL, fresh
from processes import processes

ROOM = ["unshare", "--pid", "--fork", "--mount-proc"]
ALLOWED = (
    not subprocess.run([*ROOM, "true"], capture_output=True).returncode if os.path.exists("/usr/bin/unshare") else False
)
TIME = '''"""A clock.

It ticks.
"""

from pipeline.table import Curve


def tables():
    return {"curve": Curve([0, 1], y=[0, 1])}
'''
# A job waits for nobody: the script tells its number, and goes on in the background. The number outlives the job.
SUBMIT = """#!/bin/sh
echo $$
setsid {room} sh "$@" >>"{logs}/job.$$" 2>&1 </dev/null &
"""
RECORDS = (".json", ".reads", ".log", ".lines", ".holder")


def with_time(root):
    """The minimal book with a second chapter, which is called as an option of Snakemake's is."""
    project = fresh(root)
    project.edit("book.yaml", "[line]", "[line, time]")
    project.write("time/chapter.tex", "\\chapter{Time}\n\\fig{time/clock}{It ticks.}\n")
    project.write("time/clock.py", TIME)
    project.write(
        "time/clock.tex.j2",
        "\\begin{tikzpicture}\\begin{axis}\\addplot table {((( curve )))};\\end{axis}\\end{tikzpicture}\n",
    )
    return project


def made(project):
    """{path: checksum} of what a build made; records tell of the build itself, and formats hold the time."""
    files = [path for path in project.build.rglob("*") if path.is_file() and not path.name.endswith(RECORDS)]
    kept = [
        path for path in files if path.suffix in (".pdf", ".dat", ".tex", ".pt", ".txt") and "logs" not in path.parts
    ]
    return {str(path.relative_to(project.build)): hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}


@pytest.mark.long
def test_a_cluster_makes_the_same_bytes(tmp_path):
    room = " ".join(ROOM) if ALLOWED else ""  # as on another machine: a job sees none of this one's processes
    (tmp_path / "logs").mkdir()
    script = tmp_path / "submit"
    script.write_text(SUBMIT.format(room=room, logs=tmp_path / "logs"), encoding="utf-8")
    script.chmod(0o755)
    cluster, local = with_time(tmp_path / "cluster/project"), with_time(tmp_path / "local/project")
    options = [
        "--executor",
        "cluster-generic",
        "--cluster-generic-submit-cmd",
        script,
        "--jobs",
        4,
        "--latency-wait",
        20,
    ]
    words = ["all", *options, "--seconds-between-status-checks", 1, "--config", f"book={MINIMAL}"]
    done = subprocess.run(
        [sys.executable, "-m", "snakemake", *map(str, words)],
        cwd=cluster.root,
        capture_output=True,
        encoding="utf-8",
        timeout=540,
    )
    logs = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "logs").iterdir())
    assert done.returncode == 0, done.stderr[-3000:] + logs[-3000:]
    local.make("all")
    assert made(cluster) == made(local)
    assert not [path for path in cluster.build.rglob(".*") if path.is_file()]
    assert not processes(cluster.root, "snakemake") and not processes(cluster.root)
    assert cluster.jobs("all") == set()


@pytest.mark.long
def test_the_rate_that_is_asked_for_is_kept(project):
    project.edit("line/net.tex.j2", "above=of x", "left=of x")  # a picture and two PDFs
    start = time.monotonic()
    project.make("line-net", "--max-jobs-per-timespan", "1/3s")
    assert time.monotonic() - start >= 6
