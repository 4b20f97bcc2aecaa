"""Axes along which tables have dates or words: their ticks stand among the axis's options, before the author's own."""

import re
from collections.abc import Callable

import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.plots import offsets, reading
from pipeline.plots.along import HOUSE, Along, barred, length, said, tables
from pipeline.plots.days import Speech, days_of, least, numbered, of_dates
from pipeline.plots.words import of_words, together

YIELD = ("min", "max", "tick", "majorgrids")  # to what a group says of all its axes


def named(picture: str, readable: Callable[[str], bool], about: str, speech: Speech) -> str:
    """A picture whose axes have ticks of dates or words where its tables have these. No line of it moves.

    readable : whether a table may be read, given its path; about : its template. Raises an AuthorError where tables
    disagree.
    """
    edits = dict[tuple[int, int], str]()
    group = (0, 0)
    for environment, options, start, end in reading.axes(picture):
        opened = offsets.OPTIONS.match(picture, start)
        first = reading.bracket(picture, opened.end()) if opened else ""
        own = (opened.end(), opened.end() + len(first)) if first and opened else (start, start)
        if not picture.endswith(r"\nextgroupplot", 0, start):
            group = own
        body, every, above = picture[start:end], f"{options}{first}", picture[slice(*group)] if group != own else ""
        keys = dict[str, str]()
        for axis in "xyz" if environment != "polaraxis" else "":
            if re.search(offsets.OWN.format(axis=axis), every):
                continue
            found = [*tables(body, axis, readable)]
            try:
                if any(along.words for along in found):
                    words = together(found, axis)
                    new = of_words(words, axis, length(every, axis, picture) / len(words))
                elif any(along.dates for along in found):
                    new = of_dates(found, axis, every, barred(every, body, axis), picture, speech)
                    for span in {group, own}:
                        edits |= numbered(picture, *span, axis, days_of(found, axis))
                else:
                    new = {}
            except AuthorError as error:
                raise AuthorError(f"{about}: {error}", error.hint) from None
            keys |= {key: value for key, value in new.items() if key[1:] not in YIELD or not said(above, key)}
            if not offsets.logarithmic(environment, every, axis):
                keys |= of_bars(found, axis, every, bool(above and new))
        if keys:
            said_so = ", ".join(f"{key}={value}" for key, value in keys.items())
            place = own[0] + 1 if first else start
            edits[place, place] = f"{said_so}, " if first else f"[{said_so}]"
    text, at = list[str](), 0
    for (start, end), new_text in sorted(edits.items()):
        text += [picture[at:start], new_text]
        at = end
    return "".join([*text, picture[at:]])


def of_bars(found: list[Along], axis: str, options: str, room: bool) -> dict[str, str]:
    """An axis's options for the house's bars, which are as wide as their distance has it; `room` : whether its limits
    are given already."""
    if axis not in HOUSE or not HOUSE[axis].search(options) or not found:
        return {}
    numbers = np.concatenate([along.numbers[np.isfinite(along.numbers)] for along in found])
    apart = least(np.unique(numbers))
    keys = {"bar distance": f"{apart:.12g}"} if np.isfinite(apart) and abs(apart - 1) > 1e-9 else {}
    return keys | ({f"enlarge {axis} limits": "false"} if room else {})
