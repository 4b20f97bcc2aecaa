"""Compares what the figures compute with golden tables, column by column: what they gave when an author last looked at them.

Differences are measured in units of a column's spread. They may be as great as tolerances.yaml says, beside the golden tables, or else
as rounding makes them. What is within its tolerance is never rewritten, so that golden tables do not drift from machine to machine.
"""

import argparse
import json
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml

from pipeline.errors import AuthorError, raise_all, told_to_author
from pipeline.files import write
from pipeline.project import Book
from pipeline.table import read_all, text
from pipeline.thinned import Kept, keep, spread

ROUNDING = 1e-5  # of a column's spread


def folder(book):
    """tests/expected/ for the book in book/; for any other, the same and its path."""
    return Path("tests/expected", book.build.relative_to("build"))


def golden_file(book, figure):
    return folder(book) / f"{figure}.txt"


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

    column: str  # spiral/decision/arm-0.x
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


def compare_figure(book, figure, tolerances):
    """Changes of a figure's built tables from its golden file."""
    path = golden_file(book, figure)
    if not path.is_file() or figure not in book.computed:
        return [Change(figure, "the figure is gone" if path.is_file() else f"there is no {path}")]
    golden, (tables, values) = load(path), read_all(book.tables(figure))
    return compare(figure, golden, (keep(tables, golden[0]), values), tolerances)


def update(book, figure):
    """Writes a figure's golden file anew, or removes that of one that is gone."""
    if figure in book.computed:
        tables, values = read_all(book.tables(figure))
        write(golden_file(book, figure), dump(keep(tables), values))
    else:
        golden_file(book, figure).unlink()


def make_tables(book):
    """Makes what is stale of the tables."""
    command = [sys.executable, "-m", "snakemake", *map(book.sums, book.computed), "--config", f"book={book.root}"]
    if book.computed and (done := subprocess.run(command, capture_output=True, encoding="utf-8")).returncode:
        raise AuthorError(f"the tables cannot be made:\n{done.stderr}")


def golden(book, renew):
    """Compares all figures, and rewrites the golden files of those that are beyond their tolerances if asked to."""
    make_tables(book)
    tolerances, columns, beyond = Tolerances(folder(book) / "tolerances.yaml"), 0, 0
    for figure in sorted({*book.computed, *(f"{path.parent.name}/{path.stem}" for path in folder(book).glob("*/*.txt"))}):
        changes = compare_figure(book, figure, tolerances)
        found = [str(change) for change in changes if change.beyond]
        columns, beyond = columns + len(changes), beyond + len(found)
        print("\n".join(found) or f"{figure}: {len(changes)} columns as they were")
        if found and renew:
            update(book, figure)
    if not beyond:
        tolerances.check()
    elif not renew:
        raise AuthorError(f"{beyond} of {columns} columns are not as they were; if that is meant: python -m pipeline.golden --update")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="rewrite the golden tables of figures that are beyond their tolerances")
    parser.add_argument("--book", default="book", help="the book's folder (default: book)")
    arguments = parser.parse_args()
    with told_to_author(arguments.book):
        golden(Book(arguments.book), arguments.update)
