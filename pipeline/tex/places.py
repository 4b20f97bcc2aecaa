"""Where in the author's files the lines of each page come from, as SyncTeX notes it (synctex(5))."""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

FLAG, ENDING = "-synctex=-1", ".synctex"  # it is not compressed
POINT = 65536  # of SyncTeX's units in TeX's point
INPUT = re.compile(r"Input:(\d+):(?:.*/\./)?(.*)")
NODE = re.compile(r"[xkg$](\d+),(\d+):(-?\d+),(-?\d+)")  # type, kerns, glue, maths: what knows its line itself
NOTED = re.compile(r"([\[(vhxkgr$])(\d+),")  # the same, boxes and rules

Pages = dict[int, list[tuple[str, int, int, int, int]]]  # {page from 0: (file, line, left, right, how far down)}


def places(notes: str, named: Callable[[str], str]) -> Pages:
    """What SyncTeX's notes say of the author's files, in pt from the upper left corners of pages.

    named : the name outside of an author's file that TeX read, or ''.
    """
    files, pages, lines = dict[str, str](), Pages(), dict[tuple[str, int, int], list[int]]()
    for note in notes.splitlines():
        if match := NODE.match(note):
            if match[1] in files:
                across, down = int(match[3]) / POINT, int(match[4]) / POINT
                lines.setdefault((files[match[1]], int(match[2]), round(down)), []).append(round(across))
        elif note[:1] == "}":
            found = [(file, line, min(xs), max(xs), y) for (file, line, y), xs in lines.items()]
            pages[int(note[1:]) - 1], lines = found, {}
        elif (match := INPUT.match(note)) and not match[2].startswith("/") and Path(name := named(match[2])).is_file():
            files[match[1]] = name
    return pages


def for_viewers(notes: str, named: Callable[[str], str]) -> bytes:
    """SyncTeX's notes as viewers of PDFs look for them beside these: of the author's own files alone, by the names that
    they have outside."""
    kept, boxes, own = list[str](), list[tuple[int, bool]](), set[str]()
    for note in notes.splitlines():
        if match := INPUT.match(note):
            if not match[2].startswith("/") and (path := Path(named(match[2]))).is_file():
                own.add(match[1])
                note = f"Input:{match[1]}:{path.absolute()}"
        elif match := NOTED.match(note):
            if match[1] in "[(":
                boxes.append((len(kept), match[2] in own))
            elif match[2] not in own:
                continue
        elif note in ("]", ")"):
            begun, its_own = boxes.pop()
            if begun + 1 == len(kept) and not its_own:
                kept.pop()
                continue
        kept.append(note)
    return gzip.compress("".join(f"{note}\n" for note in kept).encode(), mtime=0)


def read(path: str | Path) -> Pages:
    """What was kept of them; nothing where nothing was."""
    kept = json.loads(Path(path).read_text(encoding="utf-8")) if Path(path).is_file() else {}
    return {int(number): [tuple(line) for line in lines] for number, lines in kept.items()}


def nearest(pages: Pages, number: int, across: float, down: float) -> str | None:
    """'file:line' of what stands nearest to a point (pt) of a page; None where the author wrote nothing there."""

    def distance(place: tuple[str, int, int, int, int]) -> float:
        _, _, left, right, baseline = place
        return 3 * abs(down - baseline) + max(2 * (left - across), across - right, 0)

    place = min(pages.get(number, []), key=distance, default=None)
    return place and f"{place[0]}:{place[1]}"


def origins(path: str | Path) -> list[str]:
    """'file:line' of the template for each line of a picture, as its stage keeps them; [] where it has not."""
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).is_file() else []
