"""Compiles the book in one edition."""

from pipeline.contents import check_drafts, check_shown, definitions
from pipeline.step import run
from pipeline.tex import compile_document


def book(book, edition):
    check_shown(book, book.chapters)
    check_drafts(book)
    build(book, edition, book.pdf(edition), book.chapters, f"{book.root} ({edition})")


def build(book, edition, target, chapters, about, **macros):
    """Compiles `chapters` into `target`."""
    figures = f"{book.build}/figures/{edition}/"
    compile_document(book, edition, target, about, definitions(book, edition, chapters), figures=figures, **macros)


if __name__ == "__main__":
    run(book, __doc__, "edition")
