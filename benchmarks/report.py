"""RESULTS.md: what was measured, on which machine, beside the targets; and its plot."""

import os
import platform
import re
import subprocess
from datetime import date
from importlib.metadata import version
from pathlib import Path

import psutil

from benchmarks.targets import target_rows, text

GROUPS = {
    "a": "The book from nothing, by stage",
    "b": "After a recolour",
    "c": "One template edited",
    "d": "Nothing changed",
    "e": "One figure of many points",
    "f": "Books of 10, 100 and 1,000 figures",
    "g": "Against what an author would use instead",
    "h": "Training",
}
NOTES = """Medians of so many runs as the tables say. *CPU* is the processor's time, user and system, of a command and
all that it starts, *TeX* the part of it that pdfTeX takes; *largest process* is the greatest resident
memory of any one of them. *Wall of its jobs* adds up the jobs of a rule, of which two run at a time. In
(g), *first* begins without figures and formats, but with their sources rendered. What was read once comes
from memory thereafter, not from the disk."""


def first_line(*command):
    try:
        return subprocess.run(command, capture_output=True, encoding="utf-8").stdout.splitlines()[0]
    except (OSError, IndexError):
        return "not known"


def cpu():
    """The processor's name."""
    info = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.*)", info.read_text(encoding="utf-8")) if info.is_file() else None
    return found[1] if found else platform.processor() or platform.machine()


def system():
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return f"{platform.system()} {platform.release()}"


def machine():
    """{what: text}; no names of hosts or folders."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "processor": f"{cpu()}, {cores} cores",
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GiB",
        "system": system(),
        "TeX": first_line("pdflatex", "--version"),
        "Python": platform.python_version(),
        **{package: version(package) for package in ("torch", "snakemake")},
    }


def table(rows):
    """A Markdown table of dicts; their keys, in the order in which they appear, are its columns."""
    heads = list(dict.fromkeys(key for cells in rows for key in cells))
    heads.sort(key=lambda head: head == "note")
    lines = [heads, ["---" if isinstance(next((r[h] for r in rows if h in r), ""), str) else "---:" for h in heads]]
    lines += [[text(cells.get(head, "")).replace("|", r"\|") for head in heads] for cells in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def report(results, remarks=()):
    """RESULTS.md as text. results : {group: [row]}."""
    parts = [
        "# Benchmarks",
        f"`make bench`, {date.today():%-d %B %Y}.",
        table([{"": k, "machine": v} for k, v in machine().items()]),
    ]
    parts += ["![Measured costs](results.svg)", *remarks, NOTES, "## Targets", table(list(target_rows(results)))]
    for group, rows in results.items():
        parts += [f"## ({group}) {GROUPS[group]}", table(rows)]
    return "\n\n".join([*parts, ""])
