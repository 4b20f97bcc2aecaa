"""What a repository has of a book: which of its files are in the last commit as they are here, and which are not."""

import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from pipeline.project.book import Book
from pipeline.records.digest import located
from pipeline.records.git import git, last, tracked
from pipeline.records.record import computed_by, drawn_with
from pipeline.records.sidecar import read


class Committed:
    """The last commit of a book and of what makes it; all is empty for a book that is in no repository."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.top = git(book.root, "rev-parse", "--show-toplevel") if tracked(book.root) else ""
        self.commit = last(book.root, "%H") if self.top else ""

    @cached_property
    def files(self) -> set[str]:
        """The names of the files that are in the commit as they are here, from the repository's top."""
        changed = git(self.top, "diff", "--name-only", "--no-renames", "-z", "HEAD").split("\0")
        return {*git(self.top, "ls-files", "-z").split("\0")} - {*changed} if self.commit else set()

    def name(self, path: str | Path) -> str:
        """A file's name from the repository's top; '' for one that lies elsewhere."""
        real = os.path.realpath(path)
        top = os.path.realpath(self.top)
        return os.path.relpath(real, top) if self.top and real.startswith(f"{top}/") else ""

    def loose(self, paths: Iterable[str | Path]) -> list[str]:
        """The files of these that are in no commit as they are here, from the repository's top."""
        return sorted({name for path in paths if (name := self.name(path)) and name not in self.files})

    def uncommitted(self, edition: str, figure: str) -> list[str]:
        """The same of all that a figure is made from: its code, the styles, and what it was seen to read."""
        book = self.book
        paths: list[str | Path] = [book.figures[figure].template, *drawn_with(book, edition)]
        paths += computed_by(book, figure)
        record = read(book.figure(edition, figure)).get("record", {})
        paths += [file for name in record.get("sources", {}) if (file := located(book, name)).is_file()]
        return self.loose(paths)
