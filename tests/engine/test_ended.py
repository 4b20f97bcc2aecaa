"""A step that a signal ends is told of, by who waited for it; one that a person interrupts is not."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import psutil
import pytest

from conftest import MINIMAL, awaited, runs_of_tex
from pipeline.engine.server import POSSIBLE
from pipeline.engine.stages import options
from pipeline.errors.signals import in_words
from pipeline.tex.run import end
from processes import CLIENT, SOCKET, gone, served

pytestmark = pytest.mark.slow  # processes that are killed

MEMORY = "`snakemake … -c1` makes one thing at a time; a module may compute in smaller batches"
KILLED = "error: the system killed it (signal 9), most likely because memory ran out"
ENDED = "error: the system ended it"
WAIT = "import time; open('began', 'w'); time.sleep(60)"
both = pytest.mark.parametrize(
    "server", [pytest.param(True, marks=pytest.mark.skipif(not POSSIBLE, reason="no server here")), False]
)


def ending(project, what):
    """Makes the figure's module end so."""
    project.edit(
        "line/fit.py", "def tables(regression):\n", f"def tables(regression):\n    import os, signal; {what}\n"
    )


def tables(project, server):
    """The step of the figure's tables, started."""
    environment = os.environ | ({"PIPELINE_SERVER": SOCKET} if server else {})
    command = [*CLIENT, "pipeline.tables", "line/fit", "--book", str(MINIMAL)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8", "process_group": 0}
    return subprocess.Popen(command, cwd=project.root, env=environment, **pipes)


def finished(project, server, react=None):
    """(status, what is said) of the step; react(the step's client) once the figure's module has begun."""
    if not server:
        return told(tables(project, server), project, react)
    with served(project.root):
        return told(tables(project, server), project, react)


def told(client, project, react):
    while react and not (project.root / "began").exists():
        time.sleep(0.02)
    if react:
        react(client)
    _, text = client.communicate(timeout=60)
    return client.returncode, text


@both
@pytest.mark.parametrize(
    ("how", "number", "first", "hint"),
    [
        ("os.kill(os.getpid(), 9)", 9, KILLED, MEMORY),
        ("os.kill(os.getpid(), signal.SIGXCPU)", signal.SIGXCPU, f"{ENDED} (SIGXCPU): it took more processor time than it may",
         "look for a loop without an end"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", signal.SIGSEGV, "error: it crashed (SIGSEGV)",
         f"`python -X faulthandler -m pipeline.tables line/fit --book {MINIMAL}` shows where"),
    ],
)  # fmt: skip
def test_a_step_that_a_signal_ends_is_told_of(project, server, how, number, first, hint):
    ending(project, how)
    assert finished(project, server) == (128 + number, f"{first}\n  figure  line/fit\n  try     {hint}\n")


@both
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_interrupts_is_told_nothing(project, server, number):
    ending(project, f"signal.signal({number.value}, signal.SIG_DFL); {WAIT}")
    status, text = finished(project, server, lambda client: os.killpg(client.pid, number))
    assert status in (128 + number, -number) and "error:" not in text


@pytest.mark.skipif(sys.platform != "linux", reason="a process's end is its parent's own affair")
def test_a_step_without_a_server_ends_with_its_client(project):
    ending(project, WAIT)
    status, text = finished(project, False, lambda client: client.kill())
    assert (status, text) == (-signal.SIGKILL, "")
    assert gone(project.root, "pipeline.tables")


@pytest.mark.skipif(not POSSIBLE, reason="no server here")
def test_a_server_that_is_killed_is_told_of(project):
    ending(project, WAIT)

    def kill(client):
        for process in psutil.process_iter(["cmdline", "cwd"]):
            if process.info["cwd"] == str(project.root) and "pipeline.engine.server" in (process.info["cmdline"] or ()):
                process.kill()

    status, text = finished(project, True, kill)
    assert status == 1 and text.startswith("error: the server of this build's jobs has gone")


def test_the_list_at_the_end_of_a_build_has_it(project):
    ending(project, "os.kill(os.getpid(), 9)")
    done = project.snakemake("line-fit")
    assert done.returncode != 0 and "Traceback" not in done.stderr
    assert done.stderr[done.stderr.index("error: ") :].splitlines() == [
        KILLED, "  figure  line/fit", f"  try     {MEMORY}",
    ]  # fmt: skip


@contextmanager
def killed_after(build):
    """What did not end in time is ended: a test that fails does not wait for it."""
    with build:
        try:
            yield build
        finally:
            if build.poll() is None:
                os.killpg(build.pid, signal.SIGKILL)


def test_ctrl_c_is_not_told_of(project):
    ending(project, WAIT)
    command = [sys.executable, "-m", "snakemake", "line-fit", "-c1", "--config", f"book={MINIMAL}"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
    with killed_after(subprocess.Popen(command, cwd=project.root, start_new_session=True, **pipes)) as build:
        awaited((project.root / "began").exists)
        os.killpg(build.pid, signal.SIGINT)
        text, _ = build.communicate(timeout=60)
    assert build.returncode != 0
    assert "killed it" not in text and "error: " not in text
    assert gone(project.root, "snakemake", "pipeline/engine/client.py", "pipeline.engine.server")


@pytest.mark.parametrize("moment", [0, 0.01, 0.1])
def test_ctrl_c_while_tex_runs_is_not_told_of(project, moment):
    project.edit("line/net.tex.j2", r"\begin{tikzpicture}", r"\loop\iftrue\repeat\begin{tikzpicture}")
    command = [sys.executable, "-m", "snakemake", "line-net", "-c2", "--config", f"book={MINIMAL}"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
    with killed_after(subprocess.Popen(command, cwd=project.root, start_new_session=True, **pipes)) as build:
        awaited(lambda: runs_of_tex(project.root))
        time.sleep(moment)
        os.killpg(build.pid, signal.SIGINT)
        text, _ = build.communicate(timeout=60)
    logs = "".join(log.read_text(encoding="utf-8") for log in (project.build / "logs/figure").rglob("net.log"))
    assert build.returncode != 0
    assert "NoSuchProcess" not in text + logs and "error: " not in text
    assert gone(project.root, "snakemake", "pipeline/engine/client.py", "pipeline.engine.server") and not runs_of_tex(
        project.root
    )


def test_a_program_that_has_ended_can_be_ended():
    program = subprocess.Popen(["true"])
    program.wait()
    end(program.pid)


def test_each_step_says_what_is_made():
    assert (options("tables"), options("train"), options("book")) == (["figure"], ["model"], ["edition"])


def test_all_signals_have_words():
    assert all(str(in_words(number)) for number in {*signal.Signals, signal.SIGRTMIN + 1})
