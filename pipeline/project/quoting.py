"""What a chapter quotes of the rest of the book: the values of figures, and the numbers of what is labelled there.

A chapter by itself has these from the last book: of what its text names, in any macro's argument, what the book's run
of TeX has left in its file of labels. So the chapter is stale when such a number changes, and with no other.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.project.texts import REFERENCE
from pipeline.style.comments import without_comments

if TYPE_CHECKING:
    from pipeline.project.book import Book

ARGUMENT = re.compile(r"\{([^{}\\]+)\}")
MADE = re.compile(r"\\label\s*\{([^{}]+)\}")
AGAIN = re.compile(r"\\(?:fig|tab)again\s*(?:\[[^\]]*\]\s*)?\{([^{}]+)\}")
FIGURE = "fig:"  # what the label of a figure begins with
KINDS = FIGURE, "figs:", "tab:"  # the same of a group's figure, and of one that is a table
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
    """The labels that a chapter makes, as its text tells: those of figures, too, unless it only shows them again."""
    own = texts(book, chapter)
    again = set().union(*(AGAIN.findall(text) for text in own))
    first = set().union(*(ARGUMENT.findall(REFERENCE.sub("", AGAIN.sub("", text))) for text in own))
    shown = [] if "/" in chapter else book.figures_of([chapter])  # a talk gives its figures no numbers
    figures = {kind + name for name in shown if name not in again - first for kind in KINDS}
    return figures.union(*(MADE.findall(text) for text in own))


def elsewhere(book: "Book", edition: str, chapter: str) -> dict[str, str]:
    """{label: what the last book's file of labels says of it} of what a chapter names and other chapters label.

    "" where the book was not built since there is such a label.
    """
    file = Path(book.labels(edition))
    last: dict[str, str] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    there = set().union(*(labelled(book, other) for other in book.chapters if other != chapter))
    own, others = labelled(book, chapter), set[str]()
    for word in arguments(book, chapter):
        labels = {word, *(kind + word for kind in KINDS)} - own
        others |= labels & last.keys() or labels & there & {word, FIGURE + word}
    clever = [label for name in sorted(others) if (label := name + CLEVER) in last]
    return {label: last.get(label, "") for label in [*sorted(others), *clever]}
