"""Braces and environments without a partner, wherever TeX has noticed."""

import re
from collections.abc import Sequence
from pathlib import Path

RUNAWAY = re.compile(r"^Runaway \w+\?\n(.*)$", re.MULTILINE)
NESTING = re.compile(
    r"File ended while|Paragraph ended before|extra }|or forgotten|Missing } inserted|Too many }|ended by"
)
GROUPS = re.compile(r"\\(begin|end)\{(\w+\*?)\}|\\.|%.*|([{}])")


def unbalanced(text: str) -> tuple[int, str] | None:
    """(line, what) of the first brace or environment without a partner, or None."""
    open_ = []  # (line, "{" or the environment's name)
    for match in GROUPS.finditer(text):
        line, closes = text.count("\n", 0, match.start()) + 1, "{" if match[3] == "}" else match[2]
        if match[1] == "begin" or match[3] == "{":
            open_.append((line, match[2] or "{"))
        elif closes and open_ and open_[-1][1] == closes:
            open_.pop()
        elif closes and closes in (name for _, name in open_):
            break  # what is open inside was to be closed before
        elif closes:
            return line, "this } closes nothing" if closes == "{" else rf"\end{{{closes}}} has no \begin{{{closes}}}"
    if open_:
        line, name = open_[-1]
        return line, "this { is not closed" if name == "{" else rf"\begin{{{name}}} has no \end{{{name}}}"
    return None


def nesting(log: str, sources: Sequence[str]) -> tuple[str, int, str] | None:
    """(file, line, what) where the nesting of braces and environments goes wrong, as far as it can be told."""
    for source in sources:
        if found := unbalanced(Path(source).read_text(errors="replace", encoding="utf-8")):
            return source, *found
    if runaway := RUNAWAY.search(log):  # TeX shows what it has read of an argument that does not end
        begins = re.compile(r"\W+".join(re.findall(r"\w+", runaway[1])[:3]))
        for source in sources:
            if match := begins.search(text := Path(source).read_text(errors="replace", encoding="utf-8")):
                return source, text.count("\n", 0, match.start()) + 1, "a ] or ; is missing, here or just before"
    return None
