"""Renders one figure's template into TikZ.

There is one source for all editions, since colours arrive when TeX runs.
"""

from pipeline.cli import run
from pipeline.files import write
from pipeline.project.book import Book
from pipeline.records.reads import taken_down
from pipeline.records.record import merge, of_picture
from pipeline.records.sidecar import keep
from pipeline.templating.environment import lines
from pipeline.templating.pictures import source_of


def picture(book: Book, name: str) -> None:
    figure = book.find(name)
    record = of_picture(book, name, {})
    with taken_down(book, book.picture(name)) as reads:
        source = source_of(book, figure)
    write(book.lines(name), lines(book, figure, source))
    write(book.picture(name), source)
    keep(book.picture(name), merge(record, {"sources": reads.sources}))


if __name__ == "__main__":
    run(picture, __doc__, "figure")
