"""Which kinds of breaches come first: what a reader does not see, then what is hard to read, then the rest."""

from collections.abc import Mapping
from typing import Any

FIRST = (
    "reading",
    "page",
    "contrast of type",
    "contrast of lines, marks and areas",
    "palette",
    "tick labels",
    "type",
    "lines",
)


def weight(record: Mapping[str, Any]) -> tuple[int, int]:
    """By what the records of promises are put in order."""
    name = record["name"]
    return not record["breaches"], FIRST.index(name) if name in FIRST else len(FIRST)
