"""Compiles the book in one edition."""

from pipeline.contents import definitions, drafts, lost
from pipeline.errors import raise_all
from pipeline.step import run
from pipeline.tex import compile_document


def book(book, edition):
    raise_all(lost(book, book.chapters) + drafts(book))
    build(book, edition, book.pdf(edition), book.chapters, book.root / "book.tex")


def build(book, edition, target, chapters, about, **macros):
    """Compiles `chapters` into `target`."""
    figures = f"{book.build}/figures/{edition}"
    compile_document(book, edition, target, about, definitions(book, edition, chapters), figures, **macros)


if __name__ == "__main__":
    run(book, __doc__, "edition")
