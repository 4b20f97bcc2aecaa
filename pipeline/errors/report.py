"""What a build says at its end: the notes and the errors in its logs, each once."""

import os
import re
from pathlib import Path

BLOCK = re.compile(r"^error: .*(?:\n  .*)*", re.MULTILINE)
SHOWN = ("  picture ", "  log ")
SUBJECT = re.compile(r"  (figure|model|chapter|book) +(.+?)(?: \(([\w-]+)\))?")


def states(logs):
    """{log below a folder: what tells it from what it is when written again}; a clock that was set back does not matter."""
    found = {
        Path(folder, name): os.stat(Path(folder, name)) for folder, _, names in os.walk(logs) for name in names if name.endswith(".log")
    }
    return {log: (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns) for log, stat in found.items()}


def fresh(logs, before):
    """The texts of all logs below a folder that are not as they were in the states `before`."""
    return [log.read_text(encoding="utf-8", errors="replace") for log, state in sorted(states(logs).items()) if before.get(log) != state]


def notes(logs, before):
    """The lines of these logs that begin with `note:`, each once: what the author should know, though nothing failed."""
    return list(dict.fromkeys(line for text in fresh(logs, before) for line in text.splitlines() if line.startswith("note: ")))


def failures(logs, before):
    """The errors in these logs, each once with all that it befell: what to mend."""
    found = {}  # {what is said of the fault: ({kind: {name: [edition, …]}}, the rows that say where it showed first)}
    for first, *rows in (m[0].splitlines() for text in fresh(logs, before) for m in BLOCK.finditer(text)):
        subject = next((m for row in rows if (m := SUBJECT.fullmatch(row))), None)
        shown = [row for row in rows if row.startswith(SHOWN)]
        said = (first, *(row for row in rows if row not in shown and not (subject and row == subject[0])))
        befell, _ = found.setdefault(said, ({}, shown))
        if subject:
            befell.setdefault(subject[1], {}).setdefault(subject[2], []).append(subject[3])
    return [
        line
        for (first, *rows), (befell, shown) in found.items()
        for line in ("", first, *(f"  {kind:<7} {listed(names)}" for kind, names in befell.items()), *rows, *shown)
    ]


def listed(names):
    """{"line/fit": ["dark", "light"], …} as 'line/fit, … (dark, light)'."""
    alike = {}
    for name, editions in names.items():
        alike.setdefault(", ".join(dict.fromkeys(filter(None, editions))), []).append(name)
    return "; ".join(", ".join(names) + (f" ({editions})" if editions else "") for editions, names in alike.items())
