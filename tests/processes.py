"""The processes of a build: a server of steps, started by hand, and what still lives in a folder."""

import subprocess
import sys
import time
from contextlib import contextmanager

import psutil

# A parent of a server, which says so, and lives until its input ends.
PARENT = (
    "import os, pathlib, sys; from pipeline.engine import server; "
    "server.start(pathlib.Path('build/.server')); print(flush=True); sys.stdin.read()"
)
CLIENT = [sys.executable, "-S", "-E", "pipeline/engine/client.py", "-m"]
SOCKET = "build/.server/steps"


@contextmanager
def served(root):
    """The parent of a server for a folder."""
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        parent.stdout.readline()
        yield parent
        parent.stdin.close()


def processes(root, name="pipeline.engine.server"):
    """Living processes of a name that work in a folder."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.cwd() == str(root) and name in process.cmdline() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def gone(root, *names):
    """Whether all processes of these names end within some seconds."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if not any(processes(root, name) for name in names):
            return True
        time.sleep(0.05)
    return False
