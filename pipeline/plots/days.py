"""Axes of dates: their options."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.plots.along import Along, length, stem, value_of
from pipeline.plots.columns import Array
from pipeline.style import calendar
from pipeline.style.markup import as_tex
from pipeline.table.dates import day_of

ROOM = 0.03  # of an axis's range, beyond its first date and its last
CLOSE = 0.01  # of the distance of two ticks: so far may one be from the date that names it
DRIFT = 3e-5  # of an axis's range: so far PGFPlots's arithmetic may bring it
TIME = r"[T ]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?"
DATE = rf"\d{{4}}-\d\d?-\d\d?(?:{TIME})?|\d{{4}}-\d\d"
LIMIT = r"(\b{axis}(?:min|max)\s*=\s*)\{{?\s*({date})\s*\}}?(?=\s*[,\]])"
YEAR = re.compile(r"[1-9]\d{3}")


class Speech(NamedTuple):
    """How dates are told: the book's language, by babel's name, and what parts a number's whole from its decimals."""

    language: str
    decimal: str = "."


def as_day(text: str, days: Array) -> float | None:
    """A date, or a number of days, as an author writes it on an axis; None for anything else.

    days : the axis's dates, sorted. Raises an AuthorError for what is none, and for a year, which would be a number of
    days.
    """
    text = text.strip()
    if re.fullmatch(DATE, text):
        date, _, time = text.replace("T", " ").partition(" ")
        iso = "-".join(part.zfill(2) for part in date.split("-"))
        try:
            day = day_of(np.datetime64(iso + (f"T{time.zfill(5) if time[1] == ':' else time}" if time else "")))
        except ValueError:
            day = np.inf
    else:
        try:
            day = float(text)
        except ValueError:
            return None
    if not calendar.FIRST <= day <= calendar.LAST:
        raise AuthorError(f"'{text}' is no date")
    if YEAR.fullmatch(text):
        year = day_of(np.datetime64(text))
        if away(year, days) < away(day, days):
            raise AuthorError(f"'{text}' is a day of {calendar.moment(day).year}", f"of a year, write {text}-01-01")
    return day


def away(day: float, days: Array) -> float:
    """How far a day is from the range of sorted ones."""
    return max(float(days[0]) - day, day - float(days[-1]), 0)


def of_dates(
    found: Sequence[Along], axis: str, options: str, bars: bool, picture: str, speech: Speech
) -> dict[str, str]:
    """An axis's options for dates: its limits, from where it counts, and its ticks, with what they are called."""
    days = days_of(found, axis)
    space = least(days) if bars and len(days) > 1 else ROOM * float(np.ptp(days))
    low, high = float(days[0]) - (space or 0.5), float(days[-1]) + (space or 0.5)
    keys = {f"{axis}min": f"{low:.15g}", f"{axis}max": f"{high:.15g}"}
    ends = [as_day(value_of(options, f"{axis}{end}"), days) for end in ("min", "max")]
    low, high = ends[0] if ends[0] is not None else low, ends[1] if ends[1] is not None else high
    if not low < high:
        raise AuthorError(f"the {axis} axis has no room between {axis}min and {axis}max")
    marks = calendar.ticks(low, high, length(options, axis, picture), speech.language, axis == "y", speech.decimal)
    keys[f"{axis}tick"] = f"{{{','.join(f'{tick.at:.15g}' for tick in marks)}}}"
    marks = asked(options, f"{axis}tick", days, speech) or marks
    marks += asked(options, f"extra {axis} ticks", days, speech)
    names = ", ".join(f"{tick.at:.15g}={{{written(tick, axis)}}}" for tick in marks)
    apart = least(np.unique([tick.at for tick in marks])) if len(marks) > 1 else high - low
    near = min(max(CLOSE * apart, DRIFT * (high - low)), apart / 2)
    keys[f"{axis} dates"] = f"{np.floor(low):.15g}"
    keys[f"{axis} tick names"] = rf"\datelabel{{{axis}}}{{{near:.6g}}}{{{names}}}"
    if axis == "x":
        keys["xticklabel style"] = "{align=center}"
    if len({written(tick, axis) for tick in marks}) < len(marks):
        keys["labels may repeat"] = "true"
    return keys


def days_of(found: Sequence[Along], axis: str) -> Array:
    """All dates of an axis once, sorted. Raises an AuthorError where a table has none."""
    for other in found:
        if not other.dates:
            first = next(along for along in found if along.dates)
            what = f"tables {stem(first)} and {stem(other)} have dates and numbers in '{other.name}' along {axis}"
            raise AuthorError(what, "make dates of them, or plot them on an axis of their own")
    return np.unique(np.concatenate([along.numbers[np.isfinite(along.numbers)] for along in found]))


def least(numbers: Array) -> float:
    """The least distance of sorted numbers; infinite of one alone."""
    return float(np.diff(numbers).min(initial=np.inf))


def asked(options: str, key: str, days: Array, speech: Speech) -> list[calendar.Tick]:
    """The ticks that an author asks for by a key, with what they are called."""
    text = value_of(options, key)
    found = days.tolist() if text == "data" else [as_day(part, days) for part in text.split(",") if part.strip()]
    return calendar.called(sorted(day for day in found if day is not None), *speech)


def written(tick: calendar.Tick, axis: str) -> str:
    """A tick's label as TeX: in two lines below an axis, in one beside it."""
    if axis == "x" and tick.context:
        return rf"\strut {as_tex(tick.label)}\\{as_tex(tick.context)}"
    return rf"\strut {as_tex(tick.line)}"


def numbered(picture: str, start: int, end: int, axis: str, days: Array) -> dict[tuple[int, int], str]:
    """{(start, end): a limit's number} of the limits that options, at picture[start:end], give an axis as dates: what
    else reads the picture knows no dates."""
    dated = re.compile(LIMIT.format(axis=axis, date=DATE))
    return {limit.span(): f"{limit[1]}{as_day(limit[2], days):.15g}" for limit in dated.finditer(picture, start, end)}
