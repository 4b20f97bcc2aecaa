"""Fails while anything in an edition, or in a talk, is to be mended, and says what.

Such are overfull boxes, undefined references, broken promises.
"""

from pathlib import Path

from pipeline.checks.mend import to_mend
from pipeline.cli import run
from pipeline.errors.author import raise_all
from pipeline.files import remove, write
from pipeline.project.book import Book
from pipeline.project.slides import at


def mend(book: Book, edition: str, slides: str | None = None) -> None:
    name = at(edition, slides) if slides else edition
    remove(Path(book.mended(name)))
    found = to_mend(book, [], talks=[(slides, edition)]) if slides else to_mend(book, [edition])
    for error in found:
        error.rows = {"book": "", **error.rows}  # they say what they concern
    raise_all(found)
    write(book.mended(name), "nothing\n")


if __name__ == "__main__":
    run(mend, __doc__, "edition", "slides")
