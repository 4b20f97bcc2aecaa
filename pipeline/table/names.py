"""Names that are not columns of words: of cells, images, samples and nodes. Each is a line of text, in TeX's macros."""

import math
from collections.abc import Mapping
from typing import Any, TypeVar

from pipeline.errors.author import AuthorError
from pipeline.table.dates import day_of, is_date, text_of
from pipeline.table.digits import text
from pipeline.table.meaning import tidy, unprintable
from pipeline.table.numbers import Numbers, array, scalar

WHOLE = 2**53  # below, a float has all the digits of a whole number
T = TypeVar("T")


def name_of(thing: Any, what: str = "a name") -> str:
    """Words as they are, in one line; a number as TeX prints it; a date such as 2025-01-31; of all else what Python
    calls it. Raises an AuthorError, beginning with `what`, for what is missing, and what no line can hold."""
    value = thing if is_date(thing) or isinstance(thing, str) else scalar(thing)
    day = day_of(value) if is_date(value) else None
    if (isinstance(value, float) and math.isnan(value)) or (day is not None and math.isnan(day)):
        raise AuthorError(f"{what} is missing", "'' where there is to be none")
    if day is not None:
        return text_of(day)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"${formula(value)}$"
    name = tidy(value if isinstance(value, str) else str(value))
    if bad := unprintable(name):
        raise AuthorError(f"{what} {bad[0]}", bad[1])
    return name


def formula(value: float) -> str:
    """A number in TeX's maths: a whole one with all its digits, others with seven at the most."""
    if math.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    if isinstance(value, int) or (value.is_integer() and abs(value) < WHOLE):
        return str(int(value))
    mantissa, _, exponent = text(value).partition("e")
    if not exponent:
        return mantissa
    times = mantissa.removesuffix("1") if mantissa in ("1", "-1") else rf"{mantissa} \times "
    return rf"{times}10^{{{int(exponent)}}}"


def names_of(what: str, given: Numbers, count: int) -> list[str]:
    """So many names, of a list or array of words, numbers or dates; what : of what, such as `columns`."""
    found = array(given)
    if found.ndim != 1:
        raise AuthorError(f"the names of {what} have shape {found.shape}, and are to be a list", '["a", "b", …]')
    if len(found) != count:
        are = f"is one {what[:-1]}" if count == 1 else f"are {count} {what}"
        raise AuthorError(f"there {are}, and {len(found)} name{'s' * (len(found) != 1)}")
    entries = [*found] if found.dtype.kind == "M" else found.tolist()
    return [name_of(entry, f"name {k} of the {what}") for k, entry in enumerate(entries)]


def joined(own: Mapping[str, T], others: Mapping[str, T], what: str, are: str) -> dict[str, T]:
    """Columns of a table's own and those that an author names; AuthorError where two have one name.

    what : what the author names, such as `a histogram's sample`; are : what is called so already, such as `its edges`.
    """
    if twice := [name for name in others if name in own]:
        raise AuthorError(f"{what} cannot be called '{twice[0]}': {are}", "another name")
    return {**own, **others}
