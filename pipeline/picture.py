"""Renders one figure's template into TikZ.

There is one source for all editions, since colours arrive when TeX runs.
"""

from functools import partial

from pipeline.cli import run
from pipeline.files import within, write
from pipeline.plots import bars, limits, named, offsets
from pipeline.project.book import Book
from pipeline.records.reads import taken_down
from pipeline.records.record import merge, of_picture
from pipeline.records.sidecar import keep
from pipeline.templating.environment import lines, render


def picture(book: Book, name: str) -> None:
    figure = book.find(name)
    record = of_picture(book, name, {})
    with taken_down(book, book.picture(name)) as reads:
        readable = partial(within, folders=[book.root, book.tables(name)])
        source = render(book, figure)
        source = bars.barred(source, readable, str(figure.template))
        source = named.named(
            source, readable, str(figure.template), named.Speech(book.config["language"], book.decimal)
        )
        source = offsets.counted(source, readable)
        limits.check(source, str(figure.template), readable)
    write(book.lines(name), lines(book, figure, source))
    write(book.picture(name), source)
    keep(book.picture(name), merge(record, {"sources": reads.sources}))


if __name__ == "__main__":
    run(picture, __doc__, "figure")
