"""What Matplotlib's parser of mathtext can draw, as it says itself."""

import re
from functools import cache

from matplotlib import _mathtext
from matplotlib.font_manager import findfont, get_font
from matplotlib.mathtext import MathTextParser

# Matplotlib 3.11 lacks one of TeX's accents, and has no public way to add it; a parser without this table is as it was.
getattr(_mathtext.Parser, "_accent_map", {}).setdefault("check", r"\check")


def complaint(text: str) -> str:
    """What mathtext's parser has to say against a text; nothing if it can draw it."""
    try:
        MathTextParser("path").parse(text)
    except ValueError as error:
        return re.sub(r"^\w+: |  \(at .*", "", str(error).strip().splitlines()[-1])
    return ""


@cache
def arity(command: str) -> int | None:
    """How many arguments in braces mathtext wants for a command, or None for one that it does not know: its parser says
    so."""
    said = complaint(rf"$\{command}$")
    if wanted := re.search(rf"Expected \\{command}((?:{{\w+}})+)", said):
        return wanted[1].count("{")
    if "Unknown symbol" in said and command not in ("right", "middle"):  # which only stand after \left
        return None if complaint(rf"$\{command}{{x}}$") else 1
    return 0


@cache
def has(face: str, character: str) -> bool:
    """Whether a face has a glyph, as far as it is installed."""
    return bool(get_font(findfont(face)).get_char_index(ord(character)))
