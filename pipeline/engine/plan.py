"""What Snakemake would do and why, read from what a dry run says."""

import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors.author import AuthorError
from pipeline.project.book import Book
from pipeline.project.paths import KNOWN

JOB = re.compile(
    r"^Job \d+: (.*)\nReason: (.*)\nShell command: step (\w+)(?: (?!-)(\S+))?(?: --edition (\S+))?.*> (\S+)",
    re.MULTILINE,
)
READ = re.compile(
    r"now:.*'([^']+? (?:has changed|is gone|is new)[^']*?) \([0-9a-f]{16}\)'"
)  # see pipeline/records/reads.py
OTHERS = "Input files updated by another job"
LOST = re.compile(rf"{OTHERS}:.* ?{re.escape(KNOWN)}/")
PARAMETERS = re.compile(r"^Params have changed.* before: (.*) now: (.*?) *$")


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
    def forgotten(self) -> bool:
        """Whether it would run as Snakemake knows nothing any more of what is there."""
        return bool(LOST.search(self.reason))

    @property
    def failed(self) -> bool:
        """Whether its last run ended with an error."""
        return Path(self.log).is_file() and "error: " in Path(self.log).read_text(errors="replace", encoding="utf-8")

    def record(self) -> dict[str, Any]:
        """All of it, for JSON."""
        own = {"stage": self.stage, "name": self.name, "edition": self.edition, "message": self.message}
        return own | {"cause": self.cause, "failed": self.failed, "log": self.log}


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
