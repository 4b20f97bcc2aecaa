"""Compiles one chapter as a PDF of its own, in one edition."""

from pipeline.book import build
from pipeline.contents import lost
from pipeline.errors import AuthorError, raise_all
from pipeline.hints import nearest
from pipeline.step import run


def chapter(book, name, edition):
    if name not in book.chapters:
        raise AuthorError(f"there is no chapter '{name}' in {book.root}/book.yaml", nearest(name, book.chapters))
    raise_all(lost(book, [name]))
    before = book.chapters.index(name)  # so that its number is the book's
    build(book, edition, book.chapter(edition, name), [name], book.chapter_file(name), chaptersbefore=before)


if __name__ == "__main__":
    run(chapter, __doc__, "chapter", "edition")
