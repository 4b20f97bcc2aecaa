"""Titles, descriptions and maths as Markdown, whose formulas Jupyter has set by MathJax."""

import re
from collections.abc import Iterable

from pipeline.html.macros import macros
from pipeline.project.book import Book
from pipeline.style.markup import FORMULA
from pipeline.style.palettes import COLUMNS
from pipeline.style.stylesheet import CALL, Stylesheet

SPECIAL = re.compile(r"[\\`*_\[\]<>$]")  # what Markdown would take for its own


def markdown(book: Book, text: str) -> str:
    """A title or a description, its formulas as they stand and all else as it is printed."""
    words, formulas = re.split(FORMULA, text), re.findall(FORMULA, text)
    printed = [SPECIAL.sub(r"\\\g<0>", book.plain(f"|{each}|")[1:-1]) for each in words]
    return printed[0] + "".join(f"{formula}{after}" for formula, after in zip(formulas, printed[1:], strict=True))


def paragraphs(book: Book, text: str) -> str:
    return "\n\n".join(markdown(book, " ".join(each.split())) for each in re.split(r"\n\s*\n", text.strip()))


def definitions(book: Book, texts: Iterable[str]) -> str:
    r"""The macros that these texts call, as \newcommand, in the colours of a light page."""
    style = Stylesheet.of(book.root, rf"\newcommand{{\palette}}{{{COLUMNS[1]}}}")
    known, called = macros(style), {name for text in texts for name in CALL.findall(text)}
    while more := {name for each in called & known.keys() for name in CALL.findall(known[each][2])} - called:
        called |= more
    return "\n".join(definition(style, name, *known[name]) for name in known if name in called)


def definition(style: Stylesheet, name: str, count: int, default: str | None, body: str) -> str:
    if name in style.inks:
        shade = style.inks[name].removeprefix("#")
        body = rf"\textcolor[RGB]{{{','.join(str(int(shade[k : k + 2], 16)) for k in (0, 2, 4))}}}{{#1}}"
    arguments = f"[{count}]" * bool(count) + (f"[{default}]" if default is not None else "")
    return rf"\newcommand{{\{name}}}{arguments}{{{body}}}"
