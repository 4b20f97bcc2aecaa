"""Axes of words: their options."""

from collections.abc import Sequence

from pipeline.errors.author import AuthorError
from pipeline.plots.along import Along, stem
from pipeline.style.calendar import GAP, SMALL
from pipeline.style.markup import as_tex, plain


def together(found: Sequence[Along], axis: str) -> list[str]:
    """The words of an axis in their order. Raises an AuthorError, beginning with the tables, where they disagree."""
    first = max(found, key=lambda along: len(along.words or ()))
    for other in found:
        if other.dates:
            what = f"tables {stem(first)} and {stem(other)} have words and dates along {axis}"
            raise AuthorError(what, "plot one of them on an axis of its own")
        for place, (one, another) in enumerate(zip(first.words or (), other.words or (), strict=False)):
            if one != another:
                what = f"tables {stem(first)} and {stem(other)} have other words along {axis}"
                raise AuthorError(
                    f"{what}: in place {place}, '{one}' and '{another}'",
                    "give both one order: pipeline.table.Words(values, order=[…])",
                )
    return first.words or []


def of_words(words: Sequence[str], axis: str, room: float) -> dict[str, str]:
    """An axis's options for words: one unit each, with half a unit of room at both ends.

    room : about how wide one may be, in pt; where one is wider, they are set aslant
    """
    aslant = axis == "x" and max(len(plain(word)) for word in words) * SMALL > room - GAP / 2
    names = "".join(rf"{{\strut {as_tex(word)}}}" for word in words)
    keys = {
        f"{axis}min": "-0.5",
        f"{axis}max": f"{len(words) - 0.5:g}",
        f"{axis}tick": f"{{{','.join(map(str, range(len(words))))}}}",
        f"{axis}majorgrids": "false",
        f"{axis}tick style": "{draw=none}",
        f"{axis} tick names": rf"\wordlabel{{{names}}}",
    }
    return keys | ({"xticklabel style": "{rotate=40, anchor=north east, inner sep=1pt}"} if aslant else {})
