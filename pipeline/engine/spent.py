"""What each thing that is built has cost when it was made last, whichever build that was.

A build's diary is begun anew by the next one. So its jobs are first added to `costs.jsonl` beside it, a line a job that
has ended well: also those of builds that were killed.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.engine.costs import Build, Event, Job, done, lines
from pipeline.files import write

NAME = "costs.jsonl"
LARGE = 4_000_000  # bytes: then what was made again since is left out


def keep(diary: Path) -> None:
    """Adds the jobs of a diary to what is kept beside it, before it is begun anew."""
    path = diary.with_name(NAME)
    if found := [*jobs(lines(diary))]:
        with open(path, "a", encoding="utf-8") as file:
            file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in found)
        if path.stat().st_size > LARGE:
            write(path, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in last(lines(path))))


def jobs(events: Iterable[Event]) -> Iterator[Event]:
    """What is kept of a diary: its jobs that have ended well."""
    for start, end in done(events):
        if end["event"] == "end":
            about = {key: start[key] for key in ("stage", "name", "edition", "input", "output")}
            yield about | {"seconds": round(end["time"] - start["time"], 4)}


def last(found: Iterable[Event]) -> list[Event]:
    """Of jobs, in the order in which they were done, those that have made what is there."""
    by = {path: line for line in found for path in line["output"]}
    there = {id(line): line for path, line in by.items() if Path(path).exists()}
    return [*there.values()]


def spent(diary: Path, cores: int) -> Build:
    """The jobs that have made all that is there, as if they were one build's; where none is known, there are none."""
    made = last([*lines(diary.with_name(NAME)), *jobs(lines(diary))])
    found = [
        Job(number, line["stage"], line["name"], line["edition"], 0.0, line["seconds"], False,
            frozenset(line["input"]), frozenset(line["output"]))
        for number, line in enumerate(made)
    ]  # fmt: skip
    return Build([], cores, 0.0, found)
