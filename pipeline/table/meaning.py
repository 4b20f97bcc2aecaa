"""What the numbers of a column stand for: themselves, dates, or words, which are counted 0, 1, 2, …"""

from __future__ import annotations

import json
import re
import reprlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.table.dates import day_of, days, is_date
from pipeline.table.numbers import Array, array

PLAIN = re.compile(r"\\.")  # what is no brace to TeX
LOOSE = re.compile(r"[^\S\u00a0\u2007\u202f]+")  # spaces and ends of lines; not what keeps words together
NUMERAL = re.compile(r"[-+−]?\d[\d_]*(?:,\d+)?")  # a decimal comma's, too; float() knows the others
DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2}(?:[ T].*)?)?|\d{1,2}[./]\d{1,2}[./]\d{2,4}")


class Column(NamedTuple):
    """numbers : as array() has them; words : what they count, if they do; dates : whether they are days since 1970."""

    numbers: Array
    words: list[str] | None = None
    dates: bool = False


class Words:
    """Words in an order of their own, or such as look like numbers or dates: Words(["2024", "2025"]).

    order : all words in their order, also those that none of the values is; without it they stand as they come.
    Raises an AuthorError where a value is not among them.
    """

    def __init__(self, values: Iterable[Any], order: Iterable[str] | None = None) -> None:
        self.values = [value.item() if isinstance(value, np.str_) else value for value in unpacked(values)]
        self.order = [*map(tidy, order)] if order is not None else None
        if self.order is not None and len({*self.order}) < len(self.order):
            raise AuthorError(f"an order of words has one twice: {', '.join(self.order)}")
        for value in self.values:
            if self.order is not None and isinstance(value, str) and tidy(value) not in self.order:
                raise AuthorError(f"{value!r} is not in the order of the words: {', '.join(self.order)}")

    def to_list(self) -> list[Any]:
        """The values, as they were given."""
        return self.values

    def __iter__(self) -> Iterator[Any]:
        return iter(self.values)


def unpacked(values: Any) -> list[Any]:
    """The entries of a column as Python has them."""
    found: list[Any] = values.to_list() if hasattr(values, "to_list") else array(values).tolist()
    return found


def tidy(word: str) -> str:
    """A word as a table has it: in one line, without spaces around it."""
    return LOOSE.sub(" ", word).strip(" ")


def meant(values: Any) -> Column:
    """A column as an author hands it over; what is neither numbers, dates nor words is left as it is, to be told."""
    order = values.order if isinstance(values, Words) else ordered(values)
    found = array(values)
    if found.dtype.kind == "M":
        return Column(days(found), dates=True)
    if found.dtype.kind in "UTO" and found.ndim:
        there = present(found)
        if there and all(map(is_date, there)):
            numbers = [np.nan if isinstance(value, float) else day_of(value) for value in found.ravel().tolist()]
            return Column(np.array(numbers).reshape(found.shape), dates=True)
        if there and all(isinstance(v, str) for v in there) and (isinstance(values, Words) or not odd(there)):
            return counted(found, order)
    return Column(found)


def ordered(values: Any) -> list[str] | None:
    """The order that the categories of pandas and polars have, where they have one."""
    dtype = getattr(values, "dtype", None)
    categories = getattr(dtype, "categories", None)
    if categories is None or not getattr(dtype, "ordered", type(dtype).__name__ == "Enum"):
        return None
    words = unpacked(categories)
    return [*map(tidy, words)] if all(isinstance(word, str) for word in words) else None


def counted(values: Array, order: Sequence[str] | None) -> Column:
    """Words as their places in their order, or in that of their first appearance; NaN where one is missing."""
    flat = [tidy(value) if isinstance(value, str) else None for value in values.ravel().tolist()]
    words = list(order or dict.fromkeys(word for word in flat if word is not None))
    places = {word: place for place, word in enumerate(words)}
    numbers = np.array([np.nan if word is None else places[word] for word in flat])
    return Column((numbers if None in flat else numbers.astype(np.int64)).reshape(values.shape), words)


def written(word: str) -> str:
    """A word as a file has it: as it is, or in quotes where it is empty, or its braces would make TeX read on behind
    the line."""
    depth, least = 0, 0
    for sign in PLAIN.sub("", word):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        least = min(least, depth)
    if word and not word.startswith('"') and not depth and not least and not ("%" in word and "{" in word):
        return word
    return json.dumps(word, ensure_ascii=False).replace("{", r"\u007b").replace("}", r"\u007d")


def as_written(text: str) -> str:
    """The word that a file has."""
    return str(json.loads(text)) if text.startswith('"') else text


def present(values: Array) -> list[Any]:
    """The entries that are not missing."""
    return [value for value in values.ravel().tolist() if not (isinstance(value, float) and np.isnan(value))]


def odd(words: Iterable[str]) -> tuple[str, str] | None:
    """(what it is, advice) of the first word that may be none, unless an author says that it is."""
    for word in words:
        if what := strange(word):
            return what
    return None


def strange(word: str) -> tuple[str, str] | None:
    """The same of one."""
    if not tidy(word):
        return "is an empty word", "None where a word is missing"
    if bad := unprintable(word):
        return bad
    meant_so = "pipeline.table.Words([…]) where they are names"
    if NUMERAL.fullmatch(word.strip()) or is_float(word):
        return f"is {reprlib.repr(word)}, a number in quotes", f"float(…) makes it a number; {meant_so}"
    if DATE.fullmatch(word.strip()):
        return f"is {reprlib.repr(word)}, a date in quotes", f"np.array(…, 'datetime64[s]') makes it a date; {meant_so}"
    return None


def unprintable(word: str) -> tuple[str, str] | None:
    """The same of one that holds what is no text."""
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in tidy(word)):
        return f"is {reprlib.repr(word)}, which no line of a file can hold", "leave out what is no letter"
    return None


def is_float(word: str) -> bool:
    with suppress(ValueError):
        float(word)
        return True
    return False
