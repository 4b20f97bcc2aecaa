"""The palette in printing inks, through the edition's ICC profile: what TeX paints with where nothing may be RGB."""

from pipeline.cli import run
from pipeline.files import write
from pipeline.project.book import Book
from pipeline.records.reads import taken_down
from pipeline.records.record import of_inks
from pipeline.records.sidecar import keep
from pipeline.style.icc import to_inks
from pipeline.style.stylesheet import Stylesheet


def inks(book: Book, edition: str) -> None:
    profile, record = book.edition(edition).inkprofile, of_inks(book, edition)
    with taken_down(book, book.inks(edition)):
        style = Stylesheet.read(book.edition_file(edition))
    named = style.shades.values()
    stops = {
        f"{name}{k}": stop for name, scale in style.scales.items() for k, stop in enumerate(scale) if stop not in named
    }
    colours = style.shades | stops
    lines = [
        rf"\ink{{{name}}}{{{','.join(map(str, to_inks(colour, profile)))}}} % {colour}"
        for name, colour in colours.items()
    ]
    write(
        book.inks(edition),
        "\n".join([f"% Through {profile}; made by python -m pipeline.inks --edition {edition}.", *lines, ""]),
    )
    keep(book.inks(edition), record)


if __name__ == "__main__":
    run(inks, __doc__, "edition")
