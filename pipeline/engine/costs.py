"""What the jobs of a build have cost, which of them had to wait for one another, and what more cores would save."""

import heapq
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from pipeline.errors.author import AuthorError

Event = Mapping[str, Any]  # a line of a diary


@dataclass(frozen=True)
class Job:
    """A job that has ended. began, ended : seconds since the build began."""

    number: int
    stage: str
    name: str | None
    edition: str | None
    began: float
    ended: float
    failed: bool
    input: frozenset[str]
    output: frozenset[str]

    @property
    def took(self) -> float:
        return self.ended - self.began

    @property
    def subject(self) -> str:
        """What it is about: a figure, a model or a chapter; of the book's own stages, an edition or the book."""
        return self.name or self.edition or "book"

    def __str__(self) -> str:
        return " ".join(filter(None, (self.stage, self.name, self.edition and f"({self.edition})")))


@dataclass(frozen=True)
class Build:
    """A build that has ended or was stopped. cores : how many jobs could run at a time; jobs : in the order in which
    they began."""

    targets: Sequence[str]
    cores: int
    time: float  # when it began, in seconds since 1970
    jobs: Sequence[Job]

    @property
    def took(self) -> float:
        """Seconds from the first job to the end of the last."""
        return max(job.ended for job in self.jobs) - min(job.began for job in self.jobs)

    @property
    def work(self) -> float:
        """Seconds of all jobs, one after another."""
        return sum(job.took for job in self.jobs)

    @cached_property
    def before(self) -> dict[int, list[Job]]:
        """{number of a job: those whose outputs it takes}."""
        maker = {path: job for job in self.jobs for path in job.output}
        return {
            job.number: list({maker[path].number: maker[path] for path in sorted(job.input) if path in maker}.values())
            for job in self.jobs
        }

    @cached_property
    def order(self) -> list[Job]:
        """The jobs, each after those that it waits for."""
        known = {job.number: job for job in self.jobs}
        graph = {number: [job.number for job in jobs] for number, jobs in self.before.items()}
        return [known[number] for number in TopologicalSorter(graph).static_order()]

    @cached_property
    def critical(self) -> list[Job]:
        """The jobs that wait for one another the longest: however many cores there are, the build takes their time."""
        reach: dict[int, float] = {}
        last: dict[int, Job | None] = {}
        for job in self.order:
            last[job.number] = max(self.before[job.number], key=lambda one: reach[one.number], default=None)
            waits = last[job.number]
            reach[job.number] = job.took + (reach[waits.number] if waits else 0.0)
        path = [max(self.order, key=lambda job: reach[job.number])]
        while waits := last[path[-1].number]:
            path.append(waits)
        return path[::-1]

    def on(self, cores: int) -> float:
        """Seconds that the same jobs would take on so many cores, were each as fast as it was: whichever can begin and
        has the longest way to the end goes first (Hu, 1961)."""
        after: dict[int, list[Job]] = {job.number: [] for job in self.jobs}
        for job in self.jobs:
            for one in self.before[job.number]:
                after[one.number].append(job)
        way: dict[int, float] = {}
        for job in reversed(self.order):
            way[job.number] = job.took + max((way[one.number] for one in after[job.number]), default=0.0)
        missing = Counter({job.number: len(self.before[job.number]) for job in self.jobs})
        ready = [(-way[job.number], job.number, job) for job in self.jobs if not missing[job.number]]
        heapq.heapify(ready)
        running: list[tuple[float, int, Job]] = []
        now = 0.0
        while ready or running:
            while ready and len(running) < cores:
                job = heapq.heappop(ready)[2]
                heapq.heappush(running, (now + job.took, job.number, job))
            now, _, done = heapq.heappop(running)
            for job in after[done.number]:
                missing[job.number] -= 1
                if not missing[job.number]:
                    heapq.heappush(ready, (-way[job.number], job.number, job))
        return now

    def subjects(self) -> dict[str, dict[str, float]]:
        """{subject: {stage: seconds}}, the costliest first; a stage's editions together."""
        found: dict[str, dict[str, float]] = {}
        for job in self.jobs:
            stages = found.setdefault(job.subject, {})
            stages[job.stage] = stages.get(job.stage, 0.0) + job.took
        return dict(sorted(found.items(), key=lambda pair: -sum(pair[1].values())))

    def rows(self) -> list[list[Job]]:
        """The jobs in rows, as few as have room for those that ran at the same time."""
        rows: list[list[Job]] = []
        for job in sorted(self.jobs, key=lambda job: (job.began, job.number)):
            row = next((row for row in rows if row[-1].ended <= job.began), None)
            if row is None:
                rows.append([job])
            else:
                row.append(job)
        return rows


def read(diary: Path) -> Build:
    """The build of which a diary tells, see docs/reference.md; jobs that have not ended are left out."""
    if not diary.is_file():
        raise AuthorError("there has been no build yet", "snakemake all")
    events = lines(diary)
    build = next((event for event in events if event["event"] == "build"), None)
    if not build or not (jobs := list(ended(events, build["time"]))):
        raise AuthorError("no job of the last build has ended", "snakemake all")
    return Build(build["targets"], build["cores"], build["time"], jobs)


def lines(path: Path) -> list[Event]:
    """The objects of a file of JSON lines, but for what a killed build has left half written; none without a file."""
    found = list[Event]()
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        with suppress(ValueError):
            found.append(json.loads(line))
    return found


def done(events: Iterable[Event]) -> Iterator[tuple[Event, Event]]:
    """(start, end) of the jobs that have ended, in the order in which they began."""
    events = [*events]
    ends = {event["job"]: event for event in events if event["event"] in ("end", "fail")}
    return ((start, ends[start["job"]]) for start in events if start["event"] == "start" and start["job"] in ends)


def ended(events: Iterable[Event], zero: float) -> Iterator[Job]:
    """The same as jobs of a build that began at a time."""
    for start, end in done(events):
        yield Job(
            start["job"], start["stage"], start["name"], start["edition"], start["time"] - zero, end["time"] - zero,
            end["event"] == "fail", frozenset(start["input"]), frozenset(start["output"]),
        )  # fmt: skip
