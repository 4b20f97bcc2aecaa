"""The form of a table in a file: comments, a line of names, a line of numbers a row, blank lines between pieces."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Lines:
    """A table as text. comments : without their signs; breaks : numbers of the rows that follow a blank line."""

    comments: list[str]
    names: list[str]
    rows: list[str]
    breaks: list[int]


def read(path: str | Path) -> Lines:
    """The lines of a table's file; ValueError where it has none but comments."""
    comments, rows, breaks = [], [], []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            comments.append(line[2:])
        elif line.strip():
            rows.append(line)
        else:
            breaks.append(len(rows) - 1)  # the names are a line, too
    if not rows:
        raise ValueError(f"{path}: this table has no line of names")
    return Lines(comments, rows[0].split(), rows[1:], breaks)


def kind(path: str | Path) -> str:
    """The type of the table in a file."""
    with open(path, encoding="utf-8") as file:
        return next(iter(file.readline().removeprefix("#").split()), "")
