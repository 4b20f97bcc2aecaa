"""Checks that the roles which meet in a figure can be told apart.

Their colours must differ for every kind of sight and in grey, or else their dashes, markers or labels must.
"""

from itertools import combinations

from pipeline.checks.palette import Palette
from pipeline.checks.roles import check
from pipeline.cli import run
from pipeline.errors.author import AuthorError, raise_all
from pipeline.project.book import Book
from pipeline.style.colour import distances, words


def palette(book: Book, edition: str) -> None:
    """Prints which colours are close, and the pairs of roles that meet in figures, with their distances.

    Raises an AuthorError where two roles can be told apart by neither.
    """
    inks = Palette(book, edition).style.inks
    for (one, a), (other, b) in combinations(inks.items(), 2):
        if close := words(distances(*sorted((a, b)))):
            print(f"{one} and {other} are close: {close}")
    pairs, breaches = check(book, edition)
    for pair in pairs:
        difference = "  ".join(f"{eye} {value:5.1f}" for eye, value in pair["distances"].items())
        print(f"{pair['figure']:32} {' / '.join(pair['roles']):32} {difference}  {pair['cue'] or '-'}")
    raise_all([AuthorError(breach.line, breach.advice) for breach in breaches])


if __name__ == "__main__":
    run(palette, __doc__, "edition")
