"""What is to be mended: a reader would stumble over it, though TeX could typeset it.

It takes nothing away: each stage keeps its list beside what it has made, and who wants to be strict asks for them all.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors.author import AuthorError
from pipeline.errors.report import Names, listed
from pipeline.files import write
from pipeline.project.book import Book


def keep(path: str | Path, found: Iterable[AuthorError]) -> None:
    """Writes a list of what was found."""
    lines = [{"what": str(error), "try": error.hint} for error in found]
    write(path, json.dumps(lines, indent=1, ensure_ascii=False) + "\n")


def kept(path: str | Path) -> list[AuthorError]:
    """What such a list holds; nothing where there is none."""
    text = Path(path).read_text(encoding="utf-8") if Path(path).is_file() else "[]"
    return [AuthorError(line["what"], line["try"]) for line in json.loads(text)]


def breaches(book: Book, edition: str) -> Iterator[tuple[str, AuthorError]]:
    """(the figure, or "" for the book; what is wrong) of the promises that an edition's report tells to be broken."""
    path = Path(book.preflight(edition))
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"promises": []}
    silent = [f": {name} has no alt text" for name in book.figures_of(book.chapters) if not book.figures[name].alt]
    places = {f"{book.figure(edition, name)}: {name}: ": name for name in book.figures}
    for promise in report["promises"]:
        for line in promise["breaches"]:
            if any(said in line for said in silent):  # the list of what the chapters show says so, with the file
                continue
            place, name = next(((p, name) for p, name in places.items() if line.startswith(p)), ("", ""))
            where = f"{book.figures[name].template}:1: " if name else ""
            what = line.removeprefix(place).replace(f" ({edition}): ", ":1: ", 1)
            yield name, AuthorError(where + what, promise.get("advice"))


def to_mend(book: Book, editions: Sequence[str], chapters: Sequence[str] = ()) -> list[AuthorError]:
    """What is to be mended in these editions of the book, and in chapters that are PDFs of their own, each thing once:
    of all, of the text, then of what the editions promise.

    A row of each names what it concerns: book="book (dark, light)".
    """
    whole, found = str(book.root), dict[tuple[str, str | None], dict[str, Names]]()

    def add(error: AuthorError, kind: str, name: str, edition: str | None) -> None:
        concerned = found.setdefault((str(error), error.hint), {})
        if kind == "chapter" and "book" in concerned:
            return
        concerned.setdefault(kind, {}).setdefault(name, []).append(edition)

    for error in kept(book.loose_ends("contents")) if editions else ():
        add(error, "book", whole, None)
    for edition in editions:
        for error in kept(book.loose_ends(edition)):
            add(error, "book", whole, edition)
    for edition in editions:
        for name, error in breaches(book, edition):
            add(error, "figure" if name else "book", name or whole, edition)
    for chapter in chapters:
        for edition in book.all_editions:
            for error in kept(book.loose_ends(f"{edition}/{chapter}")):
                add(error, "chapter", chapter, edition)
    return [
        AuthorError(what, hint, **{kind: listed(names) for kind, names in concerned.items()})
        for (what, hint), concerned in found.items()
    ]
