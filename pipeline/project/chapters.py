"""A book's chapters: their titles, the figures that they show, and what is wrong with these."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors.author import AuthorError
from pipeline.errors.hints import nearest
from pipeline.project.figures import Figure
from pipeline.project.paths import Paths
from pipeline.style.comments import without_comments

if TYPE_CHECKING:
    from pipeline.project.book import Book

SHOWN_OR_INPUT = re.compile(r"\\fig(?:\[[^]]*\])?\{(?P<figure>[^}]+)\}|\\(?:input|include)\s*\{(?P<input>[^}]+)\}")


class Chapters(Paths):
    """What the chapters' folders hold, and what their texts show."""

    config: dict[str, Any]

    chapters = property(lambda self: self.config["chapters"])

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """{name: Figure} of every template in the chapters' folders."""
        found = {}
        for template in sorted(t for c in self.chapters for t in (self.root / c).glob("*.tex.j2")):
            stem = template.name.removesuffix(".tex.j2")
            module = template.with_name(stem + ".py")
            found[f"{template.parent.name}/{stem}"] = Figure(
                f"{template.parent.name}/{stem}", template, module if module.is_file() else None
            )
        return found

    @cached_property
    def models(self) -> dict[str, Path]:
        """{name: module} of every model in the chapters' folders."""
        files = sorted(
            f for c in self.chapters for f in (self.root / c / "models").glob("*.py") if f.stem != "__init__"
        )
        return {f"{f.parent.parent.name}/{f.stem}": f for f in files}

    @cached_property
    def computed(self) -> list[str]:
        """Names of the figures that have a module."""
        return [name for name, figure in self.figures.items() if figure.module]

    def title(self, chapter: str) -> str:
        """The title in a chapter's text, or its name where it has none."""
        found = re.search(
            r"^\\chapter\{([^}]+)\}", self.chapter_file(chapter).read_text(encoding="utf-8"), re.MULTILINE
        )
        return found[1] if found else chapter

    def figures_of(self, chapters: Iterable[str]) -> list[str]:
        """Names of the figures that these chapters show and that are there."""
        return [name for chapter in chapters for name, _ in self.shown(chapter) if name in self.figures]

    def shown(self, chapter: str) -> list[tuple[str, str]]:
        """[(figure, 'file:line')] of the figures that a chapter's text shows, in the order of appearance."""
        return list(self.shown_in(self.chapter_file(chapter), ()))

    def shown_in(self, path: Path, above: tuple[Path, ...]) -> Iterator[tuple[str, str]]:
        """The same of a text and of what it inputs; `above` are those that input it."""
        text = without_comments(path.read_text(encoding="utf-8"))
        for match in SHOWN_OR_INPUT.finditer(text):
            if match["figure"]:
                yield match["figure"], f"{path}:{text.count(chr(10), 0, match.start('figure')) + 1}"
            elif (below := self.input(match["input"])) and below not in (*above, path):
                yield from self.shown_in(below, (*above, path))

    def input(self, name: str) -> Path | None:
        """The book's file that TeX inputs by a name such as \\bookdir/line/section; None where there is none."""
        path = name.strip().removeprefix(r"\bookdir/")
        files = [self.within(f"{path}.tex"), self.within(path)]
        return next((file for file in files if file and file.is_file()), None)


def lost(book: "Book", chapters: Iterable[str]) -> list[AuthorError]:
    """An AuthorError for each figure that a chapter shows and that is not there."""
    return [
        AuthorError(
            f"{where}: shows '{name}', but there is no {book.root / name}.tex.j2",
            nearest(name, book.figures),
        )
        for chapter in chapters
        for name, where in book.shown(chapter)
        if name not in book.figures
    ]


def drafts(book: "Book") -> list[AuthorError]:
    """An AuthorError for each figure that no chapter shows."""
    shown = {name for chapter in book.chapters for name, _ in book.shown(chapter)}
    hidden = [figure for name, figure in book.figures.items() if name not in shown]
    return [
        AuthorError(f"{f.template}:1: no chapter shows it", rf"write \fig{{{f.name}}}{{caption}} where it belongs")
        for f in hidden
    ]


def undescribed(book: "Book", chapters: Iterable[str]) -> list[AuthorError]:
    """An AuthorError for each figure that has no words for those who do not see it."""
    silent = [book.figures[name] for name in book.figures_of(chapters) if not book.figures[name].alt]
    hint = "below its title and an empty line, say what the picture shows"
    return [AuthorError(f"{f.module or f.template}:1: the figure has no alt text", hint) for f in silent]
