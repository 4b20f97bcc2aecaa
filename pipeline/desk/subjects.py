"""What the desk shows, and which saved file is about what: by what the book knows and by what stages were seen to
read."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf

from pipeline.errors.author import UsageError
from pipeline.errors.hints import nearest
from pipeline.project.book import Book
from pipeline.records.digest import named as recorded
from pipeline.records.reads import kept


@dataclass(frozen=True)
class Subject:
    """A figure, a chapter or the book; of texts also the place in them, or the page, that is looked at."""

    kind: str  # "figure", "chapter" or "book"
    name: str
    file: str | None = None
    line: int | None = None
    page: int | None = None  # from 1

    def there(self, book: Book) -> bool:
        """Whether the book still has it."""
        return self.kind == "book" or self.name in (book.figures if self.kind == "figure" else book.chapters)

    def called(self, book: Book) -> str:
        """What its author types."""
        return book.figures[self.name].target if self.name in book.figures else self.name

    def targets(self, book: Book) -> list[str]:
        """What is built so that it can be seen."""
        return [self.called(book)]

    def later(self, book: Book) -> list[str]:
        """What is built beside that: the same drawn by Matplotlib."""
        drawn = self.kind == "figure" and self.name in book.computed
        return [f"preview-{self.called(book)}"] if drawn else []

    def pdf(self, book: Book, edition: str) -> str:
        if self.kind == "figure":
            return book.figure(edition, self.name)
        return book.chapter(edition, self.name) if self.kind == "chapter" else book.pdf(edition)

    def places(self, book: Book, edition: str) -> str:
        """Where the lines of its pages come from."""
        return book.places(edition if self.kind == "book" else f"{edition}/{self.name}")

    def sources(self, book: Book) -> dict[str, tuple[str, int]]:
        """{"page" or "preview": (file, line)} that its author would open; of what is gone, nothing."""
        if not self.there(book):
            return {}
        if self.kind == "figure":
            figure = book.figures[self.name]
            found = {"page": figure.template} | ({"preview": figure.module} if figure.module else {})
            return {kind: (str(file), 1) for kind, file in found.items()}
        text = book.chapter_file(self.name) if self.kind == "chapter" else book.root / "book.tex"
        return {"page": (self.file or str(text), self.line or 1)}

    def successor(self, before: Book, book: Book) -> "Subject | None":
        """What has evidently come in the place of what is gone: the only new one or, of several, that of its name."""
        own, other = (each.figures if self.kind == "figure" else each.chapters for each in (before, book))
        new = [name for name in other if name not in own]
        alike = [name for name in new if name.rpartition("/")[2] == self.name.rpartition("/")[2]]
        only = next((names[0] for names in (new, alike) if len(names) == 1), None)
        return Subject(self.kind, only) if only else None


def subjects(book: Book) -> dict[str, str]:
    """{what an author may name: its title} of all that can be shown."""
    figures = {figure.target: book.plain(figure.title) for figure in book.figures.values()}
    return {chapter: book.plain(book.title(chapter)) for chapter in book.chapters} | {"book": "the book"} | figures


def called(book: Book, word: str) -> Subject:
    """The subject of a name, or the book's page of a number. Raises a UsageError for anything else."""
    if word.isdigit() and int(word):
        if (pages := printed(book)) and int(word) > pages:
            raise UsageError(f"there is no page {word}", f"the book has {pages}: a number up to that")
        return Subject("book", "book", page=int(word))
    figures = {figure.target: name for name, figure in book.figures.items()}
    if (name := figures.get(word, word)) in book.figures:
        return Subject("figure", name)
    if word in book.chapters:
        return Subject("chapter", word)
    if word == "book":
        return Subject("book", "book")
    near = nearest(word, [*subjects(book), *book.figures])
    raise UsageError(f"there is no figure, chapter or page '{word}'", near)


def printed(book: Book) -> int:
    """How many pages the book has, in the edition that has the most; 0 where none is built."""
    found = [0]
    for path in map(book.pdf, book.editions):
        with suppress(OSError, pikepdf.PdfError), pikepdf.open(path) as pdf:
            found.append(len(pdf.pages))
    return max(found)


def within(book: Book, path: Path) -> Path:
    """A file's path as the book has it, or from the project's folder."""
    path, root, here = path.resolve(), book.root.resolve(), Path.cwd().resolve()
    if path.is_relative_to(root):
        return book.root / path.relative_to(root)
    return path.relative_to(here) if path.is_relative_to(here) else path


def about(book: Book, path: Path, line: int | None, current: Subject | None) -> Subject | None:
    """What a saved file is about; the current subject where that is made from it, or where nothing is known of it.

    path : as within() has it; line : the first that has changed.
    """
    for name, figure in book.figures.items():
        if path in (figure.template, figure.module):
            return Subject("figure", name)
    if path.suffix == ".tex":
        for chapter in book.chapters:
            if path in {file for file, _ in book.reading.walk([book.chapter_file(chapter)])}:
                return Subject("chapter", chapter, str(path), line)
        if path in {file for file, _ in book.reading.walk([book.root / "book.tex"])}:
            return Subject("book", "book", str(path), line)
    if current and current.kind != "figure":
        return replace(current, file=None, line=None)
    if current and current.name in book.figures and made_from(book, current.name, path):
        return current
    return next(concerned(book, path), current)


def concerned(book: Book, path: Path) -> Iterator[Subject]:
    """The figures that are made from a file of the book."""
    if path.is_relative_to(book.root) and str(path) not in book.style:
        yield from (Subject("figure", name) for name in book.figures if made_from(book, name, path))


def made_from(book: Book, name: str, path: Path) -> bool:
    """Whether a figure's module, its models or what these import is this file, or a stage of the figure has read it."""
    models = book.in_order(book.asked(name))
    modules = [book.models[model] for model in models] + ([book.find(name).code] if book.find(name).module else [])
    if any(str(path) in book.sources(module) for module in modules):
        return True
    outputs = [book.tables(name), book.picture(name), *(book.figure(edition, name) for edition in book.editions)]
    return any(recorded(book, path) in kept(output)["files"] for output in [*outputs, *map(book.model, models)])
