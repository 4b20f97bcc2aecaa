"""A scratch copy of the project in which all is measured, so that the author's own build is not touched."""

import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.books import make
from benchmarks.measure import STEP, Failed, run
from pipeline.reproduce import copy

COLOUR = re.compile(r"^(\\colour\{\w+\} *)\{(\w{5})(\w)\}\{(\w{5})(\w)\}", re.MULTILINE)


@dataclass
class Project:
    """A copy in a folder; `book` is the one that its commands are about."""

    folder: Path
    book: str = "book"

    build = property(lambda self: self.folder / "build" / ("" if self.book == "book" else self.book))
    warm = property(lambda self: (self.folder / "pipeline/build.py").is_file())

    def snakemake(self, *words, by="snakemake", **options):
        """The Cost of what an author types: snakemake or, for the warm process, a module."""
        command = [Path(sys.executable).with_name("snakemake")] if by == "snakemake" else [sys.executable, "-m", by]
        return run(
            [*command, *words, *([] if self.book == "book" else ["--config", f"book={self.book}"])],
            self.folder,
            **options,
        )

    def remove(self, *names):
        """Deletes folders of what is built or, without names, all of it and Snakemake's memory."""
        for path in [self.build / name for name in names] or [self.folder / "build", self.folder / ".snakemake"]:
            shutil.rmtree(path, ignore_errors=True)

    def toggle(self, path, old, new):
        """Edits a file, and takes the edit back the next time."""
        file = self.folder / path
        text = file.read_text(encoding="utf-8")
        before, after = (new, old) if new in text else (old, new)
        if before not in text:
            raise Failed(f"{path} has no '{old}'")
        file.write_text(text.replace(before, after, 1), encoding="utf-8")

    def recolour(self):
        """Gives the first colour another shade in both editions, so near that nobody sees it; the next time the one
        before."""
        file = self.folder / "templates/maths-preamble.tex"

        def other(match):
            head, dark, last, light, end = match.groups()
            return f"{head}{{{dark}{int(last, 16) ^ 1:X}}}{{{light}{int(end, 16) ^ 1:X}}}"

        file.write_text(COLOUR.sub(other, file.read_text(encoding="utf-8"), count=1), encoding="utf-8")

    def jobs(self, since=0):
        """{(stage, step): [seconds]} of the jobs that Snakemake has run since a time, by its own records: from start to
        output."""
        found = {}
        for path in filter(Path.is_file, (self.folder / ".snakemake/metadata").rglob("*")):
            kept = json.loads(path.read_text(encoding="utf-8"))
            if kept["rule"] == "metadata":  # of no stage
                continue
            if kept["starttime"] and kept["endtime"] and kept["starttime"] >= since:
                command = kept["shellcmd"] or path.name
                step = STEP.search(command)
                stage = kept["rule"].split("_")[0]  # a rule's name may go on with what it makes one of
                took = found.setdefault((stage, step and step[1]), {})
                took[command] = max(took.get(command, 0), kept["endtime"] - kept["starttime"])
        return {key: list(took.values()) for key, took in found.items()}


def counted(jobs):
    """How many jobs of each rule ran, in words."""
    return ", ".join(f"{len(seconds)} {rule}" for (rule, _), seconds in sorted(jobs.items())) or "no jobs"


def stages(builds, costs):
    """Rows of equal builds: each rule's jobs and what they took; of the largest process where the Costs were watched.

    builds : what jobs() says after each build.
    """
    if not all(builds):
        return [{"": "by stage", "note": "no records of jobs in .snakemake/metadata"}]

    def largest(step):
        seen = [cost.peaks[step] for cost in costs if step in cost.peaks]
        return {"largest process, MB": max(seen)} if seen else {}

    rows = []
    for rule, step in builds[-1]:
        seconds = [build.get((rule, step), []) for build in builds]
        total = statistics.median(map(sum, seconds))
        rows.append(
            {"": rule, "runs": len(builds), "jobs": len(seconds[-1]), "wall of its jobs, s": total} | largest(step)
        )
    rows.sort(key=lambda row: -row["wall of its jobs, s"])
    return [*rows, {"": "snakemake itself", "runs": len(builds)} | largest("snakemake")]


def end_what_remains(folder):
    """Ends processes that still work in a folder: a warm one outlives its command."""
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if Path(process.cwd()).is_relative_to(folder):
                process.terminate()


@contextmanager
def scratch(figures=None, points=50):
    """A Project with this book or, given a number of figures, with a synthetic one."""
    with tempfile.TemporaryDirectory(prefix="benchmark-", ignore_cleanup_errors=True) as room:
        folder = Path(room).resolve() / "project"
        copy(folder)
        git = [
            "git",
            "-C",
            folder,
            "-c",
            "user.name=Nobody",
            "-c",
            "user.email=nobody@example.org",
            "-c",
            "core.hooksPath=",
        ]
        for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "what is measured"]):
            subprocess.run([*git, *command], check=True, capture_output=True)
        if figures:
            make(folder / "books/synthetic", figures, points=points)
        try:
            yield Project(folder, "books/synthetic" if figures else "book")
        finally:
            end_what_remains(folder)
