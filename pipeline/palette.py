"""Checks that the roles which meet in a figure can be told apart.

Their colours must differ for every kind of sight and in grey, or else their dashes, markers or labels must.
"""

from itertools import combinations
from typing import Any

from pipeline.checks.palette import Palette
from pipeline.checks.roles import check
from pipeline.cli import print_json, run
from pipeline.errors.author import AuthorError, raise_all
from pipeline.project.book import Book
from pipeline.style.colour import distances, words


def close(book: Book, edition: str) -> list[dict[str, Any]]:
    """The pairs of an edition's colours that some reader cannot tell apart, with their distances."""
    inks = Palette(book, edition).style.inks
    pairs = [(one, other, distances(*sorted((a, b)))) for (one, a), (other, b) in combinations(inks.items(), 2)]
    return [
        {"colours": [one, other], "distances": {eye: round(value, 1) for eye, value in apart.items()}}
        for one, other, apart in pairs
        if words(apart)
    ]


def palette(book: Book, edition: str, as_json: bool = False) -> None:
    """Prints which colours are close, and the pairs of roles that meet in figures, with their distances.

    Raises an AuthorError where two roles can be told apart by neither.
    """
    near, (pairs, breaches) = close(book, edition), check(book, edition)
    if as_json:
        found = [breach.record() for breach in breaches]
        print_json({"edition": edition, "close": near, "pairs": pairs, "breaches": found})
    else:
        for pair in near:
            print(f"{' and '.join(pair['colours'])} are close: {words(pair['distances'])}")
        for pair in pairs:
            difference = "  ".join(f"{eye} {value:5.1f}" for eye, value in pair["distances"].items())
            print(f"{pair['figure']:32} {' / '.join(pair['roles']):32} {difference}  {pair['cue'] or '-'}")
    raise_all([AuthorError(breach.line, breach.advice) for breach in breaches])


if __name__ == "__main__":
    run(palette, __doc__, "edition", "json")
