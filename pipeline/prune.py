"""Removes what was built for figures and models that are no more, and what killed processes have left."""

from pipeline.cli import run
from pipeline.engine import stale
from pipeline.project.book import Book


def prune(book: Book) -> None:
    stale.prune(book)


if __name__ == "__main__":
    run(prune, __doc__)
