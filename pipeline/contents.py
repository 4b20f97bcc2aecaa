"""Checks that the chapters show each figure that is there, and none that is not; lists them in order of appearance."""

from pipeline.cli import run
from pipeline.errors.author import raise_all
from pipeline.files import write
from pipeline.project.book import Book
from pipeline.project.chapters import drafts, lost, undescribed
from pipeline.records.reads import taken_down


def contents(book: Book) -> None:
    with taken_down(book, book.contents):
        raise_all(lost(book, book.chapters) + drafts(book) + undescribed(book, book.chapters))
        write(
            book.contents, "".join(f"{name}: {book.figures[name].title}\n" for name in book.figures_of(book.chapters))
        )


if __name__ == "__main__":
    run(contents, __doc__)
