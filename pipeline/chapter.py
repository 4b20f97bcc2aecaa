"""Compiles one chapter as a PDF of its own, in one edition."""

from pipeline.book import build
from pipeline.contents import check_shown
from pipeline.step import run


def chapter(book, name, edition):
    check_shown(book, [name])
    before = book.chapters.index(name)  # so that its number is the book's
    build(book, edition, book.chapter(edition, name), [name], f"{book.root / name}/chapter.tex ({edition})", chaptersbefore=before)


if __name__ == "__main__":
    run(chapter, __doc__, "name", "edition")
