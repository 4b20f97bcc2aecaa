"""Compiles one figure's picture in one edition, at its final size."""

from pathlib import Path

from pipeline.cli import run
from pipeline.records.digest import named
from pipeline.records.git import circumstances
from pipeline.records.record import drawn_with, of_figure
from pipeline.records.sidecar import in_pdf, keep, read
from pipeline.tex.compile import compile_picture
from pipeline.tex.formats import usable


def figure(book, name, edition):
    figure, target = book.find(name), book.figure(edition, name)
    record = of_figure(book, edition, name)
    shown = {"figurerecord": in_pdf(record)} if book.edition(edition).provenance == "shown" else {}
    style = {named(book, path): Path(path).read_text(encoding="utf-8") for path in drawn_with(book, edition)}
    tables = [book.tables(name)] if figure.module else []
    compile_picture(book, edition, book.picture(name), target, figure.template, *tables, preloaded=usable(book, edition), **shown)
    seconds = {model: read(book.model(model)).get("made", {}).get("seconds") for model in book.asked(name)}
    keep(target, record, made=circumstances(book) | {"training": seconds}, style=style)


if __name__ == "__main__":
    run(figure, __doc__, "figure", "edition")
