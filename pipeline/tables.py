"""Computes one figure: asks for the trained models by name, calls tables(), writes what it returns."""

import hashlib
import sys
from difflib import get_close_matches

import numpy as np

from pipeline.errors import AuthorError
from pipeline.files import whole_folder
from pipeline.record import keep, of_tables
from pipeline.step import run
from pipeline.table import Table, Values


def trained(book, figure):
    """{parameter: trained model} that a figure's tables() asks for."""
    asked = figure.models
    for parameter, name in asked.items():
        if name not in book.models:
            near = get_close_matches(name, book.models, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            line = figure.function("tables").lineno
            raise AuthorError(f"{figure.module}:{line}: tables() asks for '{parameter}', but there is no model '{name}'{hint}")
    if not asked:
        return {}
    from pipeline import model  # only who asks for a model pays for torch

    return {p: model.load(book.model(name), book.load(book.models[name]).build) for p, name in asked.items()}


def seed_generators(seed):
    np.random.seed(seed)
    if "torch" in sys.modules:  # the figure's module imported it
        from pipeline import model

        model.repeatable()
        sys.modules["torch"].manual_seed(seed)


def compute(book, figure):
    """({name: table}, values) of a figure, checked."""
    models = trained(book, figure)
    module = book.load(figure.module)
    seed_generators(book.seed(figure.name))
    if not hasattr(module, "tables"):
        raise AuthorError(f"{figure.module}:1: there is no function tables()")
    results = module.tables(**models)
    values = Values()
    for name, result in results.items():
        where = f"{figure.module}: table '{name}'"
        if not isinstance(result, Table | Values):
            raise AuthorError(f"{where} is a {type(result).__name__}, not a table of pipeline.table")
        result.check(where)
        if isinstance(result, Values):
            values |= result
    return {n: r for n, r in results.items() if isinstance(r, Table)}, Values(**values)


def tables(book, name):
    figure, record = book.find(name), of_tables(book, name)
    results, values = compute(book, figure)
    with whole_folder(book.tables(name)) as folder:
        for table, result in results.items():
            (folder / f"{table}.dat").write_text(result.dump())
        (folder / "values.json").write_text(values.dump())
        sums = [f"{hashlib.sha256(f.read_bytes()).hexdigest()}  {f.name}\n" for f in sorted(folder.iterdir())]
        (folder / "SHA256SUMS").write_text("".join(sums))
    keep(book.tables(name), record)


if __name__ == "__main__":
    run(tables, __doc__, "name")
