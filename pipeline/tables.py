"""Computes one figure: gives tables() its models, and writes what it returns."""

from pipeline.cli import run
from pipeline.computing import Computed, called, checked, sums, written
from pipeline.files import whole_folder
from pipeline.project.book import Book
from pipeline.project.figures import Figure
from pipeline.records.reads import taken_down
from pipeline.records.record import computed_by, merge, of_tables
from pipeline.records.sidecar import keep


def compute(book: Book, figure: Figure) -> Computed:
    """({name: table}, values) of a figure, checked."""
    results = called(book, figure, "tables", "it returns the figure's tables by name")
    return checked(book, figure, results, "tables")


def tables(book: Book, name: str) -> None:
    figure, record = book.find_computed(name), of_tables(book, name, {})
    with taken_down(book, book.tables(name), computed_by(book, name)) as reads:
        computed = compute(book, figure)
    with whole_folder(book.tables(name)) as folder:
        written(folder, computed)
        lines = [*sums(folder)]
        (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
    keep(book.tables(name), merge(record, {"sources": reads.sources}))


if __name__ == "__main__":
    run(tables, __doc__, "figure")
