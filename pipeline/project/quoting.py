"""What a chapter quotes of the rest of the book: the values of figures, and the numbers of what is labelled there.

A chapter by itself has these from the last book: of what its text names, in any macro's argument, what the book's run
of TeX has left in its file of labels. So the chapter is stale when such a number changes, and with no other.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.style.comments import without_comments

if TYPE_CHECKING:
    from pipeline.project.book import Book

ARGUMENT = re.compile(r"\{([^{}\\]+)\}")
MADE = re.compile(r"\\label\s*\{([^{}]+)\}")
FIGURE = "fig:"  # what the label of a figure begins with
CLEVER = "@cref"  # what that ends with which cleveref writes down besides


def texts(book: "Book", chapter: str) -> list[str]:
    """The chapter's text and what it inputs, without comments."""
    own = book.chapter_file(chapter)
    files = dict.fromkeys([own, *(file for file, _ in book.reading.walk([own]))])
    return [without_comments(file.read_text(encoding="utf-8", errors="replace")) for file in files]


def arguments(book: "Book", chapter: str) -> list[str]:
    """What stands between braces in a chapter, a list's items one by one; in order, each once."""
    items = [item.strip() for text in texts(book, chapter) for one in ARGUMENT.findall(text) for item in one.split(",")]
    return list(dict.fromkeys(items))


def quoted(book: "Book", chapters: Iterable[str]) -> list[str]:
    """Names of the computed figures whose values these chapters may quote, as \\val{line/fit/slope} does."""
    found: dict[str, None] = {}
    for chapter in chapters:
        for word in arguments(book, chapter):
            ends = [k for k, letter in enumerate(word) if letter == "/"]
            found.update(dict.fromkeys(word[:k] for k in ends if word[:k] in book.computed))
    return list(found)


def labelled(book: "Book", chapter: str) -> set[str]:
    """The labels that a chapter makes, as its text tells."""
    figures = {FIGURE + name for name in book.figures_of([chapter])}
    return figures.union(*(MADE.findall(text) for text in texts(book, chapter)))


def elsewhere(book: "Book", edition: str, chapter: str) -> dict[str, str]:
    """{label: what the last book's file of labels says of it} of what a chapter names and other chapters label.

    "" where the book was not built since there is such a label.
    """
    file = Path(book.labels(edition))
    last: dict[str, str] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    there = set().union(*(labelled(book, other) for other in book.chapters if other != chapter))
    named = {label for word in arguments(book, chapter) for label in (word, FIGURE + word)}
    others = sorted((named & {*last, *there}) - labelled(book, chapter))
    clever = [label for name in others if (label := name + CLEVER) in last]
    return {label: last.get(label, "") for label in [*others, *clever]}
