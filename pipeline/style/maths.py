"""Which of the style's macros are for maths, and what the author says that they mean."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.style.comments import COMMENT
from pipeline.style.sheets import Line
from pipeline.style.stylesheet import CALL, DEFINITION, ROLE, SIZES, Stylesheet, group

# What only TeX does: it decides, builds names, reads files, sets type and colours, and draws.
TEX = re.compile(
    r"\\(?:if\w*|csname|expandafter|relax|[ex]?def|let|input"
    rf"|fontsize|selectfont|{'|'.join(SIZES)}|[hv]skip|[hv]box|rule|definecolor|colorlet|color"
    r"|begin\{(?:tikz\w*|axis|figure)|foreach|includegraphics|tikz\w*|pgf\w*|draw|fill|node|path)(?![A-Za-z])"
)
# A length, or words without a command, such as a face's name.
SETTING = re.compile(r"-?[\d.]+ ?[a-z]{2}|[^\\#]*[A-Za-z]{3}[^\\#]*")

LETTER = re.compile(r"[A-Za-z]|\\(?:vect|matr|bm|boldsymbol|math(?:bb|cal|rm|bf|sf|frak))\{[^{}]*\}")


def mathematical(style: Stylesheet) -> set[str]:
    """Names of the macros that a renderer of maths can read."""
    calls = {name: {call[1] for call in CALL.finditer(body)} for name, (_, _, body) in style.macros.items()}
    others = {name for name, (_, _, body) in style.macros.items() if TEX.search(body) or SETTING.fullmatch(body)}
    while more := {name for name in calls if calls[name] & others} - others:
        others |= more
    return {*style.macros} - others


class Symbol(NamedTuple):
    """A macro that says what it means. colour : "" for one that has none; arguments : those it must have.

    kind : where a mark of its use may stand: "inside" the argument of its colour, in a "group" with it, "before" it or,
    where it is an index or exponent, "behind" it.
    """

    name: str
    meaning: str
    colour: str
    kind: str
    arguments: int


def said(line: str) -> str:
    """The comment at the end of a line."""
    found = COMMENT.search(line)
    return line[found.end("text") + 1 :].strip() if found and line[: found.end("text")].strip() else ""


def symbols(style: Stylesheet, lines: Iterable[Line]) -> Iterator[Symbol]:
    """The macros for maths whose line ends in a comment, in the order of the style."""
    known = mathematical(style)
    ink = re.compile(rf"\s*\\({'|'.join(style.inks)})(?![A-Za-z])")
    for line in lines:
        made = DEFINITION.match(line.text)
        name = made and (made["braced"] or made["name"])
        if name in known and not line.drawing and (meaning := said(line.text)):
            count, default, body = style.macros[name]
            coloured = ink.match(body)
            if coloured and not count and group(body, coloured.end())[1] == len(body):
                kind = "inside"
            elif body[:1] in "^_":
                kind = "behind"
            else:
                kind = "group" if not count and LETTER.fullmatch(body) else "before"
            yield Symbol(name, meaning, coloured[1] if coloured else "", kind, count - (default is not None))


def tones(style: Stylesheet, lines: Iterable[Line]) -> dict[str, list[str]]:
    """{colour: what its roles are for, as their lines' comments have it}, in the order of the style."""
    found: dict[str, list[str]] = {}
    for line in lines:
        role = ROLE.match(line.text)
        if role and not line.drawing and (meaning := said(line.text)):
            found.setdefault(style.roles.get(role[1], role[2]), []).append(meaning)
    return found
