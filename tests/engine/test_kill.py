"""A build that is killed: the next one completes it, and gives the same bytes as one that nobody disturbed."""

import os
import re
import signal
import socket
import subprocess
import sys
import time

import pytest

from conftest import awaited
from pipeline.reproduce import digests

# Snakemake is imported once; each build is a fork and a process group of its own. It is thrown back to a stage, the
# last first, and killed after a random time; the last build is not killed.
BUILDS = """
import os, random, signal, sys, time
from pathlib import Path
from snakemake.cli import main

kills, longest, build, book = int(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
stages = ["book-*.pdf", "contents.txt", "figures/*/*/*.pdf", "pictures/*/*.tex", "tables/*/*/SHA256SUMS", "models/*/*.pt"]
chance = random.Random(0)
for k in range(kills + 1):
    for path in build.glob(stages[min(k * len(stages) // kills, len(stages) - 1)]):
        path.unlink()
    child = os.fork()
    if not child:
        os.setsid()
        sys.argv = ["snakemake", "all", "-c2", "--config", book]  # what a build that begins again takes
        main(sys.argv[1:])
    if k < kills:
        time.sleep(chance.uniform(0, longest))
        os.killpg(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(status)
"""
KILLS = 30
FURTHER = re.compile(r"^(previews|chapters|inks|mend/\w+)/|\b(print|proof)\b")  # what `all` does not make


def made(project):
    """{path: digest} of what `all` makes."""
    return {name: digest for name, digest in digests(project.build).items() if not FURTHER.search(str(name))}


@pytest.mark.long
def test_killed_at_random_times_a_build_ends_as_if_undisturbed(built, project):
    start = time.monotonic()
    assert project.jobs() == set()
    longest = 1.2 * (time.monotonic() - start)  # on this machine: Snakemake's start, and a job or two
    command = [sys.executable, "-c", BUILDS, str(KILLS), str(longest), str(project.build), f"book={project.folder}"]
    done = subprocess.run(command, cwd=project.root, capture_output=True, encoding="utf-8", timeout=600)
    ends = done.stdout.split()
    assert ends.pop() == "0", done.stderr
    assert ends.count(str(-signal.SIGKILL)) >= 0.8 * KILLS  # the others had ended before
    assert made(project) == made(built)
    assert [path for path in project.build.rglob("*") if path.name.startswith(".")] == []
    assert project.jobs() == set()


@pytest.mark.slow
def test_two_builds_at_once_are_refused_and_a_killed_one_locks_nobody_out(project):
    project.edit(
        "line/fit.py", "def tables(regression):\n", "def tables(regression):\n    import time; time.sleep(60)\n"
    )
    command = [sys.executable, "-m", "snakemake", "line-fit", "-c1", "--config", f"book={project.folder}"]
    (project.build / "lock.holder").unlink()
    with subprocess.Popen(command, cwd=project.root, start_new_session=True, stderr=subprocess.DEVNULL) as first:
        lock = project.build / "lock.holder"
        awaited(lambda: lock.is_file() and lock.read_text(encoding="utf-8"))
        second = project.snakemake("line-fit")
        os.killpg(first.pid, signal.SIGKILL)
    assert second.returncode != 0 and "Traceback" not in second.stderr
    who = f"process {first.pid} on {socket.gethostname()}"
    what = f"error: another build of {project.folder} is running ({who}); wait until it ends, or end it"
    assert second.stderr.splitlines()[-1] == what
    project.edit("line/fit.py", "    import time; time.sleep(60)\n", "")
    project.make("line-fit")
