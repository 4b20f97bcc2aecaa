"""Which edition a page shows to readers who like it dark, and which to those who like it light."""

from pipeline.cells import figures
from pipeline.films.encoder import there
from pipeline.project.book import Book
from pipeline.style.colour import luminance
from pipeline.style.palettes import COLUMNS
from pipeline.style.stylesheet import Stylesheet


def themes(book: Book) -> dict[str, str]:
    """{"dark", "light": the edition that a page in it shows}, by their papers; of one edition, or alike ones, both are
    that."""
    papers: dict[str, str] = {}
    for edition in book.editions:
        style = Stylesheet.read(book.edition_file(edition))
        dark = luminance(style.colours["paper"]) < luminance(style.colours["ink"])
        papers.setdefault(COLUMNS[0] if dark else COLUMNS[1], edition)
    return {theme: papers.get(theme, book.editions[0]) for theme in COLUMNS}


def films(book: Book) -> list[str]:
    """Names of the figures that move in the gallery: none on a machine that cannot make films."""
    return book.moving if there() else []


def made_of(book: Book) -> list[str]:
    """The built files that the gallery shows or offers."""
    first, shown = book.editions[0], sorted({*themes(book).values()})
    found = [*map(book.pdf, book.editions), book.captions(first), book.labels(first), *book.pdfs(book.figures)]
    found += [book.svg(edition, name) for edition in shown for name in book.figures]
    found += [book.preview(edition, name) for edition in shown for name in book.computed]
    found += [book.notebook(chapter) for chapter in book.chapters if figures(book, chapter)]
    found += [book.film(edition, name) for edition in shown for name in films(book)]
    return found + [book.sums(name) for name in book.computed]
