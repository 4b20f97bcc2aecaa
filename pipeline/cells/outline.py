"""A chapter's text as its notebook has it: headings, displayed equations and figures, in their order."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.project.book import Book
from pipeline.project.texts import Piece, pieces
from pipeline.style.comments import without_comments
from pipeline.style.markup import BRACES

# A display's environment: the one that stands between $$ and $$ for it.
WITHIN = {"equation": "", "displaymath": "", "multline": "gathered", "gather": "gathered", "align": "aligned"}
WITHIN |= {"alignat": "alignedat", "flalign": "aligned", "eqnarray": "aligned"}
PART = re.compile(
    rf"\\(?P<heading>(?:sub){{0,2}}section)\*?\s*(?:\[[^]]*\])?\s*(?P<title>{BRACES})"
    rf"|\\begin\{{(?P<kind>{'|'.join(WITHIN)})(?P<star>\*?)\}}(?P<body>.*?)\\end\{{(?P=kind)(?P=star)\}}"
    r"|(?<!\\)\\\[(?P<display>.*?)(?<!\\)\\\]",
    re.DOTALL,
)
UNSEEN = re.compile(rf"\\(?:label|index)\s*{BRACES}|\\(?:nonumber|notag)(?![A-Za-z])")  # what prints nothing
VALUE = re.compile(r"\\val\s*(?:\[[^]]*\])?\s*\{([^{}]*)\}")


class Part(NamedTuple):
    """A heading (kind "section", …) with its title, a displayed "equation" with its TeX, a "figure" with its name."""

    kind: str
    text: str


def outline(book: Book, chapter: str) -> Iterator[Part]:
    """What there is in a chapter's text and in all that it inputs; a figure where it is named first."""
    named: set[str] = set()
    for part in walk(book, book.chapter_file(chapter), set()):
        if part.kind != "figure" or part.text not in named:
            named.add(part.text)
            yield part


def walk(book: Book, text: Path, known: set[Path]) -> Iterator[Part]:
    known.add(text)
    reading = book.reading
    found: list[tuple[int, Part | Piece]] = [*parts(text)]
    found += [(piece.line, piece) for piece in pieces(text) if not piece.command]
    for _, part in sorted(found, key=lambda each: each[0]):
        if isinstance(part, Part):
            yield part
            continue
        for file in reading.inputs(text, part):
            if file not in known:
                yield from walk(book, file, known)
        names = (part.word, reading.folder(text) + part.word)
        yield from (Part("figure", name) for name in names if name in book.figures)


def parts(text: Path) -> Iterator[tuple[int, Part]]:
    """(line, heading or equation) of one text."""
    source = without_comments(text.read_text(encoding="utf-8", errors="replace"))
    for found in PART.finditer(source):
        line = source.count("\n", 0, found.start()) + 1
        if found["heading"]:
            yield line, Part(found["heading"], " ".join(UNSEEN.sub("", found["title"][1:-1]).split()))
        else:
            body = found["body"] or found["display"]
            yield line, Part("equation", equation(body, WITHIN[found["kind"] or "displaymath"]))


def equation(body: str, within: str) -> str:
    """A displayed equation without its number; a computed value by its name."""
    body = VALUE.sub(r"\\text{\1}", UNSEEN.sub("", body))
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    return "\n".join([rf"\begin{{{within}}}", *lines, rf"\end{{{within}}}"] if within else lines)
