"""Compares what the figures compute with what they computed when last looked at.

That is kept in golden tables. Each column is compared, in units of its spread. It may differ as much as
tolerances.yaml says, which lies beside the golden tables, or else as much as rounding explains. What is within its
tolerance is never rewritten, so that golden tables do not drift from machine to machine.
"""

import math
import subprocess
import sys
from pathlib import Path
from typing import Any

from pipeline.cli import print_json, run
from pipeline.errors.author import AuthorError
from pipeline.files import write
from pipeline.project.book import Book
from pipeline.regression.comparing import Change, Tolerances, compare, dump, load
from pipeline.regression.thinning import keep
from pipeline.table import read_all


def folder(book: Book) -> Path:
    """The golden tables lie in the book: expected/<chapter>/<figure>.txt."""
    return book.root / "expected"


def golden_file(book: Book, figure: str) -> Path:
    return folder(book) / f"{figure}.txt"


def compare_figure(book: Book, figure: str, tolerances: Tolerances) -> list[Change]:
    """How a figure's tables differ from its golden file."""
    path = golden_file(book, figure)
    if not path.is_file() or figure not in book.computed:
        return [Change(figure, "the figure is gone" if path.is_file() else f"there is no {path}")]
    golden, (tables, values) = load(path), read_all(book.tables(figure))
    return compare(figure, golden, (keep(tables, golden[0]), values), tolerances)


def update(book: Book, figure: str) -> str:
    """Writes a figure's golden file anew, or removes it where the figure is gone; says which."""
    path = golden_file(book, figure)
    if figure not in book.computed:
        path.unlink()
        return f"{figure}: removed {path}"
    tables, values = read_all(book.tables(figure))
    write(path, dump(keep(tables), values))
    return f"{figure}: wrote {path}"


def make_tables(book: Book) -> None:
    """Builds the tables that are not current."""
    command = [sys.executable, "-m", "snakemake", *map(book.sums, book.computed), "--config", f"book={book.root}"]
    if book.computed and (done := subprocess.run(command, capture_output=True, encoding="utf-8")).returncode:
        raise AuthorError(f"the tables cannot be made:\n{done.stderr}")


def record(change: Change) -> dict[str, Any]:
    """A Change for JSON; what has no amount, such as a table that is new, has none there."""
    amount = {"by": change.far, "allowed": change.allowed} if math.isfinite(change.far) else {}
    return {"column": change.column, "what": change.what, "by": None, "allowed": None} | amount


def golden(book: Book, renew: bool = False, as_json: bool = False) -> None:
    """Compares all figures. Raises an AuthorError where one is beyond its tolerances.

    renew : whether the golden files of such figures are rewritten instead.
    """
    make_tables(book)
    tolerances, columns, beyond, figures = Tolerances(folder(book) / "tolerances.yaml"), 0, 0, list[dict[str, Any]]()
    kept = {str(path.relative_to(folder(book)).with_suffix("")) for path in folder(book).glob("*/**/*.txt")}
    new = {*book.computed} - kept
    for figure in sorted(kept.union(book.computed)):
        changes = compare_figure(book, figure, tolerances)
        found = [change for change in changes if change.beyond]
        if figure not in new:
            columns, beyond = columns + len(changes), beyond + len(found)
        figures.append({"name": figure, "columns": len(changes), "beyond": list(map(record, found))})
        said = [] if figure in new and renew else [*map(str, found)]
        said += [update(book, figure)] if found and renew else []
        if not as_json:
            print(*said or [f"{figure}: {len(changes)} columns as they were"], sep="\n")
    if as_json:
        print_json({"same": not beyond and not new, "renewed": renew and bool(beyond or new), "figures": figures})
    if not beyond and not new:
        tolerances.check()
    elif not renew:
        raise AuthorError(*differing(beyond, columns, len(new)))


def differing(beyond: int, columns: int, new: int) -> tuple[str, str]:
    """(what is said where columns differ, or figures have no golden file, what to try)."""
    faults = [f"{beyond} of {columns} columns are not as they were"] * bool(beyond)
    faults += [f"{new} figure{'s have' if new > 1 else ' has'} no golden tables yet"] * bool(new)
    command = "python -m pipeline.golden --update"
    return "; ".join(faults), f"{command}, where that is meant" if beyond else f"{command} writes them"


if __name__ == "__main__":
    run(golden, __doc__, "json", "update")
