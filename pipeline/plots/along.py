"""What tables have along an axis, and what an author says of it among its options."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.plots import limits, offsets
from pipeline.plots.columns import Array
from pipeline.style.lengths import POINTS
from pipeline.table.reading import Meaning, meaning

MEASURE = 369  # pt: the text's width, where the house's is kept: templates/maths-preamble.tex says it to TeX
SHARES = {"half": 0.48, "third": 0.31, "wide": 1.3, "halfwide": 0.63, "turned": 1.6, "margin": 0.3}  # measures.tex
DRAWN = re.compile(r"^\s*\\(\w+?)figure\b", re.MULTILINE)
BEGINS = r"[\[,]\s*(?:%[^\n]*\n\s*)*"  # an option
SIZE = BEGINS + r"{}\s*=\s*\{{?\s*([\d.]*)\s*(?:\\(measure|textwidth|linewidth|pictureheight)|(pt|bp|cm|mm|in))"
# The house's bars (templates/spread.tex), and PGFPlots's own.
HOUSE = {"x": re.compile(BEGINS + r"(?:stacked )?bars\s*="), "y": re.compile(BEGINS + r"lying (?:stacked )?bars\s*=")}
BARS = {"x": re.compile(r"\bybar\b"), "y": re.compile(r"\bxbar\b")}


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


def stem(along: Along) -> str:
    return f"'{Path(along.path).stem}'"


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


def said(options: str, key: str) -> bool:
    """Whether a key is among options."""
    return bool(re.search(rf"{BEGINS}{re.escape(key)}\s*=", options))


def barred(options: str, body: str, axis: str) -> bool:
    """Whether bars stand along an axis."""
    return axis in BARS and bool(HOUSE[axis].search(options) or BARS[axis].search(options + body))
