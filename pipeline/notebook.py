"""Writes and runs a chapter's notebook: figures, their code, and what that draws.

build/notebooks/ holds them; a reader opens them in Jupyter.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from pipeline import cells
from pipeline.cli import run
from pipeline.errors.author import AuthorError, UsageError
from pipeline.errors.hints import nearest
from pipeline.files import whole
from pipeline.project.book import Book

if TYPE_CHECKING:
    from nbformat import NotebookNode

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
ANSI = re.compile(r"\x1b\[[\d;]*m")


def document(book: Book, chapter: str) -> "NotebookNode":
    """The notebook, not yet run; equal sources give equal bytes."""
    from nbformat import v4  # these packages take half a second, and no other step needs them

    made = v4.new_notebook(metadata={"kernelspec": KERNEL})
    for number, cell in enumerate(cells.cells(book, chapter), 1):
        new = v4.new_code_cell if cell.kind == "code" else v4.new_markdown_cell
        made.cells.append(new(cell.source, id=f"cell-{number}"))
    return made


@contextmanager
def kernel() -> Iterator[Any]:
    """A manager of the kernel that runs in this Python, whatever the user's own Jupyter is told to do."""
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    with TemporaryDirectory() as room:
        own = {"JUPYTER_RUNTIME_DIR": room, "IPYTHONDIR": room, "PYTHONPATH": os.getcwd()}
        os.environ.update(own | {"PYDEVD_DISABLE_FILE_VALIDATION": "1"})
        manager = AsyncKernelManager(kernel_spec_manager=KernelSpecManager(kernel_dirs=[]))
        manager.transport, manager.ip = "ipc", f"{room}/kernel"
        yield manager


def execute(book: Book, made: "NotebookNode") -> None:
    """Runs all cells. Raises an AuthorError for the first that fails."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    with kernel() as manager:
        client = NotebookClient(made, km=manager, timeout=None, record_timing=False, resources=at(Path.cwd()))
        client.owns_km, client.shutdown_kernel = True, "immediate"  # nothing that it holds is to be kept
        try:
            client.execute()
        except CellExecutionError:
            raise failed(made, book) from None
    made.metadata.pop("language_info", None)


def at(folder: Path) -> dict[str, Any]:
    """What nbclient wants to be told of the folder in which a kernel runs."""
    return {"metadata": {"path": str(folder)}}


def failed(made: "NotebookNode", book: Book) -> AuthorError:
    """What tells of the cell that failed: the last place in the book, the error, and its traceback as a log."""
    cell, error = next((c, o) for c in made.cells for o in c.get("outputs", ()) if o.output_type == "error")
    log = ANSI.sub("", "\n".join(error.traceback))
    places = re.findall(rf"File \S*?({re.escape(str(book.root))}/\S+?\.py:\d+)", log)
    where = places[-1] if places else f"the cell {cell.source.splitlines()[0]!r}"
    return AuthorError(f"{where}: {error.ename}: {error.evalue}", log=f"{log}\n")


def notebook(book: Book, name: str) -> None:
    """Makes the notebook of a chapter."""
    from nbformat import validate, writes

    if name not in book.chapters:
        raise UsageError(f"there is no chapter '{name}' in {book.root}/book.yaml", nearest(name, book.chapters))
    made = document(book, name)
    execute(book, made)
    validate(made)
    with whole(book.notebook(name)) as aside:
        aside.write_text(writes(made) + "\n", encoding="utf-8")


if __name__ == "__main__":
    run(notebook, __doc__, "chapter")
