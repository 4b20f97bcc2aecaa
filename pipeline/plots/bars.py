"""Axes with bars or histograms of tables begin at 0. Bars stand or lie as tables say; curves among them are curves."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline import dat
from pipeline.errors.author import AuthorError
from pipeline.plots import columns, limits, offsets, reading
from pipeline.plots.along import BEGINS, value_of
from pipeline.style.comments import COMMENT

STYLE = re.compile(BEGINS + r"((?:lying )?)((?:stacked )?)bars\s*=\s*(\{[^{}]*\}|[^,\]]*)")
LINE = re.compile(r"[\[,]\s*(?:curve|hairline|reference|distance line|graded curve|(?:\w+ )?points|crosses|ring)\b")
FORGOTTEN = re.compile(r"\b(?:forget plot|region|outline|level lines|band)\b")  # such plots are not counted
PLACE = re.compile(r"\(\s*([^(),]+?)\s*,\s*([^(),]+?)\s*\)")


class Drawn(NamedTuple):
    """A plot among bars. start, options_at : where it and its options begin; path : of its table, empty where it has
    none; traits : of a table of bars, None of others."""

    start: int
    options_at: int
    options: str
    chosen: str
    path: str
    traits: frozenset[str] | None
    places: list[tuple[str, str]]

    @property
    def stem(self) -> str:
        return f"'{Path(self.path).stem}'"

    @property
    def beside(self) -> bool:
        """Whether it is no bar."""
        return bool(LINE.search(self.options)) or (bool(self.path) and self.traits is None)


def drawn(picture: str, start: int, end: int, readable: Callable[[str], bool]) -> Iterator[Drawn]:
    """The plots of an axis, at picture[start:end]."""
    for added in reading.ADDED.finditer(picture, start, end):
        if added[1] or COMMENT.search(picture, picture.rfind("\n", 0, added.start()) + 1, added.start()):
            continue
        options = reading.bracket(picture, added.end())
        at = added.end() + len(options)
        table = reading.TABLE.match(picture, at)
        chosen = reading.bracket(picture, table.end()) if table else ""
        file = reading.FILE.match(picture, table.end() + len(chosen)) if table else None
        path, traits = file[1] if file and readable(file[1]) else "", None
        if path and columns.kind(path) == "Bars":
            traits = frozenset(dat.read(path).comments[0].split()[1:])
        places = [] if table else PLACE.findall(picture, at, max(picture.find(";", at), at))
        yield Drawn(added.start(), added.end(), options, chosen[1:-1], path, traits, places)


def told(traits: frozenset[str]) -> str:
    return " and ".join(sorted(traits)) or "neither stacked nor lying"


def kind(plots: Sequence[Drawn], asked: "re.Match[str]") -> frozenset[str]:
    """What bars are, `stacked`, `lying`: as their tables say.

    Raises an AuthorError where these disagree, or the style does.
    """
    said = frozenset(word.strip() for word in asked.groups()[:2] if word)
    tables = [plot for plot in plots if plot.traits is not None and not plot.beside]
    if not tables:
        return said
    found = tables[0].traits or frozenset()
    for plot in tables:
        if plot.traits != found:
            what = f"bars of table {tables[0].stem} are {told(found)}, and those of table {plot.stem} on the same axis"
            raise AuthorError(
                f"{what} {told(plot.traits or frozenset())}", "say the same of both: Bars(…, stacked=True)"
            )
    if said and said != found:
        style = " ".join([*sorted(said), "bars"])
        what = f"bars of table {tables[0].stem} are {told(found)}, and its axis has '{style}'"
        raise AuthorError(what, f"bars={asked[3]} has them as the table says: Bars(…, stacked=True, lying=True)")
    for plot in tables:
        along, first = "y" if "lying" in found else "x", next(iter(columns.columns(plot.path)))
        name, _ = limits.plotted(columns.columns(plot.path), plot.chosen, along)
        if name != first and not re.search(rf"\b{along} (?:expr|index)", plot.chosen):
            lies = "lie" if "lying" in found else "stand"
            shown = f"table[x={name}, y={first}]" if "lying" in found else f"table[x={first}, y={name}]"
            raise AuthorError(f"bars of table {plot.stem} {lies}, and its column '{name}' is along {along}", shown)
    return found


def foot(plots: Sequence[Drawn], along: str) -> str:
    """The limit that is 0: that of the side where nothing is; empty where numbers are on both sides, or all are 0."""
    found = [np.zeros(1)]
    for plot in plots:
        if plot.path and not re.search(rf"\b{along} expr", plot.chosen):
            table = columns.columns(plot.path)
            name, numbers = limits.plotted(table, plot.chosen, along)
            found.append(numbers)
            for side, sign in (("minus", -1), ("plus", 1)):
                lengths = table.get(side if along == "y" else f"x{side}")
                if lengths is not None and name in table:
                    found.append(numbers + sign * lengths)
        found.append(np.array([float(place[along == "y"]) for place in plot.places if is_number(place[along == "y"])]))
    numbers = np.concatenate(found)
    low, high = np.nanmin(numbers), np.nanmax(numbers)
    if low == 0 < high:
        return f"{along}min=0"
    return f"{along}max=0" if low < 0 == high else ""


def counts(plots: Sequence[Drawn]) -> str:
    """The axis along which histograms of tables count, x where they lie; empty where there are none."""
    for plot in plots:
        if plot.path and columns.kind(plot.path) == "Histogram":
            table = columns.columns(plot.path)
            return "x" if limits.plotted(table, plot.chosen, "y")[0] == next(iter(table)) else "y"
    return ""


def is_number(text: str) -> bool:
    return columns.is_number(text) and bool(np.isfinite(float(text)))


def check_roles(plots: Sequence[Drawn], asked: "re.Match[str]") -> None:
    """Raises an AuthorError for more series than roles."""
    series, roles = (
        sum(not plot.beside for plot in plots),
        len([r for r in asked[3].strip("{}").split(",") if r.strip()]),
    )
    if series > roles:
        what = f"an axis has {series} series of bars and {roles} role{'s' * (roles > 1)} for them"
        raise AuthorError(f"{what}, bars={asked[3]}", "name a role for each series")


def barred(picture: str, readable: Callable[[str], bool], about: str) -> str:
    """A picture whose axes of the style `bars` end at 0, and whose curves among bars are no bars. No line of it moves.

    readable : whether a table may be read, given its path; about : its template. Raises an AuthorError for bars that
    their axis cannot have as their tables say.
    """
    put = list[tuple[int, str]]()
    for environment, options, start, end in reading.axes(picture):
        opened = offsets.OPTIONS.match(picture, start)
        own = reading.bracket(picture, opened.end()) if opened else ""
        every = f"{options}{own}"
        if environment == "groupplot":
            continue
        asked, plots = [*STYLE.finditer(every)], [*drawn(picture, start, end, readable)]
        if not asked:
            put += ending(environment, every, opened, own, start, plots, counts(plots))
            continue
        try:
            is_now = kind(plots, asked[-1])
            check_roles(plots, asked[-1])
            here = [*STYLE.finditer(picture, opened.end(), opened.end() + len(own))] if opened and own else []
            if is_now and not (asked[-1][1] or asked[-1][2]):
                words = " ".join(sorted(is_now))
                if not here:
                    raise AuthorError(f"bars of a group's tables are {words}", f"{words} bars={asked[-1][3]}")
                put.append((here[-1].start(1), f"{words} "))
            put += among(plots)
        except AuthorError as error:
            raise AuthorError(f"{about}: {error}", error.hint) from None
        put += ending(environment, every, opened, own, start, plots, "x" if "lying" in is_now else "y")
    for place, words in sorted(put, key=lambda one: one[0], reverse=True):  # of two in one place, the first stands last
        picture = picture[:place] + words + picture[place:]
    return picture


def ending(
    environment: str,
    every: str,
    opened: "re.Match[str] | None",
    own: str,
    start: int,
    plots: Sequence[Drawn],
    along: str,
) -> Iterator[tuple[int, str]]:
    """(where, what) is put into an axis, so that it ends at 0 where nothing is beyond, unless it says itself where."""
    limit = along and foot(plots, along)
    if (
        limit
        and not offsets.logarithmic(environment, every, along)
        and not re.search(offsets.OWN.format(axis=along), every)
        and not value_of(every, limit.partition("=")[0])
    ):
        yield (opened.end() + 1, f"{limit}, ") if own and opened else (start, f"[{limit}]")


def among(plots: Sequence[Drawn]) -> Iterator[tuple[int, str]]:
    """(where, what) is put into plots among bars: those that are none are drawn so, and take no bar's role."""
    before = 0
    for plot in plots:
        if not plot.beside:
            if before:
                yield plot.start, rf"\pgfplotsset{{cycle list shift=-{before}}}"
            continue
        if not plot.options:
            what = f"table {plot.stem} is among bars, and is none"
            raise AuthorError(what, r"say how it is drawn, such as \addplot[curve, draw=ink]")
        yield plot.options_at + 1, "beside bars, "
        before += not FORGOTTEN.search(plot.options)
