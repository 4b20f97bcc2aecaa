"""Compiles one figure's picture in one edition, at its final size."""

from pipeline.step import run
from pipeline.tex import compile_picture


def figure(book, name, edition):
    template = book.find(name).template
    compile_picture(book, edition, book.picture(name), book.figure(edition, name), f"{template} ({edition})")


if __name__ == "__main__":
    run(figure, __doc__, "name", "edition")
