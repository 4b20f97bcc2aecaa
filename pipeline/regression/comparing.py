"""Golden tables compared with today's, column by column, in units of a column's spread."""

import json
from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
import yaml

from pipeline.errors.author import AuthorError, raise_all
from pipeline.regression.thinning import Kept, spread
from pipeline.table import Array, digits, text

ROUNDING = 1e-5  # of a column's spread
Golden = tuple[Mapping[str, Kept], Mapping[str, Any]]  # what is kept of a figure's tables, by name, and its values
T = TypeVar("T")


# ---- A figure's golden file: a block of lines for each table, then one for the values ----


def places(table: Kept) -> list[int]:
    """How many significant digits each column needs, by what lies in its range."""
    there = [numbers for at, numbers in table.numbers.items() if at not in ("deviation", "travel")]
    return list(map(digits, np.array(there).T))


def dump(kept: Mapping[str, Kept], values: Mapping[str, Any]) -> str:
    """The text of a golden file."""
    blocks = [
        [f"{name}: {table.kind}", f"columns: {' '.join(table.columns)}"]
        + [f"{at}: {' '.join(map(text, numbers, places(table)))}" for at, numbers in table.numbers.items()]
        + [f"|{cells}" for cells in table.picture]
        + [f"words: {json.dumps([column, *words], ensure_ascii=False)}" for column, words in table.words.items()]
        for name, table in kept.items()
    ]
    blocks.append(["values", *(f"{key}: {json.dumps(value)}" for key, value in values.items())])
    return "\n\n".join(map("\n".join, blocks)) + "\n"


def load(path: Path) -> Golden:
    """What a golden file holds. Raises an AuthorError where the file is damaged."""
    *blocks, values = [block.splitlines() for block in path.read_text(encoding="utf-8").rstrip().split("\n\n")]
    kept = {}
    try:
        for head, columns, *lines in blocks:
            name, kind = head.split(": ")
            picture = tuple(line[1:] for line in lines if line.startswith("|"))
            said = (json.loads(line.removeprefix("words: ")) for line in lines if line.startswith("words: "))
            words = {column: of for column, *of in said}
            rows = (line.split(": ") for line in lines if not line.startswith(("|", "words: ")))
            numbers = {at: np.array(row.split(), float) for at, row in rows}
            kept[name] = Kept(kind, columns.split()[1:], numbers, picture, words)
        return kept, {key: json.loads(value) for key, value in (line.split(": ", 1) for line in values[1:])}
    except ValueError:
        message = f"{path} is no golden file, or a damaged one; without it, --update writes it anew"
        raise AuthorError(message) from None


# ---- What is compared ----


