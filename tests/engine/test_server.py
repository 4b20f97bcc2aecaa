"""The server forks jobs that are as steps' own processes: the same bytes, logs, statuses and errors; and nothing
outlives a build."""

import os
import signal
import subprocess
import sys
import time

import pytest

from conftest import MINIMAL, awaited
from pipeline.engine.server import POSSIBLE
from pipeline.reproduce import digests
from processes import CLIENT, SOCKET, gone, processes, served

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not POSSIBLE, reason="no pidfd_open: steps start by themselves")]


def client(root, *words, **options):
    """The finished process of a step that is run through the server."""
    environment = os.environ | {"PIPELINE_SERVER": SOCKET}
    return subprocess.run(
        [*CLIENT, *words, "--book", MINIMAL],
        cwd=root,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        **options,
    )


STEPS = [
    ("train", "line/regression"),
    ("tables", "line/fit"),
    ("picture", "line/fit"),
    ("preview", "line/fit"),
    ("figure", "line/fit"),
]


def test_forked_steps_give_the_bytes_of_steps_on_their_own(built, project):
    for name in ("models", "tables", "pictures", "previews", "figures"):
        for path in (
            p
            for p in (project.build / name).rglob("*")
            if p.is_file() and "/line/" in str(p) and p.stem not in ("net",)
        ):
            if "light" not in path.parts and "print" not in path.parts and "proof" not in path.parts:
                path.unlink()
    with served(project.root):
        for step, name in STEPS:
            done = client(project.root, f"pipeline.{step}", name)
            said = "layer: data\n" if step == "figure" else ""
            assert (done.returncode, done.stdout, done.stderr) == (0, said, "")
        # torch and Matplotlib each have a server of their own
        assert len(processes(project.root)) == 3
    assert digests(project.build) == digests(built.build)
    assert gone(project.root, "pipeline.engine.server")


@pytest.mark.parametrize("step", ["picture", "train"])
def test_errors_and_statuses_are_those_of_the_step(project, step):
    with served(project.root):
        for words in (
            [f"pipeline.{step}", "line/fot"],
            [f"pipeline.{step}"],
            [f"pipeline.{step}", "--help"],
            ["pipeline.nosuch"],
        ):
            own = project.run(*words, "--book", MINIMAL)
            done = client(project.root, *words)
            assert (done.returncode, done.stdout, done.stderr) == (own.returncode, own.stdout, own.stderr)


def test_a_job_has_its_clients_environment_folder_and_group(project, monkeypatch):
    project.edit(
        "line/fit.py",
        "def tables(regression):\n",
        'def tables(regression):\n    import os; print(os.getenv("ASKER"), os.getcwd(), os.getpgid(0))\n',
    )
    with served(project.root):
        monkeypatch.setenv("ASKER", "me")
        done = client(project.root, "pipeline.tables", "line/fit", process_group=0)
    asker, folder, group = done.stdout.split()
    assert (asker, folder) == ("me", str(project.root)) and int(group) != os.getpgid(0)


def test_a_job_that_is_killed_has_the_shells_status(project):
    project.edit(
        "line/fit.py", "def tables(regression):\n", "def tables(regression):\n    import os; os.kill(os.getpid(), 9)\n"
    )
    with served(project.root):
        assert client(project.root, "pipeline.tables", "line/fit").returncode == 128 + signal.SIGKILL


def test_changed_code_is_run_by_the_step_itself(project):
    with served(project.root):
        assert client(project.root, "pipeline.picture", "line/fit").returncode == 0
        project.edit(
            "pipeline/picture.py",
            "def picture(book: Book, name: str) -> None:\n",
            "def picture(book: Book, name: str) -> None:\n    print('new')\n",
        )
        assert client(project.root, "pipeline.picture", "line/fit").stdout == "new\n"


def test_without_a_server_the_step_runs_itself(project):
    assert client(project.root, "pipeline.picture", "line/fit").returncode == 0
    assert client(project.root, "pipeline.picture", "line/fot").stderr.startswith("error: ")


@pytest.mark.parametrize("who", ["parent", "client"])
def test_a_job_ends_with_the_servers_parent_and_with_its_client(project, who):
    project.edit(
        "line/fit.py",
        "def tables(regression):\n",
        "def tables(regression):\n    import time; open('began', 'w'); time.sleep(60)\n",
    )
    command = [*CLIENT, "pipeline.tables", "line/fit", "--book", str(MINIMAL)]
    with (
        served(project.root) as parent,
        subprocess.Popen(command, cwd=project.root, env=os.environ | {"PIPELINE_SERVER": SOCKET}) as job,
    ):
        awaited((project.root / "began").exists)
        assert len(processes(project.root)) == 3  # the server, torch's, the job
        {"parent": parent, "client": job}[who].kill()
        if who == "client":
            end = time.monotonic() + 20
            while len(processes(project.root)) > 2 and time.monotonic() < end:
                time.sleep(0.05)
            assert len(processes(project.root)) == 2
    assert gone(project.root, "pipeline.engine.server")
    assert job.returncode != 0


def test_a_killed_snakemake_leaves_no_process(project):
    project.edit(
        "line/fit.py",
        "def tables(regression):\n",
        "def tables(regression):\n    import time; open('began', 'w'); time.sleep(60)\n",
    )
    command = [sys.executable, "-m", "snakemake", "line-fit", "-c1", "--config", f"book={MINIMAL}"]
    with subprocess.Popen(command, cwd=project.root, stderr=subprocess.DEVNULL) as build:
        awaited((project.root / "began").exists)
        build.kill()
    assert gone(project.root, "pipeline.engine.server", "pipeline/engine/client.py")
