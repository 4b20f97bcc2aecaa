"""Lists the figures that the texts name, in order of appearance.

It also finds what is to be mended there: figures that no text names, chapters that book.tex or book.yaml leave out.
"""

from pipeline.checks.mend import keep
from pipeline.cli import run
from pipeline.files import write
from pipeline.project.book import Book
from pipeline.project.chapters import loose


def contents(book: Book) -> None:
    for text in book.reading.scrambled():
        text.read_text(encoding="utf-8")  # stops here, before TeX stumbles over it
    write(
        book.contents,
        "".join(f"{name}: {book.plain(book.figures[name].title)}\n" for name in book.figures_of(book.chapters)),
    )
    keep(book.loose_ends("contents"), loose(book))


if __name__ == "__main__":
    run(contents, __doc__)
