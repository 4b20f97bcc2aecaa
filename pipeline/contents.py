"""Lists the figures that the texts name, in order of appearance; and what is to be mended: figures that none names,
chapters that book.tex leaves out."""

from pipeline.checks.mend import keep
from pipeline.cli import run
from pipeline.files import write
from pipeline.project.book import Book
from pipeline.project.chapters import drafts, unread
from pipeline.records.reads import taken_down


def contents(book: Book) -> None:
    with taken_down(book, book.contents):
        for text in {text for text, _ in book.reading.all(book.chapters)}:
            text.read_text(encoding="utf-8")  # what is not in UTF-8 stops here, before TeX stumbles over it
        write(
            book.contents, "".join(f"{name}: {book.figures[name].title}\n" for name in book.figures_of(book.chapters))
        )
        keep(book.loose_ends("contents"), drafts(book) + unread(book))


if __name__ == "__main__":
    run(contents, __doc__)
