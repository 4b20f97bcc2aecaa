"""Removes what was built for figures and models that are no more.

What killed processes have left goes, too. Each build does so at its beginning.
"""

from pipeline.cli import run
from pipeline.engine import outputs
from pipeline.project.book import Book


def prune(book: Book) -> None:
    outputs.prune(book)


if __name__ == "__main__":
    run(prune, __doc__)
