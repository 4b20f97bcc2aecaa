"""Writes the stylesheet for web pages: macros for MathJax and KaTeX, colours as CSS.

    MathJax = {tex: {macros: tables.mathjax}}
    katex.render(maths, element, {macros: tables.katex, trust: true, strict: false})  // \\htmlClass wants to be trusted

Colours are classes, and CSS variables of two themes. A page has the theme that the reader's system prefers; below an
element with data-theme="dark", "light" or another palette of the book's editions, it has that one.
"""

import json
import re

from pipeline.cli import run
from pipeline.files import write
from pipeline.html.colours import css
from pipeline.html.macros import macros
from pipeline.project.book import Book
from pipeline.records.reads import taken_down
from pipeline.style.palettes import COLUMNS
from pipeline.style.stylesheet import Stylesheet


def mathjax(style: Stylesheet) -> dict[str, str | list[str | int]]:
    """MathJax's tex.macros: a body, or [body, number of arguments], or [body, number, default of the first]."""
    table: dict[str, str | list[str | int]] = {}
    for name, (count, default, body) in macros(style).items():
        table[name] = [body, count, default] if default is not None else [body, count] if count else body
    return table


def katex(style: Stylesheet) -> dict[str, str]:
    """KaTeX's macros: their bodies.

    KaTeX has no optional arguments (github.com/KaTeX/KaTeX/issues/2228), but has the commands by which TeX makes them.
    """
    table = {}
    for name, (count, default, body) in macros(style).items():
        body = body.replace(r"\class{", r"\htmlClass{")
        if default is not None:
            # The macro takes an argument, which is empty: only in macros with arguments does KaTeX read ## as #.
            table[rf"\{name}"], call = rf"\{name}@{{}}", rf"\{name}@@"
            given = "[##1]" + "".join(f"##{k}" for k in range(2, count + 1))
            body = re.sub(r"(?<!\\)#", "##", body)
            body = rf"#1\def{call}{given}{{{body}}}\@ifnextchar[{{{call}}}{{{call}[{default}]}}"
            name = f"{name}@"
        table[rf"\{name}"] = body
    return table


def web(book: Book) -> None:
    """Writes the macros and the CSS for web pages."""
    with taken_down(book, book.macros):
        styles = {theme: Stylesheet.of(book.root, rf"\newcommand{{\palette}}{{{theme}}}") for theme in COLUMNS}
        for edition in book.all_editions:
            if (theme := book.edition(edition).palette) not in styles:
                styles[theme] = Stylesheet.read(book.edition_file(edition))
    style = next(iter(styles.values()))
    tables = {"mathjax": mathjax(style), "katex": katex(style)}
    write(book.macros, json.dumps(tables, indent=2) + "\n")
    write(book.css, css(styles))


if __name__ == "__main__":
    run(web, __doc__)
