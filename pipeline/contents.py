"""Checks that the chapters show each figure that is there, and none that is not; lists them in order of appearance."""

from pipeline.cli import run
from pipeline.errors.author import raise_all
from pipeline.files import write
from pipeline.project.contents import drafts, lost, undescribed


def contents(book):
    raise_all(lost(book, book.chapters) + drafts(book) + undescribed(book, book.chapters))
    lines = [f"{name}: {book.figures[name].title}\n" for chapter in book.chapters for name, _ in book.shown(chapter)]
    write(f"{book.build}/contents.txt", "".join(lines))


if __name__ == "__main__":
    run(contents, __doc__)
