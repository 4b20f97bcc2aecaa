"""What a book says of its figures: a caption adds to the title, and a float stands by the words that send a reader to
it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.checks.finding import Finding, Unread, record
from pipeline.checks.promise import books
from pipeline.pdf.document import Document
from pipeline.pdf.painted import Placed
from pipeline.project.book import Book
from pipeline.style.comments import without_comments
from pipeline.tex.places import Pages, read

SHOWN = re.compile(r"\\(?:fig|tab|pic)(?:\[[^]]*\])?\{([\w/-]+)\}\s*\{")
NAMED = re.compile(r"\\[Ff]igref\*?\{([\w/-]+)\}|\\[Tt]abref\{([\w/-]+)\}")
WORD = re.compile(r"[^\W\d_]{4,}")
SMALL = "from that this with what where which when they their than then into over each have does been"
ALIKE = 0.6  # of a title's words: a first sentence that has so many of them says it again
MOVE = "show it earlier in the text, or later"
FAR = 1  # pages from a float to the first words that name it


def captions(file: Path) -> Iterator[tuple[str, int, str]]:
    """(figure, line, its caption) of what a chapter shows."""
    text = without_comments(file.read_text(encoding="utf-8"))
    for match in SHOWN.finditer(text):
        depth, end = 1, match.end()
        while depth and end < len(text):
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        yield match[1], text.count("\n", 0, match.start()) + 1, text[match.end() : end - 1]


def words(text: str) -> set[str]:
    """Those that carry meaning, without their endings."""
    plain = re.sub(r"\\[A-Za-z]+|\$[^$]*\$", " ", text)
    return {word.lower()[:5] for word in WORD.findall(plain)} - {word[:5] for word in SMALL.split()}


def repeats(title: str, caption: str) -> float:
    """The share of a title's words that the first sentence of its caption has, where that has hardly more."""
    first = re.split(r"[.;:](?:\s|$)", caption.strip(), maxsplit=1)[0]
    said, again = words(title), words(first)
    return len(said & again) / len(said) if len(said) > 1 and len(again) <= 2 * len(said) + 1 else 0.0


def restated(book: Book, files: Sequence[Path]) -> dict[str, Any]:
    """A record for the report, with notes: captions that begin by saying their titles again."""
    notes, checked = list[Finding](), 0
    for file in files:
        for name, line, caption in captions(file):
            if name in book.figures:
                checked += 1
                share, title = repeats(book.figures[name].title, caption), book.figures[name].title
                if share >= ALIKE:
                    what = f"the caption says its title again, '{title}'"
                    notes.append(Finding(f"{file}:{line}", what, "what the picture means", name, amount=share))
    return record("captions", "a caption adds to its title", checked, notes=notes)


def first_named(files: Sequence[Path], pages: Pages) -> dict[str, tuple[int, str]]:
    """{figure: (the page, from 0, and 'file:line' of the first words that name it)}"""
    where: dict[tuple[str, int], int] = {}
    for page, lines in sorted(pages.items(), reverse=True):
        where |= {(file, line): page for file, line, *_ in lines}
    found: dict[str, tuple[int, str]] = {}
    for file in files:
        for number, line in enumerate(without_comments(file.read_text(encoding="utf-8")).splitlines(), 1):
            for match in NAMED.finditer(line):
                if (str(file), number) in where:
                    found.setdefault(match[1] or match[2], (where[str(file), number], f"{file}:{number}"))
    return found


def far(documents: Sequence[Document], named: Mapping[str, tuple[int, str]]) -> dict[str, Any]:
    """A record for the report, with notes: floats that stand far from the first words that name them."""
    notes, checked = list[Finding](), 0
    for document in books(documents):
        nearest: dict[str, tuple[int, int, Placed]] = {}  # one that stands on the cover stands elsewhere, too
        for number, placed in document.placed():
            if placed.figure and placed.figure in named:
                found = abs(number - named[placed.figure][0]), number, placed
                nearest[placed.figure] = min(nearest.get(placed.figure, found), found, key=lambda each: each[0])
        checked += len(nearest)
        for figure, (apart, number, placed) in nearest.items():
            page, where = named[figure]
            if apart > FAR:
                what = f"{figure} stands on page {number + 1}, and is named on page {page + 1}"
                notes.append(Finding(where, what, MOVE, figure, document.path, number, placed.box, float(apart)))
    return record("floats", "within a page of the words that name them first", checked, notes=notes)


def check(book: Book, edition: str, documents: Sequence[Document], unread: Unread) -> list[dict[str, Any]]:
    """The records of both."""
    files = [book.chapter_file(chapter) for chapter in book.chapters]
    found = list[dict[str, Any]]()
    with unread.told(str(book.root)):
        found.append(restated(book, files))
        found.append(far(documents, first_named(files, read(book.places(edition)))))
    return found
