"""A book's chapters: their titles, the figures that they show, and what is wrong with these."""

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors.author import AuthorError
from pipeline.errors.hints import nearest
from pipeline.project.figures import Figure
from pipeline.project.paths import Paths
from pipeline.project.texts import Reading
from pipeline.style.comments import without_comments

if TYPE_CHECKING:
    from pipeline.project.book import Book

SHOWN = re.compile(r"\\fig(?:\[[^]]*\])?\s*\{(?P<figure>[^}]+)\}")


class Chapters(Paths):
    """What the chapters' folders hold, and what their texts show."""

    config: dict[str, Any]

    chapters = property(lambda self: self.config["chapters"])

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """{name: Figure} of every template in the chapters' folders, and in folders within these."""
        found = {}
        for template in sorted(t for c in self.chapters for t in (self.root / c).rglob("*.tex.j2")):
            inside = template.relative_to(self.root)
            if not any(part.startswith(".") for part in inside.parts):
                module = template.with_name(template.name.removesuffix(".tex.j2") + ".py")
                name = str(inside).removesuffix(".tex.j2")
                found[name] = Figure(name, template, module if module.is_file() else None)
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

    @cached_property
    def reading(self) -> Reading:
        """The book's texts as they stand."""
        return Reading(self.root, self.chapters)

    def figures_of(self, chapters: Iterable[str]) -> list[str]:
        """Names of the figures that are there and that the texts of these chapters name, of all chapters the book's."""
        return list(dict.fromkeys(name for name, _, _ in self.reading.named(chapters, self.figures)))

    def shown(self, chapter: str) -> list[tuple[str, str]]:
        """[(figure, 'file:line')] of the figures that a chapter's text shows, in the order of appearance."""
        texts = dict.fromkeys(text for text, _ in self.reading.walk([self.chapter_file(chapter)]))
        return [
            (match["figure"], f"{path}:{text.count(chr(10), 0, match.start('figure')) + 1}")
            for path in texts
            for text in [without_comments(path.read_text(encoding="utf-8"))]
            for match in SHOWN.finditer(text)
        ]


def renamed(file: Path) -> str | None:
    """What to try where a figure's template lacks the end of its name."""
    return f"a figure is a template: call {file} {file.name}.j2" if file.is_file() else None


def lost(book: "Book", chapters: Iterable[str]) -> list[AuthorError]:
    """An AuthorError for each figure that a chapter shows and that is not there."""
    return [
        AuthorError(
            f"{where}: shows '{name}', but there is no {book.root / name}.tex.j2",
            renamed(book.root / f"{name}.tex") or nearest(name, book.figures),
        )
        for chapter in chapters
        for name, where in book.shown(chapter)
        if name not in book.figures
    ]


def drafts(book: "Book") -> list[AuthorError]:
    """An AuthorError for each figure that no chapter shows."""
    shown = {*book.figures_of(book.chapters)}
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
