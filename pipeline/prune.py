"""Removes what was built for figures and models that are no more, and what is no longer true."""

from pipeline.cli import run
from pipeline.engine.stale import orphans
from pipeline.files import left_behind, remove


def prune(book):
    for path in [*orphans(book), *left_behind(book.build)]:
        remove(path)


if __name__ == "__main__":
    run(prune, __doc__)
