"""Numbers, words and dates that the text, a title or a template quotes."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.table.dates import CALENDAR, beyond, day_of, is_date, moment
from pipeline.table.meaning import tidy
from pipeline.table.numbers import Numbers, array, gaps, objects
from pipeline.table.refusals import refusal

DATE = "date"  # the key of a date in JSON: {"date": "2025-01-31"}


class Values(dict[str, Any]):
    """Numbers, words or dates by name, or lists of them, that the text, a title or a template quotes:
    Values(mean_loss=0.1, best="wide & deep", begun=date(2025, 1, 31)).

    A name's underscores become dashes: the text quotes `mean-loss`. Words are TeX where they are formulas or macros;
    all else in them is printed as it stands. Dates with a time zone are told in UTC.
    """

    def __init__(self, **values: Numbers) -> None:
        super().__init__({name.replace("_", "-"): entries(value) for name, value in values.items()})

    def check(self, where: str) -> None:
        """Raises an AuthorError for what is neither a finite number nor a word nor a date; its message begins with
        `where`."""
        for name, value in self.items():
            if odd := re.search(r"[\\{}$&#^~%\s]", name):
                raise AuthorError(f"{where}: a value cannot be called '{name}': TeX has {odd[0]!r} for itself")
            found = array(value)
            if found.dtype.kind in "OU":  # the numbers among words and dates
                said = [isinstance(entry, str | dict) for entry in found.ravel().tolist()]
                found = array([0 if word else entry for entry, word in zip(found.ravel().tolist(), said, strict=True)])
                found = found.reshape(array(value).shape)
                self._check_dates(where, name, array(value).ravel().tolist())
            if bad := refusal(found):
                at, what, advice = bad
                place = f"[{', '.join(map(str, np.unravel_index(at, found.shape)))}]" if found.ndim else ""
                raise AuthorError(f"{where}: '{name}'{place} {what}", advice)
            if gaps(found).any():
                advice = "what is quoted must be there; `np.nanmean` and its like leave out gaps"
                raise AuthorError(f"{where}: '{name}' is {value}", advice)

    def _check_dates(self, where: str, name: str, found: list[Any]) -> None:
        """Raises an AuthorError for a date that no text can tell."""
        for each in found:
            if isinstance(each, dict) and (what := beyond(day_of(np.datetime64(each[DATE])))):
                raise AuthorError(f"{where}: '{name}' {what}: {each[DATE]}", CALENDAR)

    def dump(self) -> str:
        """The values as JSON."""
        return json.dumps(self, indent=2) + "\n"


def entries(value: Any) -> Any:
    """A value, or nested lists of values: numbers, words as strings, dates as {"date": text}."""
    found = array(value)
    if found.dtype.kind not in "MOU":
        return found.tolist()
    flat = [*found.ravel()] if found.dtype.kind == "M" else found.ravel().tolist()
    return objects([entry(each) for each in flat]).reshape(found.shape).tolist()


def entry(value: Any) -> Any:
    """One of them; what is none is left as it is, to be told."""
    if isinstance(value, str):
        return tidy(value)
    if is_date(value) and not np.isnat(when := moment(value)):
        return {DATE: str(np.datetime_as_string(when.astype("datetime64[ms]"), unit="auto"))}
    return float("nan") if is_date(value) else value


def plain(value: Any) -> Any:
    """The same of a file, with dates as texts such as 2025-01-31."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value[DATE] if isinstance(value, dict) else value
