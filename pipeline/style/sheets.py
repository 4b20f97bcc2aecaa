"""The files of a book's style, in the order in which TeX reads them: the house's stylesheet, then the book's preamble.

A file in the book's own templates/ stands in for the house's of the same name, which it may input as house/….
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.style.comments import without_comments

HOUSE = Path("templates")
STYLESHEET, PREAMBLE = "templates/maths-preamble", r"\bookdir/preamble"
INPUT = re.compile(r"\\(?:input|InputIfFileExists)\s*\{([^}]+)\}")


def places(name: str | Path, root: Path, house: Path = HOUSE) -> list[Path]:
    """Where a file of the style may lie, the first that is there counts: templates/… and house/… as TeX calls them,
    \\bookdir/… a file of the book."""
    folder, _, rest = str(name).partition("/")
    return {
        "templates": [root / "templates" / rest, house / rest],
        "house": [house / rest],
        r"\bookdir": [root / rest],
    }.get(folder, [])


def found(name: str | Path, root: Path, house: Path = HOUSE) -> Path:
    """The file that stands for one of the house's: the book's own, if there is one."""
    return next((path for path in places(name, root, house) if path.is_file()), house / Path(name).name)


def opened(candidates: Iterable[Path]) -> tuple[Path, str] | None:
    """(path, text) of the first that is there; who asks for one that is not, is stale when it appears."""
    for path in candidates:
        try:
            return path, path.read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            continue
    return None


@dataclass(frozen=True)
class Line:
    """A line of the style. `drawing` : whether it stands in what the stylesheet inputs for TeX alone."""

    text: str
    file: Path
    number: int
    drawing: bool


@dataclass(frozen=True)
class Sheets:
    """All that a book's style is read from."""

    files: tuple[Path, ...]
    lines: tuple[Line, ...]

    @classmethod
    def read(cls, root: str | Path, house: Path = HOUSE) -> "Sheets":
        files: list[Path] = []
        lines = [line for name in (STYLESHEET, PREAMBLE) for line in read(name, Path(root), house, files)]
        return cls(tuple(dict.fromkeys(files)), tuple(lines))

    @cached_property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def read(
    name: str, root: Path, house: Path, files: list[Path], drawing: bool = False, above: tuple[Path, ...] = ()
) -> Iterator[Line]:
    """The lines of a file, and after each that inputs another, the lines of that one.

    files : takes the paths; above : the files that input this one.
    """
    name = name if name.endswith(".tex") else f"{name}.tex"
    there = opened(path for path in places(name, root, house) if path not in above)
    if there is None:  # what is not there and should be, TeX tells
        return
    path, text = there
    files.append(path)
    for number, line in enumerate(text.splitlines(), 1):
        yield Line(line, path, number, drawing)
        for match in INPUT.finditer(without_comments(line)):
            other = drawing or match[1].startswith("templates/")
            yield from read(match[1], root, house, files, other, (*above, path))
