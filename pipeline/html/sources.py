"""Where a figure's page leads to: its sources in the book's repository, in the commit that the book is stamped with."""

from pipeline.project import addresses
from pipeline.project.book import Book
from pipeline.records.committed import Committed


class Sources:
    """The sources of a book's figures, as its repository has them."""

    def __init__(self, book: Book) -> None:
        self.book, self.there = book, Committed(book)

    def address(self, path: str) -> str:
        """Of a file as it is here; '' where it is in no commit, or nobody knows how its host calls it."""
        name = self.there.name(path)
        return addresses.source(self.book, self.there.commit, name) if name in self.there.files else ""

    def uncommitted(self, figure: str) -> list[str]:
        """What a figure is made from and is in no commit, by names from the repository's top."""
        return self.there.uncommitted(self.book.editions[0], figure)


def state(book: Book) -> list[object]:
    """All that pages say of the repository: what makes a gallery stale besides what it shows."""
    sources = Sources(book)
    return [sources.there.commit, {name: found for name in book.figures if (found := sources.uncommitted(name))}]
