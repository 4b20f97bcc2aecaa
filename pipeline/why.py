"""Says whether a figure, a chapter or an edition is current and, if not, why.

It says what changed and what would be rebuilt, and builds nothing. The exit status is 0 where all is current, else 1.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.cli import print_json, run
from pipeline.engine.plan import Job, jobs, listed
from pipeline.errors.author import UsageError
from pipeline.errors.hints import nearest
from pipeline.project.book import Book
from pipeline.records.differences import differences, today
from pipeline.records.sidecar import read

RECORDED = {"train", "tables", "picture", "inks", "format", "figure"}  # the stages whose records a figure's includes
MOST = 12  # lines; the rest is counted


def asked(book: Book, name: str) -> tuple[list[str], list[str], list[str]]:
    """(targets, figures, editions) of what an author may ask about."""
    figures = {figure.target: figure.name for figure in book.figures.values()} | {
        figure: figure for figure in book.figures
    }
    if name in figures:
        figure = figures[name]
        made = [e for e in book.all_editions if e in book.editions or Path(book.figure(e, figure)).is_file()]
        return (
            [book.figures[figure].target, *(book.figure(e, figure) for e in made if e not in book.editions)],
            [figure],
            made,
        )
    if name in book.chapters:
        return [name], book.figures_of([name]), book.editions
    if name in book.all_editions:
        return [name], book.figures_of(book.chapters), [name]
    near = nearest(name, [*figures, *book.chapters, *book.all_editions])
    raise UsageError(f"there is no figure, chapter or edition '{name}'", near)


def changes(book: Book, figures: Iterable[str], editions: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """{what changed: [(figure, edition)]} by the records of the figures that are there."""
    found: dict[str, list[tuple[str, str]]] = {}
    for pair in [(figure, edition) for figure in figures for edition in editions]:
        output = book.figure(*pair[::-1])
        if not Path(output).is_file():
            lines = [f"{output} is not there"]
        elif kept := read(output):
            lines = differences(book, kept["record"], today(book, *pair[::-1]), kept.get("style", {}))
        else:
            lines = [f"{output} has no record beside it"]
        for line in lines:
            found.setdefault(line, []).append(pair)
    return found


def concerned(pairs: Collection[tuple[str, str]], figures: Collection[str], editions: Collection[str]) -> str:
    """Which figures and editions a change concerns, where not all."""
    those = [figure for figure in figures if figure in {f for f, _ in pairs}]
    where = [edition for edition in editions if edition in {e for _, e in pairs}]
    return (f": {listed(those)}" if len(those) < len(figures) else "") + (
        f", only {', '.join(where)}" if len(where) < len(editions) else ""
    )


def layers(book: Book, figures: Sequence[str], editions: Iterable[str]) -> list[str]:
    """What became of one figure's dense plots when it was last compiled."""
    if len(figures) != 1:
        return []
    kept = (read(book.figure(edition, figures[0])).get("layers", []) for edition in editions)
    return list(dict.fromkeys(line for lines in kept for line in lines))


def at_most(lines: list[str]) -> list[str]:
    return lines if len(lines) <= MOST else [*lines[: MOST - 1], f"and {len(lines) - MOST + 1} more"]


@dataclass(frozen=True)
class Answer:
    """What is known of a figure, a chapter or an edition.

    changes : {what changed: [(figure, edition)]}; jobs : those that Snakemake would run; layers : as layers() has them;
    shown : whether the book shows the figure, if it is one.
    """

    name: str
    figures: Sequence[str]
    editions: Sequence[str]
    changes: Mapping[str, list[tuple[str, str]]]
    jobs: Sequence[Job]
    layers: Sequence[str]
    shown: bool

    @property
    def current(self) -> dict[str, bool]:
        """{edition: whether all is current in it}"""
        stale = {edition for pairs in self.changes.values() for _, edition in pairs} | {j.edition for j in self.jobs}
        return {edition: edition not in stale for edition in self.editions}

    def causes(self) -> list[str]:
        """Why it is not current, in lines."""
        found, planned = self.changes, self.jobs
        causes = [line + concerned(pairs, self.figures, self.editions) for line, pairs in found.items()]
        # What has no record, such as the text; and what records do not know, such as an output that was deleted.
        own = [job for job in planned if job.cause and not (found and job.stage in RECORDED)]
        causes += [f"{job.message}: {job.cause}" for job in own]
        causes += [f"{job.message}: its last run failed, see {job.log}" for job in planned if job.failed]
        if any(job.forgotten for job in planned):
            causes.insert(0, "Snakemake's metadata, by which it knows what is current, are not there")
        if planned and not found and any(job.stage in RECORDED for job in planned):
            causes.insert(0, "nothing that it was made from has changed, but")
        if found and not planned:
            causes.append(
                "Snakemake, which compares contents with those of its own last run, would rebuild nothing; "
                "its option --force does"
            )
        return causes

    def work(self) -> list[str]:
        """What would be rebuilt, in lines."""
        alike: dict[str, list[str]] = {}  # {verb: [message]}
        for message in sorted(job.message for job in self.jobs):
            alike.setdefault(message.split()[0], []).append(message)
        work = [f"would rebuild: {', '.join(listed(messages, 5) for messages in alike.values())}"] * bool(alike)
        compiled = [j.edition for j in self.jobs if j.edition and j.stage == "figure" and [j.name] == [*self.figures]]
        return work + [f"and then the book ({', '.join(sorted(compiled))})"] * bool(compiled and self.shown)

    def lines(self, alone: bool) -> list[str]:
        """All of it, in lines to read. alone : whether the name says which edition it is."""
        old, new = ([edition for edition, same in self.current.items() if same == now] for now in (False, True))
        in_old, in_new = ("" if alone or not some else f" in {', '.join(some)}" for some in (old, new))
        verdicts = [f"not current{in_old}"] * bool(old) + [f"current{in_new}"] * bool(new)
        those = [line.removeprefix("layer: ") for line in self.layers if line.startswith("layer: ")]
        drawn = [f"layers: {listed(those, 12)}"] * bool(those)
        drawn += [line.removeprefix("no layer: ") for line in self.layers if line.startswith("no layer: ")]
        told = [*at_most(self.causes()), *self.work(), *drawn]
        return [f"{self.name} is {'; '.join(verdicts)}", *(f"  {line}" for line in told)]

    def record(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return {
            "name": self.name,
            "current": all(self.current.values()),
            "editions": self.current,
            "changes": [
                {"what": what, "figures": [{"name": figure, "edition": edition} for figure, edition in pairs]}
                for what, pairs in self.changes.items()
            ],
            "jobs": [job.record() for job in self.jobs],
            "layers": self.layers,
        }


def answer(book: Book, name: str) -> Answer:
    """What is known of a figure, a chapter or an edition of this name."""
    targets, figures, editions = asked(book, name)
    shown = set(figures) <= {*book.figures_of(book.chapters)}
    found = changes(book, figures, editions)
    return Answer(name, figures, editions, found, jobs(book, targets), layers(book, figures, editions), shown)


def why(book: Book, name: str, as_json: bool = False) -> int:
    """Prints it, and returns the exit status: 0 where all is current."""
    found = answer(book, name)
    if as_json:
        print_json(found.record())
    else:
        print(*found.lines(alone=name in book.all_editions), sep="\n")
    return int(not all(found.current.values()))


if __name__ == "__main__":
    run(why, __doc__, "target", "json")
