"""Axes along which tables have dates or words: their ticks stand among the axis's options, before the author's own."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.plots import limits, offsets, reading
from pipeline.plots.columns import Array
from pipeline.style import calendar
from pipeline.style.lengths import POINTS
from pipeline.style.markup import as_tex, plain
from pipeline.table.dates import day_of
from pipeline.table.reading import Meaning, meaning

ROOM = 0.03  # of an axis's range, beyond its first date and its last
MEASURE = 369  # pt: the text's width, where the house's is kept
SHARES = {"half": 0.48, "third": 0.31, "wide": 1.3, "halfwide": 0.63, "turned": 1.6, "margin": 0.3}
DRAWN = re.compile(r"^\s*\\(\w+?)figure\b", re.MULTILINE)
BEGINS = r"[\[,]\s*(?:%[^\n]*\n\s*)*"  # an option
SIZE = BEGINS + r"{}\s*=\s*\{{?\s*([\d.]*)\s*(?:\\(measure|textwidth|linewidth|pictureheight)|(pt|bp|cm|mm|in))"
DATE = re.compile(r"\s*(\d{4}-\d\d?(?:-\d\d?(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?)?)\s*")
LIMIT = re.compile(rf"(\b[xyz](?:min|max)\s*=\s*)\{{?{DATE.pattern}\}}?(?=[,\]])")
BARS = {
    "x": re.compile(r"\bybar\b|(?<!lying )(?<!lying stacked )\bbars\s*="),
    "y": re.compile(r"\bxbar\b|\blying (?:stacked )?bars\s*="),
}


class Speech(NamedTuple):
    """How dates are told: the book's language, by babel's name, and what parts a number's whole from its decimals."""

    language: str
    decimal: str = "."


class Along(NamedTuple):
    """What a table has along an axis. name : of its column"""

    path: str
    name: str
    numbers: Array
    words: list[str] | None
    dates: bool


def tables(body: str, axis: str, readable: Callable[[str], bool]) -> Iterator[Along]:
    """What the tables that are plotted in a part of a picture have along an axis."""
    for three, chosen, path in offsets.PLOT.findall(body):
        if (axis == "z" and not three) or not readable(path) or re.search(rf"\b{axis} expr", chosen):
            continue
        for table in limits.tables_of([path]).values():
            name, numbers = limits.plotted(table, chosen, axis)
            held: Meaning = meaning(path)
            if name in table:
                yield Along(path, name, numbers, held.words.get(name), name in held.dates)


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


def stem(along: Along) -> str:
    return f"'{Path(along.path).stem}'"


def of_words(words: Sequence[str], axis: str, room: float) -> str:
    """An axis's options for words: one unit each, with half a unit of room at both ends.

    room : about how wide one may be, in pt; where one is wider, they are set aslant
    """
    aslant = axis == "x" and max(len(plain(word)) for word in words) * calendar.SMALL > room - calendar.GAP / 2
    names = "".join(rf"{{\strut {as_tex(word)}}}" for word in words)
    places = ",".join(map(str, range(len(words))))
    return (
        f"{axis}min=-0.5, {axis}max={len(words) - 0.5:g}, {axis}tick={{{places}}}, {axis}majorgrids=false, "
        rf"{axis}tick style={{draw=none}}, {axis}ticklabel=\wordlabel{{{names}}}"
        + ", xticklabel style={rotate=40, anchor=north east, inner sep=1pt}"
        * aslant
    )


def length(options: str, axis: str, picture: str) -> float:
    """About how long an axis is, in pt."""
    key = "width" if axis == "x" else "height"
    given = re.findall(SIZE.format(key), options)
    share = SHARES.get(drawn[1], 1) if (drawn := DRAWN.search(picture)) else 1
    if not given:
        return 240 if axis == "x" else 207  # PGFPlots's own
    number, measure, unit = given[-1]
    return float(number or 1) * (MEASURE * share if measure else POINTS[unit])


def value_of(options: str, key: str) -> str:
    """The last value of a key among options, without its braces."""
    found = re.findall(rf"{BEGINS}{key}\s*=\s*(\{{[^{{}}]*\}}|[^,{{}}\]]*)", options)
    return found[-1].strip("{} ") if found else ""


def as_day(text: str) -> float | None:
    """A date, or a number, as an author writes it on an axis; None for anything else."""
    if DATE.fullmatch(text):
        parts = re.split(r"\D+", text.strip().partition(".")[0])
        iso = "-".join(f"{int(part):02}" for part in parts[:3]) if len(parts) > 1 else ""
        rest = re.sub(r"^\s*[\d-]+[T ]?", "", text.rstrip()) if len(parts) > 3 else ""
        try:
            return day_of(np.datetime64(iso + (f"T{rest}" if rest else "")))
        except ValueError:
            raise AuthorError(f"'{text.strip()}' is no date") from None
    try:
        return float(text)
    except ValueError:
        return None


