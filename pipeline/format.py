"""Dumps what all figures of an edition have in common as a format, a state of TeX.

It is all that stands before a picture; TeX loads it in 0.02 s. What all texts have in common, their class and the
stylesheets, is another.
"""

from pathlib import Path

from pipeline.cli import run
from pipeline.files import write
from pipeline.project import slides
from pipeline.project.book import Book
from pipeline.records.digest import digest
from pipeline.records.reads import taken_down
from pipeline.tex.compile import dump_format
from pipeline.tex.formats import usable


def format(book: Book, edition: str) -> None:
    target, text = book.format(edition), book.text_format(edition)
    with taken_down(book, target) as reads:
        opened = dump_format(book, edition, target)
        if slides.of(edition) is None:
            opened += dump_format(book, edition, text, frame="class")
        else:
            write(text, "")
        for path in opened:
            if Path(path).name != "ls-R":  # it lists what else is there
                reads.add(path)
    write(book.format_sum(edition), digest(target) + "\n")
    write(book.text_format_sum(edition), digest(text) + "\n")
    usable(book, edition)  # for its note


if __name__ == "__main__":
    run(format, __doc__, "edition")
