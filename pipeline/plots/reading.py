"""Pictures as they plot tables: their axes, and their \\addplot commands."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from pipeline.plots.plot import Plot
from pipeline.style.comments import COMMENT

AXIS = re.compile(r"\\begin\{(\w*axis|groupplot)\}|\\nextgroupplot")
SIGN = re.compile(r"\\.|%[^\n]*|[][{}]", re.DOTALL)
ADDED, TABLE, FILE = (
    re.compile(r"\\addplot(3?)\s*(\+?)\s*"),
    re.compile(r"\s*table\s*"),
    re.compile(r"\s*\{([^{}]+\.dat)\}\s*;"),
)


def bracket(text: str, at: int) -> str:
    """The [options] that begin at `at`, if any do; as TeX has it, brackets count outside of braces alone."""
    if text[at : at + 1] != "[":
        return ""
    depth = braces = 0
    for sign in SIGN.finditer(text, at):
        braces += {"{": 1, "}": -1}.get(sign[0], 0)
        if braces < 0:
            return ""
        if not braces:
            depth += {"[": 1, "]": -1}.get(sign[0], 0)
            if not depth:
                return text[at : sign.end()]
    return ""


def axes(picture: str) -> Iterator[tuple[str, str, int, int]]:
    """(environment, options, start, end) of each axis in a picture; a group's options are its axes', too."""
    marks, group = list(AXIS.finditer(picture)), ""
    for mark, following in zip_longest(marks, marks[1:]):
        given = bracket(picture, mark.end())
        end = following.start() if following else len(picture)
        yield mark[1] or "axis", given if mark[1] else group + given, mark.end(), end
        if mark[1]:
            group = given


def plots(picture: str) -> Iterator[Plot]:
    """All tables that a picture plots in the plain way."""
    axes_at = [(start, options) for _, options, start, _ in axes(picture)]
    for match in ADDED.finditer(picture):
        if COMMENT.search(picture, picture.rfind("\n", 0, match.start()) + 1, match.start()):
            continue
        options = bracket(picture, match.end())
        if table := TABLE.match(picture, match.end() + len(options)):
            chosen = bracket(picture, table.end())
            if file := FILE.match(picture, table.end() + len(chosen)):
                place, given = next((axis for axis in reversed(axes_at) if axis[0] <= match.start()), (0, ""))
                yield Plot(match.start(), file.end(), match[1], match[2], options, chosen, file[1], given, place)
