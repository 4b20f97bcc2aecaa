"""Says whether a figure, a chapter or an edition is current and, if not, what changed and what would be rebuilt.

Nothing is built. The exit status is 0 where all is current.
"""

import re
import subprocess
import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from pipeline.cli import run
from pipeline.errors.author import AuthorError
from pipeline.errors.hints import nearest
from pipeline.project.book import Book
from pipeline.records.differences import differences, today
from pipeline.records.sidecar import read

JOB = re.compile(
    r"^Job \d+: (.*)\nReason: (.*)\nShell command: step (\w+)(?: (?!-)(\S+))?(?: --edition (\S+))?.*> (\S+)",
    re.MULTILINE,
)
READ = re.compile(
    r"now:.*'([^']+? (?:has changed|is gone|is new)[^']*?) \([0-9a-f]{16}\)'"
)  # see pipeline/records/reads.py
OTHERS = "Input files updated by another job"
PARAMETERS = re.compile(r"^Params have changed.* before: (.*) now: (.*?) *$")
RECORDED = {"train", "tables", "picture", "inks", "format", "figure"}  # the stages whose records a figure's includes
MOST = 12  # lines; the rest is counted


@dataclass(frozen=True)
class Job:
    """A job that Snakemake would run."""

    message: str
    reason: str
    stage: str
    name: str | None
    edition: str | None
    log: str

    @property
    def cause(self) -> str:
        """Why it would run, where that is not for the sake of another job."""
        return "; ".join(brief(reason) for reason in self.reason.split("; ") if not reason.startswith(OTHERS))

    @property
    def failed(self) -> bool:
        """Whether its last run ended with an error."""
        return Path(self.log).is_file() and "error: " in Path(self.log).read_text(errors="replace", encoding="utf-8")


def listed(names: Sequence[str], most: int = 3) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def brief(reason: str) -> str:
    """One of Snakemake's reasons; of long lists the first, sources before what is built."""
    if read := READ.search(reason):
        return read[1]
    if parameters := PARAMETERS.search(reason):
        return "{} became {}".format(*parameters.groups())
    what, _, names = reason.partition(": ")
    return (
        f"{what}: {listed(sorted(names.split(', '), key=lambda name: (name.startswith('build/'), name)))}"
        if names
        else reason
    )


def jobs(book: Book, targets: Iterable[str]) -> list[Job]:
    """What Snakemake would run for targets."""
    command = [
        sys.executable,
        "-m",
        "snakemake",
        "--dry-run",
        "--printshellcmds",
        *targets,
        "--config",
        f"book={book.root}",
    ]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise AuthorError(re.sub(r"(?s).*^error: ", "", done.stderr.strip(), flags=re.MULTILINE))
    return [Job(*match.groups()) for match in JOB.finditer(done.stdout + done.stderr)]


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
    raise AuthorError(f"there is no figure, chapter or edition '{name}'", near)


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
    lines = list(dict.fromkeys(line for lines in kept for line in lines))
    those = [line.removeprefix("layer: ") for line in lines if line.startswith("layer: ")]
    return [f"layers: {listed(those, 12)}"] * bool(those) + [line for line in lines if line.startswith("no layer: ")]


def at_most(lines: list[str]) -> list[str]:
    return lines if len(lines) <= MOST else [*lines[: MOST - 1], f"and {len(lines) - MOST + 1} more"]


def report(book: Book, name: str) -> tuple[list[str], bool]:
    """(lines to read, whether all is current)."""
    targets, figures, editions = asked(book, name)
    found, planned = changes(book, figures, editions), jobs(book, targets)
    stale = {edition for pairs in found.values() for _, edition in pairs} | {job.edition for job in planned}
    old, new = ([e for e in editions if (e in stale) == is_old] for is_old in (True, False))
    in_old, in_new = (f" in {', '.join(some)}" if name not in book.all_editions else "" for some in (old, new))
    verdicts = [f"not current{in_old}"] * bool(old) + [f"current{in_new}"] * bool(new)
    causes = [line + concerned(pairs, figures, editions) for line, pairs in found.items()]
    # What has no record, such as the text; and what records do not know, such as an output that was deleted.
    causes += [f"{job.message}: {job.cause}" for job in planned if job.cause and not (found and job.stage in RECORDED)]
    causes += [f"{job.message}: its last run failed, see {job.log}" for job in planned if job.failed]
    if planned and not found and any(job.stage in RECORDED for job in planned):
        causes.insert(0, "nothing that it was made from has changed, but")
    if found and not planned:
        causes.append(
            "Snakemake, which compares contents with those of its own last run, would rebuild nothing; "
            "its option --force does"
        )
    alike: dict[str, list[str]] = {}  # {verb: [message]}
    for message in sorted(job.message for job in planned):
        alike.setdefault(message.split()[0], []).append(message)
    work = [f"would rebuild: {', '.join(listed(messages, 5) for messages in alike.values())}"] * bool(planned)
    compiled = [job.edition for job in planned if job.edition and job.stage == "figure" and [job.name] == figures]
    if compiled and figures[0] in book.figures_of(book.chapters):
        work.append(f"and then the book ({', '.join(sorted(compiled))})")
    told = [*at_most(causes), *work, *layers(book, figures, editions)]
    return [f"{name} is {'; '.join(verdicts)}", *(f"  {line}" for line in told)], not old


def why(book: Book, name: str) -> NoReturn:
    lines, current = report(book, name)
    print(*lines, sep="\n")
    sys.exit(0 if current else 1)


if __name__ == "__main__":
    run(why, __doc__, "target")
