"""Reads what a figure's tables() has written."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from pipeline import dat
from pipeline.table.base import Table
from pipeline.table.cells import Cells
from pipeline.table.dates import SINCE
from pipeline.table.graph import Graph
from pipeline.table.image import Image
from pipeline.table.kinds import Arrows, Bars, Curve, Path2D, Points
from pipeline.table.levels import Contours, Field, Region
from pipeline.table.meaning import Column, as_written
from pipeline.table.numbers import Array, array
from pipeline.table.samples import Boxes, Violins
from pipeline.table.space import Path3D
from pipeline.table.spread import ErrorBars, Histogram
from pipeline.table.tabular import Tabular
from pipeline.table.values import plain

KINDS: tuple[type[Table], ...] = (
    Points, Curve, Path2D, Path3D, Field, Contours, Region, Arrows, Bars, ErrorBars, Histogram, Boxes, Violins,
    Image, Cells, Tabular, Graph,
)  # fmt: skip
WORD = re.compile(r"([\w-]+) \d+ = (.*)")
TYPES = {kind.__name__: kind for kind in KINDS}


def number(text: str) -> int | float:
    return int(text) if re.fullmatch(r"-?\d+", text) else float(text)


class Meaning(NamedTuple):
    """What a table's comments tell of its columns."""

    words: dict[str, list[str]]
    dates: set[str]
    labels: dict[str, str]


def told(lines: dat.Lines) -> Meaning:
    """The same, of a table's lines."""
    found = Meaning({}, set(), {})
    for line in lines.comments[1:]:
        if (word := WORD.fullmatch(line)) and word[1] in lines.names:
            found.words.setdefault(word[1], []).append(as_written(word[2]))
        elif line.removesuffix(f" {SINCE}") in lines.names:
            found.dates.add(line.removesuffix(f" {SINCE}"))
        elif ": " in line:
            name, _, label = line.partition(": ")
            found.labels[name] = label
    return found


def meaning(path: str | Path) -> Meaning:
    """What the comments of a table's file tell of its columns; nothing, of one that is none of the pipeline's."""
    return told(dat.read(path))


def column_of(texts: list[str]) -> Array:
    """The numbers of a column, whole ones as such where all are; an image has some hundred thousand."""
    words = np.array(texts)
    try:
        return words.astype(np.int64)
    except (ValueError, OverflowError):
        found = words.astype(float)
    plain = (np.abs(found[np.isfinite(found)]) < 2**53).all()
    return found if plain else array(list(map(number, texts)))


def read(path: str | Path) -> Table:
    """The table in a file of build/tables/, of its own type, with the digits that the file has."""
    lines = dat.read(path)
    kind, *traits = lines.comments[0].split()
    words, dates, labels = told(lines)
    table = object.__new__(TYPES[kind])
    columns = zip(lines.names, *map(str.split, lines.rows), strict=True)
    numbers = {name: column_of(values) for name, *values in columns}
    held = {name: Column(column, words.get(name), name in dates) for name, column in numbers.items()}
    Table.__init__(table, held, labels, lines.breaks)
    table.traits = traits
    return table


def read_all(folder: str | Path) -> tuple[dict[str, Table], dict[str, Any]]:
    """({name: table}, {name: value}) of the folder of a figure's tables."""
    folder = Path(folder)
    tables = {file.stem: read(file) for file in sorted(folder.glob("*.dat"))}
    values = json.loads((folder / "values.json").read_text(encoding="utf-8"))
    return tables, {name: plain(value) for name, value in values.items()}
