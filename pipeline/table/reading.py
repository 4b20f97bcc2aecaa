"""Reads what a figure's tables() has written."""

import json
import re
from pathlib import Path
from typing import Any

from pipeline import dat
from pipeline.table.base import Table
from pipeline.table.kinds import Arrows, Bars, Curve, Path2D, Points
from pipeline.table.levels import Contours, Field, Region

KINDS: tuple[type[Table], ...] = (Points, Curve, Path2D, Field, Contours, Region, Arrows, Bars)
TYPES = {kind.__name__: kind for kind in KINDS}


def number(text: str) -> int | float:
    return int(text) if re.fullmatch(r"-?\d+", text) else float(text)


def read(path: str | Path) -> Table:
    """The table in a file, of its own type, with the digits that the file has."""
    lines = dat.read(path)
    kind, *labels = lines.comments
    table = object.__new__(TYPES[kind])
    columns = zip(lines.names, *map(str.split, lines.rows), strict=True)
    Table.__init__(
        table,
        {name: list(map(number, values)) for name, *values in columns},
        dict(re.split(": ", line, maxsplit=1) for line in labels),
        lines.breaks,
    )
    return table


def read_all(folder: str | Path) -> tuple[dict[str, Table], dict[str, Any]]:
    """({name: table}, {name: value}) of the folder of a figure's tables."""
    folder = Path(folder)
    tables = {file.stem: read(file) for file in sorted(folder.glob("*.dat"))}
    return tables, json.loads((folder / "values.json").read_text(encoding="utf-8"))
