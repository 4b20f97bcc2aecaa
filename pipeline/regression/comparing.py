"""Golden tables compared with today's, column by column, in units of a column's spread."""

import json
from fnmatch import fnmatchcase
from typing import NamedTuple

import numpy as np
import yaml

from pipeline.errors.author import AuthorError, raise_all
from pipeline.regression.thinning import Kept, spread
from pipeline.table import text

ROUNDING = 1e-5  # of a column's spread


# A figure's golden file: a block a table, then one of the values.
def dump(kept, values):
    blocks = [
        [f"{name}: {table.kind}", f"columns: {' '.join(table.columns)}"]
        + [f"{at}: {' '.join(map(text, numbers))}" for at, numbers in table.numbers.items()]
        + [f"|{cells}" for cells in table.picture]
        for name, table in kept.items()
    ]
    blocks.append(["values", *(f"{key}: {json.dumps(value)}" for key, value in values.items())])
    return "\n\n".join(map("\n".join, blocks)) + "\n"


def load(path):
    """({name: Kept}, values) of a golden file."""
    *blocks, values = [block.splitlines() for block in path.read_text(encoding="utf-8").rstrip().split("\n\n")]
    kept = {}
    try:
        for head, columns, *lines in blocks:
            name, kind = head.split(": ")
            picture = tuple(line[1:] for line in lines if line.startswith("|"))
            rows = (line.split(": ") for line in lines if not line.startswith("|"))
            kept[name] = Kept(kind, columns.split()[1:], {at: np.array(row.split(), float) for at, row in rows}, picture)
        return kept, {key: json.loads(value) for key, value in (line.split(": ", 1) for line in values[1:])}
    except ValueError:
        raise AuthorError(f"{path} is no golden file, or a damaged one; without it, --update writes it anew") from None


class Tolerances:
    """What columns may differ by: {pattern of names: {spread: share of the column's, or absolute: amount, why: reason}}."""

    def __init__(self, path):
        self.path, self.fitted = path, set()
        try:
            self.rules = (path.is_file() and yaml.safe_load(path.read_text(encoding="utf-8"))) or {}
        except yaml.MarkedYAMLError as error:
            raise AuthorError(f"{path}:{error.problem_mark.line + 1}: {error.problem}") from None
        for pattern, rule in self.rules.items():
            if set(rule) not in ({"spread", "why"}, {"absolute", "why"}):
                raise AuthorError(f"{path}: '{pattern}' has {', '.join(rule)}; it needs spread or absolute, and why")

    def allowed(self, column, units):
        """What a column's numbers, of which `units` (n,) are the spreads, may differ by: (n,), from the first pattern that fits."""
        for pattern, rule in self.rules.items():
            if fnmatchcase(column, pattern):
                self.fitted.add(pattern)
                return rule["spread"] * units if "spread" in rule else np.full(len(units), rule["absolute"])
        return ROUNDING * units

    def check(self):
        """Raises AuthorError where a pattern has fitted no column."""
        if idle := [pattern for pattern in self.rules if pattern not in self.fitted]:
            raise_all([AuthorError(f"{self.path}: '{pattern}' is the name of no column, or of none that is left") for pattern in idle])


class Change(NamedTuple):
    """A column where it is farthest from the golden one, or what else is not as it was."""

    column: str  # line/fit/data.x
    what: str
    far: float = np.inf
    allowed: float = 0

    beyond = property(lambda self: not self.far <= self.allowed)  # so is NaN

    def __str__(self):
        amount = f" (by {self.far:.2g}, allowed {self.allowed:.2g})" if np.isfinite(self.far) else ""
        return f"{self.column}: {self.what}{amount}"


def farthest(column, at, old, new, units, tolerances):
    """The Change of a column whose numbers `at` (n,) were `old` and are `new`."""
    allowed, far = tolerances.allowed(column, units), np.abs(new - old)
    k = np.argmax(far - allowed)
    return Change(column, f"{at[k]} {text(float(old[k]))} → {text(float(new[k]))}".lstrip(), float(far[k]), float(allowed[k]))


def compare_table(name, old, new, tolerances):
    """A Change a column and, of regions, one of the picture's cells."""
    if (old.kind, old.columns) != (new.kind, new.columns):
        return [Change(name, " → ".join(f"{kept.kind} of {', '.join(kept.columns)}" for kept in (old, new)))]
    at, before, now = list(old.numbers), np.stack(list(old.numbers.values())), np.stack(list(new.numbers.values()))
    extent = spread(before[[at.index("least"), at.index("greatest")]])
    units = np.stack([before[k] if name == "travel" else extent for k, name in enumerate(at)])
    changes = [farthest(f"{name}.{c}", at, before[:, k], now[:, k], units[:, k], tolerances) for k, c in enumerate(old.columns)]
    if old.picture:
        cells = [np.array(list("".join(kept.picture))) for kept in (old, new)]
        allowed = tolerances.allowed(f"{name}.cells", np.ones(1))
        changes.append(
            Change(f"{name}.cells", "share of the picture that changed", float(np.mean(cells[0] != cells[1])), float(allowed[0]))
        )
    return changes


def compare_value(name, old, new, tolerances):
    """The Change of a value, in a list."""
    before, now = np.array(old, float), np.array(new, float)
    if before.shape != now.shape:
        return [Change(name, f"{old} → {new}")]
    at = ["number " + ", ".join(map(str, index)) if index else "" for index in np.ndindex(before.shape)]
    before, now = before.ravel(), now.ravel()
    return [farthest(name, at, before, now, np.full(len(at), spread(before)), tolerances)] if at else []


def compare(figure, golden, today, tolerances):
    """Changes from golden ({name: Kept}, values) to today's: one a column, and one for each that came or went."""
    changes = []
    for prefix, old, new, compared in zip((f"{figure}/", f"{figure}/values."), golden, today, (compare_table, compare_value), strict=True):
        for name in sorted(old.keys() | new.keys()):
            if name in old and name in new:
                changes += compared(prefix + name, old[name], new[name], tolerances)
            else:
                changes.append(Change(prefix + name, "it is gone" if name in old else "it is new"))
    return changes
