"""The stylesheet for web pages: macros for MathJax and KaTeX, and its colours as CSS variables of two themes.

    MathJax = {tex: {macros: tables.mathjax}}
    katex.render(maths, element, {macros: tables.katex, trust: true, strict: false})  // \\htmlClass wants to be trusted

Colours are classes; a page follows the reader's system or, below an element with data-theme="dark" or "light", that.
"""

import json
import re
from pathlib import Path

from pipeline.cli import run
from pipeline.files import write
from pipeline.records.reads import taken_down
from pipeline.style.editions import ANSWERS
from pipeline.style.stylesheet import CALL, SIZES, Stylesheet

PREAMBLE = Path("templates/maths-preamble.tex")
# What only TeX does: it decides, builds names, reads files, sets type and colours, and draws.
TEX = re.compile(
    rf"\\(?:if\w*|csname|expandafter|relax|[ex]?def|let|input|fontsize|selectfont|{'|'.join(SIZES)}|[hv]skip|[hv]box|rule"
    r"|definecolor|colorlet|color|begin\{(?:tikz\w*|axis|figure)|foreach|includegraphics|tikz\w*|pgf\w*|draw|fill|node|path)(?![A-Za-z])"
)
SETTING = re.compile(r"-?[\d.]+ ?[a-z]{2}|[^\\#]*[A-Za-z]{3}[^\\#]*")  # a length; words without a command, such as a face's name


def macros(style):
    """{name: (number of arguments, default, body)} of the stylesheet's macros for maths; the colours' are classes."""
    calls = {name: {call[1] for call in CALL.finditer(body)} for name, (_, _, body) in style.macros.items()}
    others = {name for name, (_, _, body) in style.macros.items() if TEX.search(body) or SETTING.fullmatch(body)}
    while more := {name for name in calls if calls[name] & others} - others:
        others |= more
    found = {name: (1, None, rf"\class{{{name}}}{{#1}}") for name in style.inks}
    for name, (count, default, body) in style.macros.items():
        if name not in others:
            found[name] = count, default, re.sub(r"\\bm(?![A-Za-z])", r"\\boldsymbol", body)
    return found


def mathjax(style):
    """MathJax's tex.macros: a body, or [body, number of arguments], or [body, number, default of the first]."""
    table = {name: [body, count, default] for name, (count, default, body) in macros(style).items()}
    return {name: row if row[2] is not None else row[:2] if row[1] else row[0] for name, row in table.items()}


def katex(style):
    """KaTeX's macros: bodies. It has no optional arguments (github.com/KaTeX/KaTeX/issues/2228) but TeX's way to make them."""
    table = {}
    for name, (count, default, body) in macros(style).items():
        body = body.replace(r"\class{", r"\htmlClass{")
        if default is not None:
            # An argument, empty, for it is in macros with arguments that KaTeX reads ## as #.
            table[rf"\{name}"], call = rf"\{name}@{{}}", rf"\{name}@@"
            given = "[##1]" + "".join(f"##{k}" for k in range(2, count + 1))
            body = re.sub(r"(?<!\\)#", "##", body)
            body = rf"#1\def{call}{given}{{{body}}}\@ifnextchar[{{{call}}}{{{call}[{default}]}}"
            name = f"{name}@"
        table[rf"\{name}"] = body
    return table


def block(selector, properties):
    return f"{selector} {{\n" + "".join(f"  {name}: {value};\n" for name, value in properties.items()) + "}\n"


def css(styles):
    """The style sheet of a page; styles : {theme: Stylesheet}, the last one is for readers whose system has no wish."""
    themes = {t: {"color-scheme": t} | {f"--{name}": value for name, value in s.shades.items()} for t, s in styles.items()}
    *others, default = themes
    style = styles[default]
    text = block(":root", themes[default])
    text += "".join(f"@media (prefers-color-scheme: {theme}) {{\n{block(':root', themes[theme])}}}\n" for theme in others)
    text += "".join(block(f'[data-theme="{theme}"]', colours) for theme, colours in themes.items())
    text += block(":root, [data-theme]", {f"--{role}": f"var(--{colour})" for role, colour in style.roles.items()})
    return text + "".join(block(f".{name}", {"color": f"var(--{name})"}) for name in style.inks)


def web(book):
    with taken_down(book, book.macros):
        preamble = PREAMBLE.read_text(encoding="utf-8")
    styles = {theme: Stylesheet(preamble, rf"\newcommand{{\palette}}{{{theme}}}") for theme in ANSWERS["palette"]}
    style = next(iter(styles.values()))
    tables = {"mathjax": mathjax(style), "katex": katex(style)}
    write(book.macros, json.dumps(tables, indent=2) + "\n")
    write(book.css, css(styles))


if __name__ == "__main__":
    run(web, __doc__)
