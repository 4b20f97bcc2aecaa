"""Lists the figures that the chapters show, in order of appearance; and those that none shows, that are not there, or
that no words describe: what is to be mended."""

from pipeline.checks.mend import keep
from pipeline.cli import run
from pipeline.files import write
from pipeline.project.book import Book
from pipeline.project.chapters import drafts, lost, undescribed
from pipeline.records.reads import taken_down


def contents(book: Book) -> None:
    with taken_down(book, book.contents):
        write(
            book.contents, "".join(f"{name}: {book.figures[name].title}\n" for name in book.figures_of(book.chapters))
        )
        keep(
            book.loose_ends("contents"),
            lost(book, book.chapters) + drafts(book) + undescribed(book, book.chapters),
        )


if __name__ == "__main__":
    run(contents, __doc__)
