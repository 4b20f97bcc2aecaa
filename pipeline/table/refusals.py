"""What no table can hold, and why, in the author's words."""

import datetime
import reprlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from pipeline.table.dates import is_date
from pipeline.table.meaning import strange
from pipeline.table.numbers import Array, held

LARGEST = 1e300  # that PGFPlots can read
HOURS = "say how much time has passed, such as (t - t[0]) / np.timedelta64(1, 'h')"
ALIKE = "a column holds words, or dates, or numbers; None where one is missing"
Refusal = tuple[int, str, str | None]  # (number of the entry, what it is, advice)


def refusal(values: Array, numbers: bool = True) -> Refusal | None:
    """What the first entry is that cannot be drawn; gaps are another matter. numbers : nothing else is asked for."""
    if values.dtype.kind in "iub":
        return None
    if values.dtype.kind == "f":
        bad = np.flatnonzero(np.isinf(values))
        return (int(bad[0]), f"is {values.ravel()[bad[0]]}", None) if bad.size else None
    flat = list(values.ravel()) if values.dtype.kind in "mMcS" else values.ravel().tolist()
    there = [(at, value) for at, value in enumerate(flat) if not (isinstance(value, float) and np.isnan(value))]
    if not numbers and (found := unlike(there)):
        return found
    mixed = float in set(map(type, flat))  # whole numbers keep their digits among themselves
    for at, value in there:
        if type(value) not in (int, float, bool) or not -LARGEST < value < LARGEST or (mixed and not held(value)):
            return at, *told(value)
    return None


def unlike(there: Sequence[tuple[int, Any]]) -> Refusal | None:
    """What is no word among words, or no date among dates; or a word that may be a number. there : [(at, entry)]."""
    first = kind(there[0][1]) if there else None
    if not first:
        return None
    for at, value in there:
        if kind(value) != first:
            return at, f"is {shown(value)}, and no {first} as what stands before it", ALIKE
        if first == "word" and (found := strange(value)):
            return at, *found
    return None


def kind(value: Any) -> str | None:
    """What an entry is that is no number and yet may stand in a column."""
    return "word" if isinstance(value, str) else "date" if is_date(value) else None


def shown(value: Any) -> str:
    """An entry as its author sees it."""
    if isinstance(value, np.datetime64):
        return str(np.datetime_as_string(value, unit="auto"))
    return str(value) if is_date(value) or isinstance(value, np.timedelta64) else reprlib.repr(value)


def told(value: Any) -> tuple[str, str | None]:
    """What an entry is that cannot be drawn, and what to do."""
    if isinstance(value, complex | np.complexfloating):
        return f"is {value}, a complex number", "take its .real and .imag, or its abs()"
    if isinstance(value, np.timedelta64 | datetime.timedelta):
        return f"is {value}, a span of time; a table holds numbers", HOURS
    if isinstance(value, datetime.time):
        return f"is {value}, a time of no day", "give it a day, or say it in hours: t.hour + t.minute / 60"
    if kind(value) == "date":
        return f"is {shown(value)}, a date, where a number is asked for", HOURS
    if kind(value) == "word":
        missing = None if value.strip() else "None or nan for what is missing"
        return f"is {reprlib.repr(value)}, a word, where a number is asked for", missing
    if isinstance(value, bytes):
        return f"is {value!r}, which is no number", ".decode() makes it a word"
    if hasattr(value, "detach"):
        return f"is a tensor of shape {tuple(value.shape)} on the device '{value.device}', which holds no numbers", None
    if isinstance(value, int | float):
        large = isinstance(value, int) and abs(value) < LARGEST
        why = "whose digits no column with gaps or fractions can hold" if large else "beyond what TeX can draw"
        return f"is {reprlib.repr(value)}, {why}", None
    return f"is {reprlib.repr(value)}, which is no number", None
