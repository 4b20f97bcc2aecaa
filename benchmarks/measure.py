"""What a command costs: time, the processor's time, the part of it that TeX takes, and memory, of it and of all that it
starts."""

import ctypes
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Event, Thread

import psutil

from pipeline.tex.sandbox import ASKED

TEX = "pdflatex", "pdftex", "bwrap"  # in bubblewrap's room TeX cannot write where its seconds are noted
# Stands before TeX on the path and notes its seconds; `external` runs TeX in TeX, and bubblewrap does, which the outer
# run's seconds hold already.
SHIM = """#!/bin/bash
[ "$TEX_SECONDS_COUNTED" ] && exec {program} "$@"
export TEX_SECONDS_COUNTED=1 TIMEFORMAT="%3U %3S"
{{ time {program} "$@" 2>&3 ; }} 3>&2 2>>{log}
"""
STEP = re.compile(r"-m pipeline\.(\w+)")
PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)
INTERVAL = 0.25  # s, between two looks at the memory of processes, which take 3 ms each


class Failed(Exception):
    """A measured command that did not end well; what it said last."""


@dataclass
class Cost:
    wall: float  # s
    cpu: float  # s, user and system, of the command and all that it waited for
    tex: float  # s, of that in TeX
    memory: float  # MB, of the largest process
    output: str = field(default="", repr=False)
    peaks: dict = field(default_factory=dict)  # {step, or "snakemake": MB of its largest process}

    def __add__(self, other):
        """The cost of one after the other."""
        return Cost(self.wall + other.wall, self.cpu + other.cpu, self.tex + other.tex, max(self.memory, other.memory))


def peak(pid):
    """The greatest memory that a process has had, in MB; 0 where the system does not tell, or where it is gone."""
    try:
        return int(PEAK.search(Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))[1]) / 1000
    except (OSError, TypeError):
        return 0


def look(process, peaks):
    """Takes down the peaks of a process and of all below it, each under its step; what a step starts belongs to it."""
    steps = {}  # {pid: step}
    with suppress(psutil.Error):
        for each in (process, *process.children(recursive=True)):
            with suppress(psutil.Error):
                found = STEP.search(" ".join(each.cmdline()))
                step = found[1] if found else steps.get(each.ppid(), "snakemake")
                # a job, forked from it
                step = steps[each.pid] = (
                    each.name() if step == "server" and not each.name().startswith("python") else step
                )
                peaks[step] = max(peaks.get(step, 0), peak(each.pid))


def watch(pid, peaks, ended):
    process = psutil.Process(pid)
    while not ended.wait(INTERVAL):
        look(process, peaks)


@cache
def shims():
    """A folder of programs that note TeX's seconds in its file `seconds`; one folder, for a warm process knows its PATH
    by heart."""
    folder = tempfile.TemporaryDirectory(prefix="benchmark-tex-")
    for program in filter(shutil.which, TEX):
        path = Path(folder.name, program)
        path.write_text(SHIM.format(program=shutil.which(program), log=Path(folder.name, "seconds")), encoding="utf-8")
        path.chmod(0o755)
    return folder


def adopt():
    """Makes this process the parent of what a command leaves behind, such as its jobs' server: so its cost is seen."""
    with suppress(AttributeError):  # elsewhere than in Linux nothing is left
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def adopted(patience=1.0):
    """The resource usages of what a command left behind and has ended within some seconds; a warm process stays."""
    found, until = [], time.perf_counter() + patience
    with suppress(ChildProcessError):
        while time.perf_counter() < until:
            pid, _, usage = os.wait4(-1, os.WNOHANG)
            found += [usage] if pid else time.sleep(0.01) or []
    return found


def run(command, folder=".", watched=False, may_fail=False):
    """The Cost of a command, a list of words; `watched` looks at the peak of each step, which itself costs a hundredth.

    The memory is never less than this process's own: Linux counts what a process had before it became another.
    """
    adopt()
    log = Path(shims().name, "seconds")
    log.write_text("", encoding="utf-8")
    environment = os.environ | {"PATH": f"{log.parent}:{os.environ['PATH']}"}
    environment.pop(ASKED, None)  # a room that this process asked for does not show the shims
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        began, peaks, ended = time.perf_counter(), {}, Event()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        watcher = Thread(target=watch, args=(process.pid, peaks, ended))
        if watched:
            watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        usages = [usage, *adopted()]
        process.returncode = os.waitstatus_to_exitcode(status)
        ended.set()
        if watched:
            watcher.join()
        output.seek(0)
        said = output.read()
        if process.returncode and not may_fail:
            raise Failed(f"{' '.join(map(str, command))[:200]}: status {process.returncode}\n{said[-3000:]}")
    tex = sum(map(float, log.read_text(encoding="utf-8").split()))
    largest = max(usage.ru_maxrss for usage in usages) / (1000 if sys.platform == "linux" else 1_000_000)
    return Cost(wall, sum(usage.ru_utime + usage.ru_stime for usage in usages), tex, largest, said, peaks)


def row(what, costs, **more):
    """A line of a table: medians of Costs."""
    cells = {"": what, "runs": len(costs)}
    for name, key in (
        ("wall, s", "wall"),
        ("CPU, s", "cpu"),
        ("of it TeX, s", "tex"),
        ("largest process, MB", "memory"),
    ):
        cells[name] = statistics.median(getattr(cost, key) for cost in costs)
    return cells | more


def absent(what, why="not there"):
    return {"": what, "note": why}


def load():
    """How busy others keep the machine, in per cent of one second."""
    return psutil.cpu_percent(interval=1)
