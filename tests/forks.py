"""Work in forked processes: each sees all that its parent has imported, and leaves no trace in it."""

import os
import pickle
import resource
import sys
import tempfile
import traceback
from dataclasses import dataclass
from pathlib import Path


def fork(work, seconds):
    """Starts work() in a process of its own; returns its id, and the file in which what it returns will be.

    seconds : of the processor, after which it is killed.
    """
    file, name = tempfile.mkstemp(prefix="mutant-")
    os.close(file)
    answer = Path(name)
    if child := os.fork():
        return child, answer
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
        quiet = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(quiet, stream)
        answer.write_bytes(pickle.dumps(work()))
    except BaseException:  # also what ends a program: the parent is to hear of it
        answer.write_bytes(pickle.dumps(Fault(traceback.format_exc())))
    os._exit(0)


@dataclass
class Fault:
    """What went wrong in a process that is no test's."""

    text: str


def result(answer):
    """What a process has returned; None where it was killed. A fault of its own ends all."""
    found = pickle.loads(answer.read_bytes() or pickle.dumps(None))
    answer.unlink()
    if isinstance(found, Fault):
        sys.exit(found.text)
    return found


def in_parallel(jobs, tasks):
    """Runs (key, work, seconds) tasks in forked processes; yields (key, what each returned), None where it took longer."""
    tasks, running = iter(tasks), {}
    while True:
        while len(running) < jobs and (task := next(tasks, None)):
            key, work, seconds = task
            child, answer = fork(work, seconds)
            running[child] = key, answer
        if not running:
            return
        key, answer = running.pop(os.wait()[0])
        yield key, result(answer)
