"""What a figure's module computes: its models, asked for by name, and its tables and values, checked and written."""

import ast
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import seeds
from pipeline.errors.author import AuthorError
from pipeline.project.book import Book
from pipeline.project.figures import Figure
from pipeline.project.modules import place, tree_of
from pipeline.project.names import NAME, proper
from pipeline.table import Table, Values
from pipeline.table.labels import faults

if TYPE_CHECKING:
    from pipeline.models import Trained

Computed = tuple[dict[str, Table], Values]  # ({name: table}, values)


def place_of(module: Path, function: str, table: str) -> str:
    """'file:line' of a table's name in a function or, where it is made of parts, of the function."""
    bodies = [node for node in tree_of(module).body if isinstance(node, ast.FunctionDef) and node.name == function]
    nodes = [node for body in bodies for node in ast.walk(body)]
    lines = [node.lineno for node in nodes if isinstance(node, ast.Constant) and node.value == table]
    return f"{module}:{lines[0]}" if lines else place(module, function)


def check_labels(book: Book, figure: Figure, table: Table, where: str) -> None:
    """Raises an AuthorError for what is no TeX in a table's labels, told where they are written, if that is known."""
    for label in table.labels.values():
        if isinstance(label, str) and (found := next(faults(label), None)):
            raise AuthorError(f"{book.written_at(figure, label) or where}: the label '{label}': {found[0]}", found[1])


def trained(book: Book, figure: Figure, function: str) -> dict[str, "Trained"]:
    """{parameter: trained model} that a function of a figure's module asks for."""
    if not (asked := figure.asked(function)):
        return {}
    from pipeline import models  # only who asks for a model pays for torch

    return models.ask(book, asked, f"{place(figure.code, function)}: {function}()")


def settle(seed: int) -> None:
    """Leaves nothing to chance of what follows."""
    seeds.begin(seed)
    if "torch" in sys.modules:  # the figure's module imported it
        from pipeline import models

        models.repeatable()


def called(book: Book, figure: Figure, function: str, gives: str) -> Any:
    """What a function of a figure's module returns for its models; gives : what that is, in words."""
    models = trained(book, figure, function)
    module = book.load(figure.code)
    settle(book.seed(figure.name))
    if not hasattr(module, function):
        raise AuthorError(f"{figure.code}:1: there is no function {function}()", gives)
    return getattr(module, function)(**models)


def checked(book: Book, figure: Figure, results: object, function: str, about: str = "") -> Computed:
    """What a function has computed, apart. about : which of many this is, in words, if so.

    Raises an AuthorError for what is no table or none that can be written.
    """
    if not isinstance(results, dict):
        what = "nothing" if results is None else f"a {type(results).__name__}"
        verb = "yields" if about else "returns"
        raise AuthorError(
            f"{place(figure.code, function)}: {function}() {verb} {what}{about}", f"{verb[:-1]} a dict, tables by name"
        )
    values = Values()
    for name, result in results.items():
        where = f"{place_of(figure.code, function, name)}: table '{name}'{about}"
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


def written(folder: Path, computed: Computed) -> None:
    """Writes tables and values into a folder, a file each."""
    results, values = computed
    columns = [column for result in results.values() for column in result.columns.values()]
    for table, result in results.items():
        (folder / f"{table}.dat").write_text(result.dump(columns), encoding="utf-8")
    (folder / "values.json").write_text(values.dump(), encoding="utf-8")


def sums(folder: Path) -> Iterator[str]:
    """A line a file below a folder: its checksum and its name."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(folder)}\n"
