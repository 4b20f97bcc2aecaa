"""Writes the stylesheet for web pages: macros for MathJax and KaTeX, colours as CSS.

    MathJax = {tex: {macros: tables.mathjax}}
    katex.render(maths, element, {macros: tables.katex, trust: true, strict: false})  // \\htmlClass wants to be trusted

Colours are classes, and CSS variables of two themes. A page has the theme that the reader's system prefers; below an
element with data-theme="dark", "light" or another palette of the book's editions, it has that one.
"""

import json
import re
from collections.abc import Mapping

from pipeline.cli import run
from pipeline.files import write
from pipeline.project.book import Book
from pipeline.records.reads import taken_down
from pipeline.style.colour import luminance
from pipeline.style.maths import mathematical
from pipeline.style.palettes import COLUMNS
from pipeline.style.stylesheet import Stylesheet

Macro = tuple[int, str | None, str]  # number of arguments; default of the first, if it has one; body


def macros(style: Stylesheet) -> dict[str, Macro]:
    """{name: Macro} of the stylesheet's macros for maths; those of colours only set a class."""
    known = mathematical(style)
    found: dict[str, Macro] = {name: (1, None, rf"\class{{{name}}}{{#1}}") for name in style.inks}
    for name, (count, default, body) in style.macros.items():
        if name in known:
            found[name] = count, default, re.sub(r"\\bm(?![A-Za-z])", r"\\boldsymbol", body)
    return found


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


def block(selector: str, properties: Mapping[str, str]) -> str:
    """A block of CSS."""
    lines = [f"  {name}: {value};\n" for name, value in properties.items()]
    return f"{selector} {{\n{''.join(lines)}}}\n"


def css(styles: Mapping[str, Stylesheet]) -> str:
    """The CSS of a page.

    styles : {theme: stylesheet}; dark is for readers whose system prefers it, light for all others.
    """
    themes = {}
    for theme, style in styles.items():
        scheme = "light" if luminance(style.colours["paper"]) > luminance(style.colours["ink"]) else "dark"
        themes[theme] = {"color-scheme": scheme} | {f"--{name}": value for name, value in style.shades.items()}
    dark, default = COLUMNS
    style = styles[default]
    text = block(":root", themes[default])
    text += f"@media (prefers-color-scheme: {dark}) {{\n{block(':root', themes[dark])}}}\n"
    text += "".join(block(f'[data-theme="{theme}"]', colours) for theme, colours in themes.items())
    text += block(":root, [data-theme]", {f"--{role}": f"var(--{colour})" for role, colour in style.roles.items()})
    for theme, other in styles.items():
        if other.tones:
            text += block(f'[data-theme="{theme}"]', {f"--{role}": value for role, value in other.tones.items()})
    return text + "".join(block(f".{name}, {scripts(name)}", {"color": f"var(--{name})"}) for name in style.inks)


def scripts(name: str) -> str:
    """What selects the index, exponent and primes of what has a colour: in KaTeX, and in MathJax as HTML and as SVG."""
    return f".{name} + .msupsub, .{name} ~ mjx-script, [data-mml-node^=msu] > .{name} ~ g"


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
