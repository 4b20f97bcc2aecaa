"""What a book's notebook calls: `%%module` runs a cell as one of the book's files, `Figures` draws what that computes.

The stages themselves do the work, in a build folder of the notebook's own: what is drawn is what the build draws, and
nothing that is tried out reaches the book.
"""

import ast
import linecache
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TextIO

from IPython import get_ipython
from IPython.display import Image
from matplotlib import pyplot

from pipeline import cells, preview, seeds, tables, train
from pipeline.errors.author import UsageError
from pipeline.errors.hints import nearest
from pipeline.models import Trained, trained
from pipeline.project.book import Book
from pipeline.project.environ import settle
from pipeline.project.modules import tree_of, without_docstrings
from pipeline.records import sidecar
from pipeline.records.differences import models_today
from pipeline.records.record import trained_by
from pipeline.table import Table, read_all

if TYPE_CHECKING:
    from types import ModuleType

TOP = Path(__file__).parents[1]
DENSITY = 96 / 150  # a page's pixels to an inch, and those of a preview


class Cell:
    """A cell's standard error, which shows progress as a terminal does: what is rewritten stands on one line."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def isatty(self) -> bool:
        return True


class Figures:
    """A book's figures: show(name) draws one, tables(name) are what it is drawn from, model(name) is a trained model.

    book : the book's folder, seen from the project's, into which this changes.
    """

    def __init__(self, book: str | Path = "book") -> None:
        os.chdir(TOP)
        settle()
        self.book, self.own, self.room = Book(book), Book(book), TemporaryDirectory()
        self.own.build = Path(self.room.name)
        self.edited: dict[str, str] = {}  # {file: the code of a cell that does something else}
        self.made: dict[str, dict[str, str]] = {}  # {model: what was edited of its code}
        self.said: set[str] = set()
        if shell := get_ipython():
            shell.register_magic_function(self.module, "cell")

    def module(self, line: str, cell: str) -> None:
        """Runs a cell as a file of the book, in place of what it was, for all that import it from now on."""
        self.book.package()
        name = line.strip()
        if not name.startswith("book.") or not (spec := find_spec(name)) or not spec.origin:
            raise UsageError(f"%%module {name}: the book has no such file")
        path = self.book.root / Path(spec.origin).relative_to(self.book.root.resolve())
        linecache.cache[spec.origin] = len(cell), None, cell.splitlines(keepends=True), spec.origin
        code = compile(cell, spec.origin, "exec")
        self.note(str(path), cell)
        above, _, own = name.rpartition(".")
        module: ModuleType = sys.modules.get(name) or module_from_spec(spec)
        with seeds.seeded(self.book.seed(str(path.relative_to(self.book.root)))):
            sys.modules[name] = module
            exec(code, vars(module))
        __import__(above)
        setattr(sys.modules[above], own, module)

    def note(self, path: str, cell: str) -> None:
        """Remembers whether a cell does something else than its file."""
        trees = (without_docstrings(tree) for tree in (ast.parse(cell), tree_of(path)))
        ours, files = map(ast.dump, trees)
        self.edited.pop(path, None)
        if ours != files:
            self.edited[path] = ours

    def model(self, name: str) -> Trained:
        """A trained model: the build's where that is current and no cell has edited it, else it is trained here."""
        if name not in self.book.models:
            raise UsageError(f"there is no model '{name}'", nearest(name, self.book.models))
        self.prepare([name])
        return trained(self.own, name)

    def prepare(self, names: list[str]) -> None:
        """Has these models, and all that they ask for, in the notebook's own build folder."""
        for name in self.own.in_order(names):
            needed = {path for each in self.own.in_order([name]) for path in trained_by(self.book, each)}
            edited = {path: code for path, code in self.edited.items() if path in needed}
            if self.made.get(name) == edited:
                continue
            if edited or not current(self.book, name):
                with progress():
                    train.train(self.own, name)
            else:
                link(self.book.model(name), self.own.model(name))
                link(sidecar.beside(self.book.model(name)), sidecar.beside(self.own.model(name)))
            self.made[name] = edited

    def tables(self, name: str) -> dict[str, Table | dict[str, Any]]:
        """A figure's tables, and "values", computed by its module as the cells have it."""
        self.prepare(self.book.asked(self.book.find_computed(name).name))
        tables.tables(self.own, name)
        found, values = read_all(self.own.tables(name))
        return found | {"values": values}

    def show(self, name: str, edition: str | None = None) -> Image:
        """Computes a figure and draws it as its preview, in an edition's colours: a light one's if none is named."""
        edition = edition or cells.edition(self.book)
        self.book.edition(edition)
        self.tables(name)
        figure, target = self.own.find(name), Path(self.own.preview(edition, name))
        target.parent.mkdir(parents=True, exist_ok=True)
        with warnings.catch_warnings(action="ignore"):  # the build's log has them
            notes = preview.draw(self.own, figure, edition, target)
        for note in notes:
            if note not in self.said:
                self.said.add(note)
                print(f"note: {figure.module}: {note}")
        pyplot.close("all")
        width = round(int.from_bytes(target.read_bytes()[16:20], "big") * DENSITY)  # of a PNG's first chunk
        return Image(target.read_bytes(), width=width, alt=figure.alt)


def current(book: Book, name: str) -> bool:
    """Whether a model is there, as the build has trained it from what its files are today."""
    kept = sidecar.read(book.model(name)).get("record") if Path(book.model(name)).is_file() else None
    return kept is not None and kept == models_today(book, [name])[name]


def link(file: str | Path, target: str | Path) -> None:
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).unlink(missing_ok=True)
    os.symlink(Path(file).resolve(), target)


@contextmanager
def progress() -> Iterator[None]:
    """In such a block trainings show below the cell how far they are."""
    with redirect_stderr(Cell(sys.stderr)):
        yield
