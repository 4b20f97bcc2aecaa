"""What a book may say of its own making: numbers of figures, tables and trained nets, and versions.

They are the same in each build of the same sources; what took how long, is not.
"""

import json
import pickle
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from math import prod
from pathlib import Path
from typing import Any

from pipeline import dat
from pipeline.project.book import Book
from pipeline.records.record import computed_by
from pipeline.records.versions import tex, versions

ASKS = "buildfact"  # the command
FACTS = "figures", "computed", "drawn", "tables", "numbers", "values", "models", "weights", "epochs"


def asked(book: Book, chapters: Sequence[str]) -> bool:
    return book.reading.calls(chapters, ASKS)


def models_of(book: Book, names: Sequence[str]) -> list[str]:
    """Names of the models that figures ask for, and of those that these ask for."""
    return book.in_order(dict.fromkeys(model for name in names for model in book.asked(name)))


def counted(book: Book, chapters: Sequence[str]) -> list[str]:
    """The files that facts are taken from; nothing where no text asks for any."""
    if not asked(book, chapters):
        return []
    names = book.valued(chapters)
    return [*map(book.sums, names), *map(book.model, models_of(book, names))]


def made_with(book: Book, chapters: Sequence[str]) -> dict[str, str]:
    """{package, or part of TeX: version} of what the figures of these chapters are made with, where it is asked for."""
    if not asked(book, chapters):
        return {}
    names = book.valued(chapters)
    files = {file for name in names for file in computed_by(book, name)}
    files |= {file for model in models_of(book, names) for file in book.sources(book.models[model])}
    return versions(files) | tex()


def facts(book: Book, chapters: Sequence[str]) -> dict[str, int | str]:
    """{fact: its number or word}"""
    names, shown = book.valued(chapters), book.figures_of(chapters)
    files = [path for name in names for path in sorted(Path(book.tables(name)).glob("*.dat"))]
    read = [dat.read(file) for file in files]
    nets = [contents(book.model(model)) for model in models_of(book, names)]
    found = [
        len(shown),
        len({*shown} & {*book.computed}),
        len({*shown} - {*book.computed}),
        len(files),
        sum(len(table.rows) * len(table.names) for table in read),
        sum(sum(1 for _ in leaves(json.loads(Path(book.values(name)).read_text(encoding="utf-8")))) for name in names),
        len(nets),
        sum(prod(size) for net in nets for size in net["net"].values() if isinstance(size, tuple)),
        sum(max(map(len, net["history"].values()), default=0) for net in nets),
    ]
    return dict(zip(FACTS, found, strict=True)) | made_with(book, chapters)


def leaves(value: Any) -> Iterator[Any]:
    """What is in lists and tables, down to what is neither."""
    if isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from leaves(inner)
    else:
        yield value


class Sizes(pickle.Unpickler):
    """Reads what torch has saved without torch: a tensor is its size. Nothing that a file names is called."""

    def persistent_load(self, pid: Any) -> None:
        return None

    def find_class(self, module: str, name: str) -> Any:
        return (lambda storage, offset, size, *_: tuple(size)) if name.startswith("_rebuild_tensor") else nothing


def nothing(*_: object) -> Any:
    return Nothing()


class Nothing(dict[Any, Any]):
    """What is of no interest, such as an ordered dict's items, which are set one by one."""


def contents(model: str | Path) -> Any:
    """A model's file, as models.save() wrote it, with sizes instead of tensors."""
    with zipfile.ZipFile(model) as archive:
        file = next(name for name in archive.namelist() if name.endswith("/data.pkl"))
        return Sizes(BytesIO(archive.read(file))).load()
