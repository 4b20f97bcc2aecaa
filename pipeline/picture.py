"""Renders one figure's template into TikZ: one source for all editions, since colours arrive when TeX runs."""

from functools import partial

from pipeline.cli import run
from pipeline.files import within, write
from pipeline.plots import limits
from pipeline.records.record import of_picture
from pipeline.records.sidecar import keep
from pipeline.templating.environment import lines, render, templates_of


def picture(book, name):
    figure = book.find(name)
    record, source = of_picture(book, name, templates_of(book, figure)), render(book, figure)
    limits.check(source, figure.template, partial(within, folders=[book.root, book.tables(name)]))
    write(book.lines(name), lines(book, figure, source))
    write(book.picture(name), source)
    keep(book.picture(name), record)


if __name__ == "__main__":
    run(picture, __doc__, "figure")
