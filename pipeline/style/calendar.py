"""Dates in a book's language: on an axis, and in the text. Numbers are days since 1970-01-01, UTC.

Where ticks stand Matplotlib says (AutoDateLocator), and what they are called CLDR, by babel; as Matplotlib's
ConciseDateFormatter, a label says nothing that the one before it has said.
"""

import datetime
import warnings
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache
from itertools import pairwise, product
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_skeleton

from pipeline.setup import languages

BRITISH = "en-GB"
BEGINNING = datetime.datetime(1970, 1, 1)
SECOND = datetime.timedelta(seconds=1)
FIRST, LAST = -719162, 2932897 - 1 / 86400  # the calendar's: from the year 1 to the last second of 9999
SMALL, GAP, LINE = 4.2, 10.0, 14.0  # pt: a letter of a tick's label, between two labels, from a line to the next
MOST, USUAL = 9, 6  # ticks of an axis
SLACK = 1e-9  # of a day
# What a label says, from its finest part on: (of its first line, of its second where that is new, and in a new year)
PARTS = {
    "year": ("y", "", ""),
    "month": ("LLL", "y", "y"),
    "day": ("d", "MMM", "yMMM"),
    "minute": ("Hm", "MMMd", "yMMMd"),
    "second": ("Hms", "MMMd", "yMMMd"),
}


class Tick(NamedTuple):
    """at : days since 1970; label : in the first line; context : in the second, or nothing."""

    at: float
    label: str
    context: str = ""

    @property
    def line(self) -> str:
        """Both in one line: Jan 2025, or 1 Mar 2025, 18:00."""
        if ":" in self.label and self.context:
            return f"{self.context}, {self.label}"
        return " ".join(filter(None, [self.label, self.context]))


@cache
def locale(language: str) -> Locale:
    """Where a language of babel's, such as ngerman, is spoken; British where TeX does not know."""
    told = {} if language == languages.DEFAULT else languages.told(language)
    for tag in (told.get("tag.bcp47", BRITISH), told.get("language.tag.bcp47", BRITISH)):
        with suppress(ValueError, UnknownLocaleError):  # CLDR has no ancient Greek
            return Locale.parse(tag, sep="-")
    return Locale.parse(BRITISH, sep="-")


def moment(day: float) -> datetime.datetime:
    """A number of days as a date, to ten microseconds: a float of 64 bits tells no more of our days."""
    return BEGINNING + datetime.timedelta(microseconds=10 * round(day * 8.64e9))


def written(day: float, language: str) -> str:
    """A date as the text has it: 29 November 2026, and the time where it is not midnight."""
    when, where = moment(day), locale(language)
    when = when.replace(microsecond=0) + SECOND * round(when.microsecond / 1e6)
    date = format_date(when, "long", where)
    if when.time() == datetime.time():
        return date
    return f"{date}, {format_skeleton('Hms' if when.second else 'Hm', when, locale=where)}"


def finest(times: Sequence[datetime.datetime]) -> str:
    """The finest part that tells these from one another, or from a beginning of the next coarser."""
    parts = [(t.microsecond or t.second, t.minute or t.hour, t.day > 1, t.month > 1) for t in times]
    for name, part in zip(("second", "minute", "day", "month"), zip(*parts, strict=True), strict=True):
        if any(part):
            return name
    return "year"


def called(days: Sequence[float], language: str, decimal: str = ".") -> list[Tick]:
    """Ticks with their labels."""
    times, where = [*map(moment, days)], locale(language)
    part = finest(times) if times else "year"
    first, new, year = PARTS[part]
    found, before = list[Tick](), None
    for day, time in zip(days, times, strict=True):
        if first == "LLL":
            label = format_datetime(time, "LLL", locale=where)
        else:
            label = str(time.day) if first == "d" else format_skeleton(first, time, locale=where)
        if any(t.microsecond for t in times):
            label += decimal + f"{time.microsecond:06d}".rstrip("0").ljust(1, "0")
        whole = before is None or before.year != time.year
        coarser = {"month": 1, "day": 2, "minute": 3, "second": 3}.get(part, 0)  # of year, month, day
        changed = before is None or before.timetuple()[:coarser] != time.timetuple()[:coarser]
        skeleton = year if whole else new
        context = format_skeleton(skeleton, time, locale=where) if changed and skeleton else ""
        found.append(Tick(float(day), label, context))
        before = time
    return found


def ticks(
    low: float, high: float, length: float, language: str, upright: bool = False, decimal: str = "."
) -> list[Tick]:
    """Ticks from one day to another, about as many as is usual, of those that have room, and rather coarse ones.

    length : of the axis, in pt; upright : on a y axis
    """
    from matplotlib.dates import UTC, AutoDateLocator  # slow to import

    low, high = max(low, FIRST), min(high, LAST)

    def clear(days: Iterable[float]) -> list[Tick]:
        found = called([day for day in days if low - SLACK <= day <= high + SLACK], language, decimal)
        return found if room(found, length / (high - low), upright) else []

    ends = [moment(day).replace(tzinfo=datetime.UTC) for day in (low, high)]
    best, all_ = list[Tick](), list[float]()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where so few ticks would have an odd distance
        for most, least in product(range(MOST, 1, -1), (2, 3, 5)):
            days = [*map(float, AutoDateLocator(UTC, least, most).tick_values(*ends))]
            best = min(best, clear(days), key=cost)
            if len(days) > len(all_):
                all_ = days
    thinned = (clear(all_[::step]) for step in range(2, len(all_)))
    return best if len(best) > 1 else next((found for found in thinned if len(found) > 1), best)


def cost(found: Sequence[Tick]) -> tuple[int, int]:
    """The less, the better."""
    fine = [*PARTS].index(finest([moment(tick.at) for tick in found])) if found else len(PARTS)
    return abs(len(found) - USUAL) + (10 if len(found) < 2 else 0), fine


def room(found: Sequence[Tick], scale: float, upright: bool) -> bool:
    """Whether the labels of ticks stand clear of one another, line by line. scale : pt a day."""
    rows = [found] if upright else [found, [tick for tick in found if tick.context]]
    for row, of in zip(rows, ("label", "context"), strict=False):
        for a, b in pairwise(row):
            needed = LINE if upright else SMALL * (len(getattr(a, of)) + len(getattr(b, of))) / 2 + GAP
            if (b.at - a.at) * scale < needed:
                return False
    return True
