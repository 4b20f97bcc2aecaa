"""What a build says at its end: the notes and the errors in its logs, each once."""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

BLOCK = re.compile(r"^error: .*(?:\n  .*)*", re.MULTILINE)
SHOWN = ("  picture ", "  log ")
SUBJECT = re.compile(r"  (figure|model|chapter|book) +(.+?)(?: \(([\w-]+)\))?")
ROW = re.compile(r"  (?=.{7} )([a-z]+) +(.*)")
PLACE = re.compile(r"([^:\n]+):(\d+): (.*)|([^:\s]+\.\w+): (.*)", re.DOTALL)  # a file, perhaps a line, what is said

State = tuple[int, ...]  # inode, size and times of a file
Names = dict[str, list[str | None]]  # {name: its editions}, where None stands for something that has no editions


class Fault(NamedTuple):
    """One fault in the logs, which may have stopped several things."""

    said: tuple[str, ...]  # its message and rows, the same for all that it has stopped
    shown: list[str]  # rows that differ from one to another: those of the first
    stopped: dict[str, Names]  # {kind: names}, such as {"figure": {"line/fit": ["dark", "light"]}}

    def lines(self) -> list[str]:
        message, *rows = self.said
        stopped = [f"  {kind:<7} {listed(names)}" for kind, names in self.stopped.items()]
        return ["", message, *stopped, *rows, *self.shown]

    def record(self) -> dict[str, Any]:
        """The same for programs."""
        return record([*self.said, *self.shown]) | {"stopped": self.stopped}


def record(block: list[str]) -> dict[str, Any]:
    """What the lines of a message say: its kind, such as error, file and line where it names them, words, and rows."""
    rows = {match[1]: match[2] for row in block[1:] if (match := ROW.fullmatch(row))}
    first, *more = (row for row in block if not ROW.fullmatch(row))
    kind, _, said = first.partition(": ")
    text = "\n".join([said, *(row.strip() for row in more)])
    found = PLACE.fullmatch(text)
    file, line, words = (found[1] or found[4], found[2], found[3] or found[5]) if found else (None, None, text)
    return {"kind": kind, "file": file, "line": int(line) if line else None, "text": words, "rows": rows}


def states(logs: Path) -> dict[Path, State]:
    """{log: its state} of all logs below a folder; writing one again changes its state, whatever the clock says."""
    paths = [Path(folder, name) for folder, _, names in os.walk(logs) for name in names if name.endswith(".log")]
    found = {path: os.stat(path) for path in paths}
    return {path: (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns) for path, stat in found.items()}


def fresh(logs: Path, before: dict[Path, State]) -> list[str]:
    """The texts of all logs below a folder that were written since their states were `before`."""
    changed = [path for path, state in sorted(states(logs).items()) if before.get(path) != state]
    return [path.read_text(encoding="utf-8", errors="replace") for path in changed]


def notes(logs: Path, before: dict[Path, State]) -> list[str]:
    """The lines of fresh logs that begin with `note:`, each once: what the author should know, though all went well."""
    lines = (line for text in fresh(logs, before) for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line.startswith("note: ")))


def faults(texts: Iterable[str]) -> list[Fault]:
    """The errors that texts tell of: each once, with the names of all that it has stopped."""
    found: dict[tuple[str, ...], Fault] = {}
    for text in texts:
        for block in BLOCK.findall(text):
            collect(block.splitlines(), found)
    return [*found.values()]


def collect(block: list[str], found: dict[tuple[str, ...], Fault]) -> None:
    """Adds the error that a block of lines tells of to the faults, each found by what is said of it."""
    subject = next((match for row in block if (match := SUBJECT.fullmatch(row))), None)
    shown = [row for row in block if row.startswith(SHOWN)]
    said = tuple(row for row in block if row not in shown and not (subject and row == subject[0]))
    fault = found.setdefault(said, Fault(said, shown, {}))
    if subject:
        fault.stopped.setdefault(subject[1], {}).setdefault(subject[2], []).append(subject[3])


def listed(names: Names) -> str:
    """{"line/fit": ["dark", "light"], …} as 'line/fit, … (dark, light)'."""
    alike: dict[str, list[str]] = {}  # {editions: names}
    for name, editions in names.items():
        alike.setdefault(", ".join(dict.fromkeys(filter(None, editions))), []).append(name)
    return "; ".join(", ".join(names) + (f" ({editions})" if editions else "") for editions, names in alike.items())
