"""Samples: what an author hands over to be counted or summed up rather than drawn one by one."""

import re
from collections.abc import Iterable

from pipeline.errors.author import AuthorError
from pipeline.table.numbers import Array, Numbers, array, gaps
from pipeline.table.refusals import refusal


def check_twice(mapped: Iterable[str], named: Iterable[str]) -> None:
    """Raises an AuthorError for a sample that is handed over in a mapping and by name."""
    if twice := sorted({*mapped} & {*named}):
        raise AuthorError(f"sample '{twice[0]}' is there twice, in the mapping and by name", "give each its own name")


def column_of(name: str, taken: Iterable[str]) -> str:
    """A sample's name as a column can have it, with dashes for all but letters and digits; none of `taken`."""
    if re.fullmatch(r"[\w-]+", name):
        return name
    column = stem = re.sub(r"\W+", "-", name).strip("-") or "sample"
    for number in range(2, len(others := {*taken}) + 2):
        if column not in others:
            break
        column = f"{stem}-{number}"
    return column


def label_of(name: str) -> str:
    """A sample's name as a label: what TeX takes for a sign of its own is printed, and formulas stay what they are."""
    return re.sub(r"(?<!\\)([&%#])" if "$" in name else r"(?<!\\)([&%#_])", r"\\\1", name)


def there(what: str, values: Numbers, said: list[str]) -> tuple[Array, Array]:
    """(the numbers of a sample that are not missing, which these are, of the sample's shape).

    Adds to `said` what is left out. Raises an AuthorError, beginning with `what`, where it is no vector of numbers, or
    nothing is there.
    """
    found = array(values)
    if found.ndim != 1:
        raise AuthorError(f"{what} has shape {found.shape}, and is to be a vector", "hand over each sample by its name")
    if bad := refusal(found):
        raise AuthorError(f"{what}: entry {bad[0]} {bad[1]}", bad[2])
    kept = ~gaps(found)
    if not kept.any():
        raise AuthorError(f"{what} is empty" if not len(found) else f"all of {what} is missing")
    if not kept.all():
        said.append(f"{(~kept).sum()} of {len(found)} numbers of {what} are missing, and left out")
    return found[kept], kept
