"""Compiles one chapter as a PDF of its own, in one edition."""

from typing import Any

from pipeline.checks.mend import keep
from pipeline.cli import run
from pipeline.errors.author import UsageError
from pipeline.errors.hints import nearest
from pipeline.project.book import Book
from pipeline.project.quoting import elsewhere
from pipeline.records.reads import taken_down
from pipeline.tex.compile import compile_document


def chapter(book: Book, name: str, edition: str) -> None:
    if name not in book.chapters:
        raise UsageError(f"there is no chapter '{name}' in {book.root}/book.yaml", nearest(name, book.chapters))
    if unnumbered := [label for label, entry in elsewhere(book, edition, name).items() if not entry]:
        print(f"note: {book.chapter_file(name)}: no number is known of {', '.join(unnumbered)}: build the book for it")
    count, appendix = book.reading.numbers()[name]  # so that its number is the book's
    style: dict[str, Any] = {"inappendix": ""} if appendix else {}
    with taken_down(book, book.chapter(edition, name)):
        found = compile_document(
            book,
            edition,
            book.chapter(edition, name),
            [name],
            str(book.chapter_file(name)),
            lines_from=book.places(f"{edition}/{name}"),
            chaptersbefore=str(count),
            **style,
        )
        keep(book.loose_ends(f"{edition}/{name}"), found)


if __name__ == "__main__":
    run(chapter, __doc__, "chapter", "edition")
