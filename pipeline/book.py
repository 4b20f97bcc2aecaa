"""Compiles the book in one edition."""

from pipeline.cli import run
from pipeline.errors.author import raise_all
from pipeline.project.book import Book
from pipeline.project.chapters import drafts, lost
from pipeline.records.reads import taken_down
from pipeline.tex.compile import compile_document


def book(book: Book, edition: str) -> None:
    with taken_down(book, book.pdf(edition)):
        raise_all(lost(book, book.chapters) + drafts(book))
        compile_document(book, edition, book.pdf(edition), book.chapters, str(book.root / "book.tex"))


if __name__ == "__main__":
    run(book, __doc__, "edition")
