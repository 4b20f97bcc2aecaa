"""The book itself: from nothing, after a recolour, after one edit, and when nothing has changed."""

import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import absent, row, run
from benchmarks.project import counted, stages

FIGURE = "spiral-energy-cross-entropy"
EDIT = "book/spiral/energy-cross-entropy.tex.j2", 'lowest = "%g"', 'lowest = "%.2f"'  # how a number is written
WARM = "pipeline.build"


def cold(project, repeats):
    costs, builds = [], []
    for _ in range(repeats):
        project.remove()
        costs.append(project.snakemake("all", watched=True))
        builds.append(project.jobs())
    return [row("`snakemake all`, from nothing", costs), *stages(builds, costs)]


def after(project, repeats, edit, *words, by="snakemake"):
    """Costs of a command, each after an edit, and in words the jobs that the last one ran."""
    costs = []
    for _ in range(repeats):
        edit()
        since = time.time()
        costs.append(project.snakemake(*words, by=by))
    return costs, counted(project.jobs(since))


def recoloured(project, repeats):
    """Says which jobs ran: none may train, compute or render."""
    project.snakemake("all")
    rows = []
    for target in ("figures", "all"):
        costs, ran = after(project, repeats, project.recolour, target)
        rows.append(row(f"`snakemake {target}`", costs, note=ran))
    return rows


def warm_and_cold(project, repeats, what, edit, *words):
    """Rows of a command through a new process and through one that lives; the first call of that is not counted."""
    costs, ran = after(project, repeats, edit, *words)
    rows = [row(f"{what}: `snakemake {' '.join(words)}`", costs, note=ran)]
    warm = f"{what}: `python -m {WARM} {' '.join(words)}`"
    if not project.warm:
        return [*rows, absent(warm)]
    project.snakemake(*words, by=WARM)
    costs, ran = after(project, repeats, edit, *words, by=WARM)
    return [*rows, row(warm, costs, note=f"{ran}; CPU and memory are the caller's alone")]


def edited(project, repeats):
    project.snakemake("all")
    return warm_and_cold(project, repeats, "both PDFs", lambda: project.toggle(*EDIT), FIGURE)


def alone(repeats):
    """Costs of Snakemake itself, with one rule that asks for a file that is there."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as room:
        Path(room, "Snakefile").write_text('rule all:\n    input: "Snakefile"\n', encoding="utf-8")
        return [run([Path(sys.executable).with_name("snakemake"), "-c2"], room) for _ in range(repeats)]


def unchanged(project, repeats):
    project.snakemake("all")
    rows = warm_and_cold(project, repeats, "the book", lambda: None, "all")
    return [*rows, row("no book: `snakemake` with one rule", alone(repeats), note="the least that it can be")]
