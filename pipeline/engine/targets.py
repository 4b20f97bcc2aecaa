"""The names that users type after `snakemake`: chapters, editions, figures, previews."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from pipeline.errors.author import AuthorError
from pipeline.errors.hints import nearest
from pipeline.errors.telling import told_to_author
from pipeline.project import slides

if TYPE_CHECKING:  # a shell that completes names does without it
    from pipeline.project.book import Book

# What every book has.
COMMON = {
    "all": "the book, in every edition, and their preflight",
    "book": "the book, in every edition",
    "figures": "all figures, in every edition",
    "tables": "what all figures are drawn from: their tables and values",
    "previews": "all computed figures, drawn by Matplotlib",
    "preflight": "that nothing is to be mended, and each edition keeps its promises, checked on the PDFs",
    "web": "the stylesheet for web pages: macros for MathJax and KaTeX, colours of both themes",
    "talks": "the slides of all talks, in every edition, and their preflight",
    "frames": "films of all figures that move, in every edition",
    "notebooks": "the chapters' computed figures with their code, for Jupyter",
    "timings": "what all that is built has cost, as a page",
    "gallery": "a site of all figures, for the web and for reading at home: build/gallery/index.html",
}


def titles(book: "Book") -> dict[str, str]:
    """{target: what it is}, as `snakemake --list` shows it."""
    found = COMMON | {chapter: f"chapter: {book.plain(book.title(chapter))}" for chapter in book.chapters}
    found |= {edition: f"the {edition} edition of the book, and its preflight" for edition in book.all_editions}
    found |= {figure.target: book.plain(figure.title) for figure in book.figures.values()}
    found |= {f"talk-{talk}": f"talk: {book.plain(book.talk_title(talk))}" for talk in book.talks}
    found |= {f"notebook-{c}": f"notebook: {book.plain(book.title(c))}" for c in book.chapters}
    found |= {f"frames-{f.target}": f"film: {book.plain(f.film_title)}" for f in map(book.find, book.moving)}
    return found | {
        f"preview-{book.figures[name].target}": f"{book.plain(book.figures[name].title)}, by Matplotlib"
        for name in book.computed
    }


def checked_talk(book: "Book", edition: str, talk: str) -> list[str]:
    """What a talk's target asks for: its slides, and their report."""
    name = slides.at(edition, talk)
    return [book.talk(edition, talk), book.preflight(name), book.loose_ends(name)]


def checked(book: "Book", edition: str) -> list[str]:
    """What is asked for besides an edition's PDF: its report; of one for the press, that nothing is to be mended."""
    press = book.edition(edition).standard != "none"
    return [book.mended(edition) if press else book.preflight(edition), book.loose_ends(edition)]


def no_target(book: "Book", word: str, known: Iterable[str]) -> None:
    """Ends Snakemake in the author's words where something is asked for that nothing makes."""
    with told_to_author(book.root):
        names = "`snakemake --list` shows them all"
        kind, _, rest = word.partition("-")
        if kind == "frames" and (still := next((f for f in book.figures.values() if f.target == rest), None)):
            what = f"{still.module} has no frames()" if still.module else f"{still.template} has no module"
            raise AuthorError(f"there is no target '{word}': {what}", "docs/how-to.md tells how a figure moves")
        if kind == "talk":
            where = f"there is no {slides.FOLDER}/{rest}.tex"
            raise AuthorError(f"there is no target '{word}': {where}", nearest(rest, book.talks))
        near = nearest(word.replace("/", "-"), known)  # \fig has a figure's name with /
        raise AuthorError(f"there is no target '{word}'", f"{near}; {names}" if near else names)


def books(book: "Book", targets: Collection[str]) -> list[str]:
    """The editions whose book is made when Snakemake is asked for these targets."""
    common = not targets or not {"all", "book", "preflight", "gallery"}.isdisjoint(targets)
    return [
        edition
        for edition in book.all_editions
        if (common and edition in book.editions) or not {edition, book.pdf(edition)}.isdisjoint(targets)
    ]
