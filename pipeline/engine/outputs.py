"""What was built and is no longer true: of figures and models that are no more, or of something that is lost."""

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from pipeline import cells
from pipeline.files import left_behind, remove
from pipeline.project import slides
from pipeline.project.book import Book


def orphans(book: Book) -> Iterator[Path]:
    """Built files and folders of figures, pictures, tables, previews and models whose sources are gone."""
    kinds = [
        ("models", [*book.models]),
        ("checkpoints", [*book.models]),
        ("pictures", [*book.figures]),
        ("tables", book.computed),
        ("figures/*", [*book.figures]),
        ("frames", book.moving),
        ("films/*", book.moving),
        ("previews/*", book.computed),
        ("web/figures/*", [*book.figures]),
    ]
    for pattern, names in kinds:
        for folder in book.build.glob(pattern):
            for chapter in filter(Path.is_dir, folder.iterdir()):
                yield from strange(chapter, chapter.name, {*names})
    for path in (book.build / "notebooks").glob("*"):
        if path.stem not in book.chapters and not path.name.startswith("."):
            yield path
    editions = book.all_editions if book.talks else []
    for path in (*book.build.glob("formats/*"), *book.build.glob("text-formats/*")):
        if (
            slides.of(path.stem) not in editions
            and path.stem not in book.all_editions
            and not path.name.startswith(".")
        ):
            yield path


def strange(folder: Path, called: str, names: set[str]) -> Iterator[Path]:
    """What is in a folder and neither has one of the names nor holds what has."""
    for path in folder.iterdir():
        name = f"{called}/{path.stem}"
        if name in names or path.name.startswith("."):
            continue
        if path.is_dir() and any(other.startswith(f"{name}/") for other in names):
            yield from strange(path, name, names)
        else:
            yield path


def prune(book: Book) -> None:
    """Removes them, and what killed processes have left."""
    for path in [*orphans(book), *left_behind(book.build)]:
        remove(path)


def made_of(book: Book) -> Iterator[tuple[str, list[str]]]:
    """(file, what it is made of) of all that is built from something built, in the order of making."""
    for name in book.in_order(book.models):
        yield book.model(name), [book.model(teacher) for teacher in book.teachers(name)]
    for name in book.computed:
        yield book.sums(name), [book.model(model) for model in book.asked(name)]
    for name in book.moving:
        yield book.frame_sums(name), [book.model(model) for model in book.asked(name, "frames")]
    for name in book.figures:
        yield book.picture(name), book.drawn_from(name)
    for edition in book.all_editions:
        yield book.format_sum(edition), [book.format(edition), *book.mixed(edition)]
        text = book.text_format_sum(edition)
        yield text, [book.text_format(edition), *book.mixed(edition)]
        yield from (
            (book.figure(edition, name), [book.picture(name), book.format_sum(edition)]) for name in book.figures
        )
        yield from ((book.preview(edition, name), [book.sums(name)]) for name in book.computed)
        for name in book.moving:
            parts = [book.sums(name), book.frame_sums(name), book.format_sum(edition)]
            yield from ((made(edition, name), parts) for made in (book.film, book.still))
        yield from ((book.svg(edition, name), [book.figure(edition, name)]) for name in book.figures)
        yield from ((book.chapter(edition, c), [text, *book.pictures_and_values(edition, [c])]) for c in book.chapters)
        for told in (book.loose_ends, book.places):
            yield from ((told(f"{edition}/{c}"), [book.chapter(edition, c)]) for c in book.chapters)
        yield book.pdf(edition), [text, book.contents, *book.pictures_and_values(edition, book.chapters)]
        yield book.captions(edition), [book.pdf(edition)]
        yield book.preflight(edition), [book.pdf(edition)]
        yield book.loose_ends(edition), [book.pdf(edition)]
        yield book.mended(edition), [book.loose_ends("contents"), book.loose_ends(edition), book.preflight(edition)]
    for talk in book.talks:
        for edition in book.editions:
            yield from of_talk(book, talk, edition)
    for chapter in (c for c in book.chapters if os.path.isfile(book.notebook(c))):
        drawn = [book.preview(cells.edition(book), name) for name in cells.figures(book, chapter)]
        yield book.notebook(chapter), [*drawn, *(book.model(name) for name in cells.models(book, chapter))]


def of_talk(book: Book, talk: str, edition: str) -> Iterator[tuple[str, list[str]]]:
    """The same of a talk in an edition, where it is there."""
    pdf, name = book.talk(edition, talk), slides.at(edition, talk)
    if os.path.isfile(pdf):
        sizes = [(figure, slides.edition_of(edition, size)) for figure, size in slides.shown(book, talk)]
        for figure, drawn in sizes:
            yield book.format_sum(drawn), [book.format(drawn), *book.mixed(edition)]
            yield book.figure(drawn, figure), [book.picture(figure), book.format_sum(drawn)]
        yield pdf, book.slides_and_values(edition, talk)
        yield from ((made, [pdf]) for made in (book.loose_ends(name), book.places(name), book.preflight(name)))
        yield book.mended(name), [book.loose_ends(name), book.preflight(name)]


class Parts:
    """What is built of what. After a failure, or when a build was killed, some of it is lost.

    Snakemake does not mind a gap between the sources and what is there, and would show what was good at an earlier time
    as current.
    """

    def __init__(self, book: Book) -> None:
        self.book = book
        self.asked: set[str] = set()  # of what is to be built: files that targets ask for

    @cached_property
    def all(self) -> dict[str, list[str]]:
        """{file: what it is made of}, in the order of making."""
        return dict(made_of(self.book))

    @cached_property
    def there(self) -> set[str]:
        """The built files that are there, when first asked."""
        files = {*self.all}.union(*self.all.values())
        return {file for file in files if os.path.isfile(file)}

    @cached_property
    def beside(self) -> dict[str, str]:
        """{PDF: what viewers look for beside it} of books and chapters."""
        book, editions = self.book, self.book.all_editions
        pdfs = [*map(book.pdf, editions), *(book.chapter(e, c) for e in editions for c in book.chapters)]
        pdfs += [book.talk(e, t) for e in book.editions for t in book.talks]
        return {pdf: book.for_viewers(pdf) for pdf in pdfs}

    def lost(self, outputs: Iterable[str]) -> list[str]:
        """What is lost of what files are made of that are there, or stands beside them: a target's own input, so that
        it is made again."""
        found, open_ = {}, [*outputs]
        while open_:
            file = open_.pop()
            parts = self.all.get(file, [])
            found.update(dict.fromkeys(part for part in parts if file in self.there and part not in self.there))
            if file in self.beside and file in self.there and not os.path.isfile(self.beside[file]):
                found[self.beside[file]] = None
            open_ += parts
        return list(found)

    def whole(self, outputs: Iterable[str]) -> list[str]:
        """A target's input: what is asked for, and what is lost of it or of how it was made."""
        self.asked.update(asked := list(outputs))
        return [*asked, *self.lost(asked), self.book.metadata]

    def withdraw(self) -> list[str]:
        """Removes what is made of something that is not there; returns what it was."""
        removed = []
        for path, parts in self.all.items():
            if os.path.isfile(path) and not all(map(os.path.isfile, parts)):
                remove(Path(path))
                removed.append(path)
        return removed
