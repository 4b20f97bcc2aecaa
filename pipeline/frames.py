"""Computes a film's frames: gives frames() its models, and writes what it yields.

A frame is a folder. frames() stands beside tables() in a figure's module, and yields, one after another, what tables()
would return.
"""

import json
from collections.abc import Iterable
from types import ModuleType

from pipeline.cli import run
from pipeline.computing import called, checked, sums, written
from pipeline.errors.author import AuthorError
from pipeline.files import whole_folder
from pipeline.films.pace import PACE, USUAL
from pipeline.project.book import Book
from pipeline.project.modules import place
from pipeline.records.reads import taken_down
from pipeline.records.record import computed_by

MOST = 9999  # frames: so many have a number of four digits


def pace(module: ModuleType, path: str) -> dict[str, float]:
    """What the module says of its film's pace, and else the usual."""
    found = {}
    for name, (key, usual, least, most) in USUAL.items():
        value = getattr(module, name, usual)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise AuthorError(f"{path}: {name} is {value!r}", f"a number from {least} to {most}")
        found[key] = value
    return found


def frames(book: Book, name: str) -> None:
    """Computes the frames of a figure that moves."""
    figure = book.find_computed(name)
    where = place(figure.code, "frames")
    target, known = book.frames(name), computed_by(book, name, "frames")
    with taken_down(book, target, known), whole_folder(target) as folder:
        found = called(book, figure, "frames", "it yields, one after another, what tables() would return")
        if not isinstance(found, Iterable) or isinstance(found, dict):
            what = "nothing" if found is None else f"a {type(found).__name__}"
            raise AuthorError(f"{where}: frames() returns {what}", "yield a dict for each frame, tables by name")
        count = 0
        for count, results in enumerate(found, 1):
            if count > MOST:
                raise AuthorError(f"{where}: frames() yields more than {MOST} frames", "look for a loop without an end")
            (frame := folder / f"{count:04}").mkdir()
            written(frame, checked(book, figure, results, "frames", f" in frame {count}"))
        if count < 2:
            raise AuthorError(f"{where}: frames() yields {('no', 'one')[count]} frame", "a film has two or more")
        told = pace(book.load(figure.code), where)
        (folder / PACE).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        lines = [*sums(folder)]
        (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    run(frames, __doc__, "figure")
