"""Compiles the book in one edition."""

from pipeline.checks.mend import keep
from pipeline.cli import run
from pipeline.project.book import Book
from pipeline.records.reads import taken_down
from pipeline.tex.compile import compile_document


def book(book: Book, edition: str) -> None:
    with taken_down(book, book.pdf(edition)):
        about, labels = str(book.root / "book.tex"), book.labels(edition)
        found = compile_document(book, edition, book.pdf(edition), book.chapters, about, labels, book.places(edition))
        keep(book.loose_ends(edition), found)


if __name__ == "__main__":
    run(book, __doc__, "edition")
