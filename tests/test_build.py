"""The process that stays builds as snakemake does, and either finds the other's work done."""

import subprocess
import sys

import pytest

from conftest import MINIMAL, awaited
from pipeline.engine.server import POSSIBLE
from processes import gone, processes

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not POSSIBLE, reason="no pidfd_open: Snakemake builds")]
COMMAND, OPTIONS = [sys.executable, "-m", "pipeline.build"], ["-c1", "--config", f"book={MINIMAL}"]


@pytest.fixture
def warm(project):
    """A project whose process that stays is ended afterwards."""
    yield project
    for process in processes(project.root, "pipeline.engine.warm"):
        process.kill()
    assert gone(project.root, "pipeline.engine.warm", "pipeline.engine.server")


def build(project, *targets):
    done = subprocess.run(
        [*COMMAND, *targets, *OPTIONS], cwd=project.root, capture_output=True, encoding="utf-8", timeout=100
    )
    return done.returncode, done.stderr


def test_either_finds_the_others_work_done(warm):
    warm.edit("line/net.tex.j2", "above=of x", "left=of x")
    status, told = build(warm, "line-net")
    assert status == 0 and "figure    line/net (light)" in told
    assert warm.jobs("line-net") == set()
    (process,) = processes(warm.root, "pipeline.engine.warm")
    warm.edit("line/net.tex.j2", "left=of x", "right=of x")
    warm.make("line-net")
    assert "Nothing to be done" in build(warm, "line-net")[1]
    assert processes(warm.root, "pipeline.engine.warm") == [process]
    assert (warm.root / ".snakemake/warm").stat().st_mode & 0o777 == 0o700


def test_what_fails_is_told_as_by_snakemake(warm):
    warm.edit("line/net.tex.j2", "above=of x", r"above=of x] {\nosuch}; \node[above=of x")
    status, told = build(warm, "line-net")
    plain = warm.snakemake("line-net")
    warm_end, plain_end = (text.split("Complete log")[0].rpartition("\nerror: ")[2] for text in (told, plain.stderr))
    assert status == plain.returncode == 1 and r"\nosuch" in warm_end
    assert warm_end == plain_end
    warm.edit("line/net.tex.j2", r"above=of x] {\nosuch}; \node[", "")
    assert build(warm, "line-net")[0] == 0


def test_changed_code_is_run_by_a_new_process(warm):
    build(warm, "line-net")
    (old,) = processes(warm.root, "pipeline.engine.warm")
    warm.edit(
        "pipeline/picture.py",
        "def picture(book: Book, name: str) -> None:\n",
        "def picture(book: Book, name: str) -> None:\n    print('note: new')\n",
    )
    status, told = build(warm, "line-net")
    assert status == 0 and "note: new" in told
    old.wait(20)
    assert not old.is_running()


def test_two_builds_at_once_are_refused_and_an_ended_one_leaves_nothing(warm):
    warm.edit(
        "line/fit.py",
        "def tables(regression):\n",
        "def tables(regression):\n    import time; open('began', 'w'); time.sleep(60)\n",
    )
    with subprocess.Popen([*COMMAND, "line-fit", *OPTIONS], cwd=warm.root, stderr=subprocess.DEVNULL) as first:
        awaited((warm.root / "began").exists)
        for refused in (build(warm, "line-fit")[1], warm.snakemake("line-fit").stderr):
            assert f"error: another build of {MINIMAL} is running" in refused
        first.kill()
    assert gone(warm.root, "snakemake", "pipeline/engine/client.py")
    warm.edit("line/fit.py", "    import time; open('began', 'w'); time.sleep(60)\n", "")
    assert build(warm, "line-fit")[0] == 0
