"""Compiles one figure's picture in one edition, at its final size."""

from pathlib import Path

from pipeline import dat
from pipeline.cli import run
from pipeline.pdf.strip import describe
from pipeline.project.book import Book
from pipeline.records.digest import named
from pipeline.records.git import circumstances
from pipeline.records.reads import taken_down
from pipeline.records.record import drawn_with, merge, of_figure
from pipeline.records.sidecar import in_pdf, keep, read
from pipeline.tex.formats import usable
from pipeline.tex.picture import compile_picture


def figure(book: Book, name: str, edition: str) -> None:
    figure, target = book.find(name), book.figure(edition, name)
    record = of_figure(book, edition, name, {})
    style = {named(book, path): Path(path).read_text(encoding="utf-8") for path in drawn_with(book, edition)}
    tables = [book.tables(name)] if figure.module else []
    told = book.edition(edition).provenance == "shown"
    with taken_down(book, target, drawn_with(book, edition)) as reads:

        def sign(pdf: Path) -> None:
            """Completes the record in the figure's PDF by what TeX was seen to read, such as a photograph."""
            record.update(merge(record, {"sources": reads.sources}))
            if told and reads.sources:
                describe(pdf, Provenance=in_pdf(record))

        shown = {"figurerecord": in_pdf(record)} if told else {}
        preloaded = usable(book, edition)
        source, template = book.picture(name), str(figure.template)

        def labels() -> dict[str, str]:
            """{label: 'file:line' where the module writes it} of the figure's tables."""
            heads = [dat.read(path).comments[1:] for path in sorted(Path(book.tables(name)).glob("*.dat"))]
            given = dict.fromkeys(line.split(": ", 1)[1] for head in heads for line in head if ": " in line)
            return {label: book.written_at(figure, label) or str(figure.module) for label in given}

        told_of = labels if tables else dict
        layers = compile_picture(
            book, edition, source, target, template, *tables, preloaded=preloaded, sign=sign, labels=told_of, **shown
        )
    seconds = {
        model: read(book.model(model)).get("made", {}).get("seconds") for model in book.in_order(book.asked(name))
    }
    keep(target, record, made=circumstances(book) | {"training": seconds}, style=style, layers=layers)


if __name__ == "__main__":
    run(figure, __doc__, "figure", "edition")
