"""Talks: texts in the book's folder slides/, and the editions in which their figures are drawn.

`slides-dark` is the edition dark as slides are projected; in `slides-dark-50x80` a figure's room is half as wide and
80 % as high as a slide has.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors.author import AuthorError
from pipeline.style.comments import without_comments
from pipeline.style.sheets import HOUSE, found

if TYPE_CHECKING:
    from pipeline.project.book import Book

FOLDER = "slides"
NAMED = re.compile(rf"{FOLDER}-(?P<base>.+?)(?P<size>-(?P<width>\d+)x(?P<height>\d+))?")
WHOLE = 100, 100  # per cent of a slide's text: what a figure has that is said nothing of
BESIDE = 60, 100  # with words beside it
# \fig<overlay>[options]{figure}{words}, as templates/talk.tex has it
SHOWN = re.compile(
    r"\\fig\s*(?:<[^<>]*>\s*)?(?:\[(?P<options>(?:[^][{}]|\{[^{}]*\})*)\]\s*)?\{(?P<name>[^{}]+)\}(?P<words>\s*\{(?!\s*\}))?"
)
GIVEN = re.compile(r"(?:^|,)\s*(width|height)\s*=\s*\{?\s*([^,{}]*?)\s*\}?\s*(?=,|$)")
SHARE = re.compile(r"(0?\.\d+|1(?:\.0*)?)\s*(?:\\[A-Za-z]+)?")

Size = tuple[int, int]  # the width and the height of a figure's room, in per cent of a slide's text


def answers(root: Path) -> tuple[Path, ...]:
    """The files of what slides answer otherwise than the edition that they project, in the order of reading."""
    own, house = found("templates/slides.tex", root), HOUSE / "slides.tex"
    return (house, own) if own != house and "{house/slides" in own.read_text(encoding="utf-8") else (own,)


def of(edition: str) -> str | None:
    """The edition that one of slides projects; None of a book's own."""
    found = NAMED.fullmatch(edition)
    return found["base"] if found else None


def room(edition: str) -> Size:
    """How much of a slide a figure has in an edition of slides."""
    found = NAMED.fullmatch(edition)
    return (int(found["width"]), int(found["height"])) if found and found["size"] else WHOLE


def sizeless(edition: str) -> str:
    """An edition of slides without the size of one figure's room: what all of its figures have in common."""
    found = NAMED.fullmatch(edition)
    return f"{FOLDER}-{found['base']}" if found else edition


def edition_of(base: str, size: Size = WHOLE) -> str:
    return f"{FOLDER}-{base}" + ("" if size == WHOLE else f"-{size[0]}x{size[1]}")


def size_of(options: str, words: bool, where: str = "") -> Size:
    """The room that a \\fig asks for. words : whether some stand beside it; where : 'file:line' of it."""
    given = {}
    for key, value in GIVEN.findall(re.sub(r"\{[^{}]*,[^{}]*\}", "", options)):
        if share := SHARE.fullmatch(value):
            given[key] = round(100 * float(share[1]))
        elif value[:1].isdigit() or value[:1] == ".":
            raise AuthorError(f"{where}: {key}={value} is no share of a slide", f"a number up to 1, such as {key}=0.6")
    width, height = BESIDE if words else WHOLE
    return given.get("width", width), given.get("height", height)


def shown(book: "Book", talk: str) -> list[tuple[str, Size]]:
    """[(figure, its room)] of what a talk shows: rather too much than too little, as its text stands."""
    named: dict[tuple[str, Size], None] = {}
    texts = dict.fromkeys(file for file, _ in book.reading.walk([book.talk_file(talk)]))
    for text in texts:
        words = without_comments(text.read_text(encoding="utf-8", errors="replace"))
        for each in SHOWN.finditer(words):
            if (name := each["name"].strip()) in book.figures:
                where = f"{text}:{words.count(chr(10), 0, each.start()) + 1}"
                named[name, size_of(each["options"] or "", bool(each["words"]), where)] = None
    called = {name for name, _ in named}
    others = (name for name in book.figures_of([key(talk)]) if name not in called)
    return [*named, *((name, WHOLE) for name in others)]


def key(talk: str) -> str:
    """What a talk is called among the book's chapters: by the path of its text."""
    return f"{FOLDER}/{talk}"


def files(root: Path, chapters: list[str]) -> Iterator[Path]:
    """The texts of talks, whatever they are called; none where a chapter has the folder's name."""
    if FOLDER not in chapters:
        yield from sorted(file for file in root.glob(f"{FOLDER}/*.tex") if not file.name.startswith("."))


def at(edition: str, talk: str) -> str:
    """What is found of a talk is called, where that of the book is called by its edition."""
    return f"talks/{talk}-{edition}"