def of_dates(found: Sequence[Along], axis: str, options: str, bars: bool, picture: str, speech: Speech) -> str:
    """An axis's options for dates: its limits, from where it counts, and its ticks, with what they are called."""
    for other in found:
        if not other.dates:
            first = next(along for along in found if along.dates)
            what = f"tables {stem(first)} and {stem(other)} have dates and numbers in '{other.name}' along {axis}"
            raise AuthorError(what, "make dates of them, or plot them on an axis of their own")
    days = np.unique(np.concatenate([along.numbers[np.isfinite(along.numbers)] for along in found]))
    space = float(np.diff(days).min(initial=np.inf)) if bars and len(days) > 1 else ROOM * float(np.ptp(days))
    low, high = float(days[0]) - (space or 0.5), float(days[-1]) + (space or 0.5)
    keys = [f"{axis}min={low:.15g}", f"{axis}max={high:.15g}"]
    ends = [as_day(value_of(options, f"{axis}{end}")) for end in ("min", "max")]
    low, high = ends[0] if ends[0] is not None else low, ends[1] if ends[1] is not None else high
    if not low < high:
        raise AuthorError(f"the {axis} axis has no room between {axis}min and {axis}max")
    marks = calendar.ticks(low, high, length(options, axis, picture), speech.language, axis == "y", speech.decimal)
    keys.append(f"{axis}tick={{{','.join(f'{tick.at:.15g}' for tick in marks)}}}")
    marks = asked(options, f"{axis}tick", days, speech) or marks
    marks += asked(options, f"extra {axis} ticks", days, speech)
    names = ", ".join(f"{tick.at:.15g}={{{written(tick, axis)}}}" for tick in marks)
    keys += [f"{axis} dates={np.floor(low):.15g}", rf"{axis}ticklabel=\datelabel{{{axis}}}{{{names}}}"]
    if axis == "x":
        keys.append("xticklabel style={align=center}")
    if len({written(tick, axis) for tick in marks}) < len(marks):
        keys.append("labels may repeat")
    return ", ".join(keys)


def asked(options: str, key: str, days: Array, speech: Speech) -> list[calendar.Tick]:
    """The ticks that an author asks for by a key, with what they are called."""
    text = value_of(options, key)
    found = days.tolist() if text == "data" else [as_day(part) for part in text.split(",") if part.strip()]
    return calendar.called(sorted(day for day in found if day is not None), *speech)


def written(tick: calendar.Tick, axis: str) -> str:
    """A tick's label as TeX: in two lines below an axis, in one beside it."""
    if axis == "x" and tick.context:
        return rf"\strut {as_tex(tick.label)}\\{as_tex(tick.context)}"
    return rf"\strut {as_tex(tick.line)}"


def named(picture: str, readable: Callable[[str], bool], about: str, speech: Speech) -> str:
    """A picture whose axes have ticks of dates or words where its tables have these. No line of it moves.

    readable : whether a table may be read, given its path; about : its template. Raises an AuthorError where tables
    disagree.
    """
    if not re.search(r"date coordinates", picture):
        picture = numbered(picture)
    text, at = list[str](), 0
    for environment, options, start, end in reading.axes(picture):
        opened = offsets.OPTIONS.match(picture, start)
        first = reading.bracket(picture, opened.end()) if opened else ""
        body, every = picture[start:end], f"{options}{first}"
        keys = list[str]()
        for axis in "xyz" if environment != "polaraxis" else "":
            if re.search(offsets.OWN.format(axis=axis), every):
                continue
            found = [*tables(body, axis, readable)]
            try:
                if any(along.words for along in found):
                    words = together(found, axis)
                    keys.append(of_words(words, axis, length(every, axis, picture) / len(words)))
                elif any(along.dates for along in found):
                    bars = axis in BARS and bool(BARS[axis].search(every + body))
                    keys.append(of_dates(found, axis, every, bars, picture, speech))
            except AuthorError as error:
                raise AuthorError(f"{about}: {error}", error.hint) from None
        if keys:
            place = opened.end() + 1 if first and opened else start
            text += [picture[at:place], f"{', '.join(keys)}, " if first else f"[{', '.join(keys)}]"]
            at = place
    return "".join([*text, picture[at:]])


def numbered(picture: str) -> str:
    """A picture whose axes have limits that were written as dates as numbers: what else reads it knows no dates."""
    return LIMIT.sub(lambda found: f"{found[1]}{as_day(found[2]):.15g}", picture)