class Tolerances:
    """How much columns may differ, from a file of rules.

    {pattern of columns' names: {spread: share of the column's spread, or absolute: amount; why: reason}}
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.fitted: set[str] = set()  # patterns that were of use
        try:
            found = path.is_file() and yaml.safe_load(path.read_text(encoding="utf-8"))
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise AuthorError(f"{path}:{line}: {error.problem}") from None
        self.rules: dict[str, dict[str, Any]] = found or {}
        for pattern, rule in self.rules.items():
            if set(rule) not in ({"spread", "why"}, {"absolute", "why"}):
                raise AuthorError(f"{path}: '{pattern}' has {', '.join(rule)}; it needs spread or absolute, and why")

    def allowed(self, column: str, units: Array) -> Array:
        """How much each number of a column may differ, (n,), by the first pattern that fits its name.

        units : the numbers' spreads, (n,).
        """
        for pattern, rule in self.rules.items():
            if fnmatchcase(column, pattern):
                self.fitted.add(pattern)
                return rule["spread"] * units if "spread" in rule else np.full(len(units), rule["absolute"])
        return ROUNDING * units

    def check(self) -> None:
        """Raises an AuthorError where a pattern has fitted no column."""
        idle = [pattern for pattern in self.rules if pattern not in self.fitted]
        what = "is the name of no column, or of none that is left"
        raise_all([AuthorError(f"{self.path}: '{pattern}' {what}") for pattern in idle])


class Change(NamedTuple):
    """A column at the number that differs most from the golden one; or something else that has changed."""

    column: str  # line/fit/data.x
    what: str
    far: float = np.inf  # how much it differs
    allowed: float = 0  # how much it may

    @property
    def beyond(self) -> bool:
        return not self.far <= self.allowed  # so is NaN

    def __str__(self) -> str:
        amount = f" (by {self.far:.2g}, allowed {self.allowed:.2g})" if np.isfinite(self.far) else ""
        return f"{self.column}: {self.what}{amount}"


def farthest(
    column: str,
    at: Sequence[str],
    old: Array,
    new: Array,
    units: Array,
    tolerances: Tolerances,
) -> Change:
    """The Change of a column whose numbers, called `at`, were `old` (n,) and are `new` (n,); units : their spreads."""
    allowed, far = tolerances.allowed(column, units), np.where(np.isnan(old) & np.isnan(new), 0, np.abs(new - old))
    k = int(np.argmax(far - allowed))
    what = f"{at[k]} {text(float(old[k]))} → {text(float(new[k]))}".lstrip()
    return Change(column, what, float(far[k]), float(allowed[k]))


def compare_table(name: str, old: Kept, new: Kept, tolerances: Tolerances) -> list[Change]:
    """A Change for each column and, of regions, one for the cells of their picture."""
    if (old.kind, old.columns) != (new.kind, new.columns):
        return [Change(name, " → ".join(f"{kept.kind} of {', '.join(kept.columns)}" for kept in (old, new)))]
    for column in old.words.keys() | new.words.keys():
        was, now = (", ".join(kept.words.get(column, ["no words"])) for kept in (old, new))
        if was != now:
            return [Change(f"{name}.{column}", f"{was} → {now}")]
    at = list(old.numbers)
    before, after = (np.stack(list(kept.numbers.values())) for kept in (old, new))  # (number, column)
    extent = spread(before[[at.index("least"), at.index("greatest")]])
    units = np.stack([before[k] if name == "travel" else extent for k, name in enumerate(at)])
    columns = zip(old.columns, before.T, after.T, units.T, strict=True)
    changes = [farthest(f"{name}.{column}", at, was, now, unit, tolerances) for column, was, now, unit in columns]
    return changes + ([compare_cells(f"{name}.cells", old, new, tolerances)] if old.picture else [])


def compare_cells(name: str, old: Kept, new: Kept, tolerances: Tolerances) -> Change:
    """The Change of a picture of regions."""
    before, now = (np.array(list("".join(kept.picture))) for kept in (old, new))
    allowed = tolerances.allowed(name, np.ones(1))
    return Change(name, "share of the picture that changed", float(np.mean(before != now)), float(allowed[0]))


def compare_value(name: str, old: Any, new: Any, tolerances: Tolerances) -> list[Change]:
    """The Change of a value, which is a number or nested lists of numbers; none where it is empty. Words and dates are
    equal or not."""
    if any(np.array(value).dtype.kind in "OU" for value in (old, new)):
        return [] if old == new else [Change(name, f"{old} → {new}")]
    before, now = np.array(old, float), np.array(new, float)
    if before.shape != now.shape:
        return [Change(name, f"{old} → {new}")]
    at = ["number " + ", ".join(map(str, index)) if index else "" for index in np.ndindex(before.shape)]
    before, now = before.ravel(), now.ravel()
    return [farthest(name, at, before, now, np.full(len(at), spread(before)), tolerances)] if at else []


def compare_all(
    prefix: str,
    old: Mapping[str, T],
    new: Mapping[str, T],
    one: Callable[[str, T, T, Tolerances], list[Change]],
    tolerances: Tolerances,
) -> list[Change]:
    """The changes of all that is there before and now, each by one(); and a Change for each name that came or went."""
    changes = []
    for name in sorted(old.keys() | new.keys()):
        if name in old and name in new:
            changes += one(prefix + name, old[name], new[name], tolerances)
        else:
            changes.append(Change(prefix + name, "it is gone" if name in old else "it is new"))
    return changes


def compare(figure: str, golden: Golden, today: Golden, tolerances: Tolerances) -> list[Change]:
    """The changes of a figure: one for each column and value, and one for each table or value that came or went."""
    tables = compare_all(f"{figure}/", golden[0], today[0], compare_table, tolerances)
    return tables + compare_all(f"{figure}/values.", golden[1], today[1], compare_value, tolerances)
