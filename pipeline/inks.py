"""Mixes the palette of an edition, where the stylesheet does not hold it.

It is one in printing inks, through the edition's ICC profile, or one that has a file of its own.
"""

from pipeline.cli import run
from pipeline.files import write
from pipeline.project.book import Book
from pipeline.records.reads import taken_down, told
from pipeline.records.record import of_inks
from pipeline.records.sidecar import keep
from pipeline.style.icc import profile_path, to_inks
from pipeline.style.stylesheet import Stylesheet


def inks(book: Book, edition: str) -> None:
    answers, record = book.edition(edition), of_inks(book, edition)
    with taken_down(book, book.inks(edition)):
        style = Stylesheet.read(book.edition_file(edition))
        if answers.colourmodel == "cmyk":
            told(profile_path(answers.inkprofile))  # which may lie in the book
    colours = {name: style.colours[name] for name in (*style.shades, *style.tones)}
    if answers.colourmodel == "cmyk":
        named, profile = colours.values(), answers.inkprofile
        stops = {f"{name}{k}": c for name, scale in style.scales.items() for k, c in enumerate(scale) if c not in named}
        lines = [
            rf"\ink{{{name}}}{{cmyk}}{{{','.join(map(str, to_inks(colour, profile)))}}} % {colour}"
            for name, colour in (colours | stops).items()
        ]
    else:
        lines = [rf"\ink{{{name}}}{{HTML}}{{{colour[1:]}}}" for name, colour in colours.items()]
    if style.palette and style.derived:
        print(f"note: {style.palette.file}: derived from light, for want of a \\tone: {', '.join(style.derived)}")
    way = f"Through {answers.inkprofile}" if answers.colourmodel == "cmyk" else f"The palette {answers.palette}"
    head = f"% {way}; made by python -m pipeline.inks --edition {edition}."
    write(book.inks(edition), "\n".join([head, *lines, ""]))
    keep(book.inks(edition), record)


if __name__ == "__main__":
    run(inks, __doc__, "edition")
