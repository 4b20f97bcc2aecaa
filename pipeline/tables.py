"""Computes one figure: gives tables() its models, and writes what it returns."""

import ast
import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import seeds
from pipeline.cli import run
from pipeline.errors.author import AuthorError
from pipeline.files import whole_folder
from pipeline.project.book import Book
from pipeline.project.figures import Figure
from pipeline.project.modules import place, tree_of
from pipeline.project.names import NAME, proper
from pipeline.records.reads import taken_down
from pipeline.records.record import computed_by, merge, of_tables
from pipeline.records.sidecar import keep
from pipeline.table import Table, Values
from pipeline.table.labels import faults

if TYPE_CHECKING:
    from pipeline.models import Trained


def place_of(module: Path, table: str) -> str:
    """'file:line' of a table's name in tables() or, where it is made of parts, of tables()."""
    bodies = [node for node in tree_of(module).body if isinstance(node, ast.FunctionDef) and node.name == "tables"]
    nodes = [node for body in bodies for node in ast.walk(body)]
    lines = [node.lineno for node in nodes if isinstance(node, ast.Constant) and node.value == table]
    return f"{module}:{lines[0]}" if lines else place(module, "tables")


def check_labels(book: Book, figure: Figure, table: Table, where: str) -> None:
    """Raises an AuthorError for what is no TeX in a table's labels, told where they are written, if that is known."""
    for label in table.labels.values():
        if isinstance(label, str) and (found := next(faults(label), None)):
            raise AuthorError(f"{book.written_at(figure, label) or where}: the label '{label}': {found[0]}", found[1])


def trained(book: Book, figure: Figure) -> dict[str, "Trained"]:
    """{parameter: trained model} that a figure's tables() asks for."""
    if not figure.models:
        return {}
    from pipeline import models  # only who asks for a model pays for torch

    return models.ask(book, figure.models, f"{place(figure.code, 'tables')}: tables()")


def settle(seed: int) -> None:
    """Leaves nothing to chance of what follows."""
    seeds.begin(seed)
    if "torch" in sys.modules:  # the figure's module imported it
        from pipeline import models

        models.repeatable()


def compute(book: Book, figure: Figure) -> tuple[dict[str, Table], Values]:
    """({name: table}, values) of a figure, checked."""
    models = trained(book, figure)
    module = book.load(figure.code)
    settle(book.seed(figure.name))
    if not hasattr(module, "tables"):
        raise AuthorError(f"{figure.code}:1: there is no function tables()", "it returns the figure's tables by name")
    results = module.tables(**models)
    if not isinstance(results, dict):
        what = "nothing" if results is None else f"a {type(results).__name__}"
        raise AuthorError(
            f"{place(figure.code, 'tables')}: tables() returns {what}",
            "return a dict, tables by name",
        )
    values = Values()
    for name, result in results.items():
        where = f"{place_of(figure.code, name)}: table '{name}'"
        if not isinstance(result, Table | Values):
            raise AuthorError(
                f"{where} is a {type(result).__name__}",
                "pipeline.table has Points, Curve, Path2D, Field, …, and Values",
            )
        if not NAME.fullmatch(name):
            raise AuthorError(
                f"{where}: a table is a file, and its name lower-case words joined by dashes", f"'{proper(name)}'"
            )
        result.check(where)
        for note in result.notes() if isinstance(result, Table) else ():
            print(f"note: {where}: {note}")
        if isinstance(result, Values):
            values |= result
        else:
            check_labels(book, figure, result, where)
    return {n: r for n, r in results.items() if isinstance(r, Table)}, Values(**values)


def tables(book: Book, name: str) -> None:
    figure, record = book.find_computed(name), of_tables(book, name, {})
    with taken_down(book, book.tables(name), computed_by(book, name)) as reads:
        results, values = compute(book, figure)
    columns = [column for result in results.values() for column in result.columns.values()]
    with whole_folder(book.tables(name)) as folder:
        for table, result in results.items():
            (folder / f"{table}.dat").write_text(result.dump(columns), encoding="utf-8")
        (folder / "values.json").write_text(values.dump(), encoding="utf-8")
        sums = [f"{hashlib.sha256(f.read_bytes()).hexdigest()}  {f.name}\n" for f in sorted(folder.iterdir())]
        (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    keep(book.tables(name), merge(record, {"sources": reads.sources}))


if __name__ == "__main__":
    run(tables, __doc__, "figure")
