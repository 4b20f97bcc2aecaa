"""A book's chapters: their titles, the figures that they show, and what is wrong with these."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors.author import AuthorError
from pipeline.errors.hints import nearest
from pipeline.project import slides
from pipeline.project.config import line_of
from pipeline.project.figures import Figure
from pipeline.project.modules import module
from pipeline.project.names import misnamed
from pipeline.project.paths import Paths
from pipeline.project.texts import APART, Reading
from pipeline.style.markup import heading

if TYPE_CHECKING:
    from pipeline.project.book import Book

Shown = Iterable[tuple[str, str]]  # (figure, 'file:line'), as TeX tells of them (tex/shown.py)


class Chapters(Paths):
    """What the chapters' folders hold, and what their texts show."""

    config: dict[str, Any]

    chapters = property(lambda self: self.config["chapters"])

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """{name: Figure} of every template in the chapters' folders, and in folders within these."""
        found = {}
        for template in self.named_properly(self.templates()):
            code = template.with_name(template.name.removesuffix(".tex.j2") + ".py")
            name = str(template.relative_to(self.root)).removesuffix(".tex.j2")
            found[name] = Figure(name, template, code if code.is_file() else None, frozenset(self.models))
        return found

    def templates(self) -> list[Path]:
        """The chapters' templates, whatever they are called."""
        found = sorted(t for c in self.chapters for t in (self.root / c).rglob("*.tex.j2"))
        return [t for t in found if not any(part.startswith(".") for part in t.relative_to(self.root).parts)]

    def named_properly(self, files: Iterable[Path]) -> list[Path]:
        return [file for file in files if not misnamed(file.relative_to(self.root))]

    @cached_property
    def models(self) -> dict[str, Path]:
        """{name: module} of every model in folders models/ of the chapters, and in folders within these and around."""
        return {name: file for name, file in self.model_files() if self.named_properly([file])}

    def model_files(self) -> Iterator[tuple[str, Path]]:
        """(name, module) of each: line/deep/net is line/models/deep/net.py or line/deep/models/net.py; what has
        neither build() nor train() in a folder within models/ only helps."""
        for file in sorted(f for c in self.chapters for f in (self.root / c).rglob("models/**/*.py")):
            parts = file.relative_to(self.root).with_suffix("").parts
            helps = parts[-2] != "models" and not {"build", "train"} & module(file).functions.keys()
            if file.stem != "__init__" and not helps and not any(part.startswith(".") for part in parts):
                yield "/".join(part for part in parts if part != "models"), file

    @cached_property
    def talks(self) -> list[str]:
        """Names of the talks: of each text in slides/."""
        found = slides.files(self.root, self.chapters)
        return [file.stem for file in self.named_properly(found)]

    @cached_property
    def computed(self) -> list[str]:
        """Names of the figures that have a module."""
        return [name for name, figure in self.figures.items() if figure.module]

    @cached_property
    def moving(self) -> list[str]:
        """Names of the figures that there is a film of."""
        return [name for name, figure in self.figures.items() if figure.moves]

    def title(self, chapter: str) -> str:
        """The title in a chapter's text, or its name where it has none."""
        return heading(self.chapter_file(chapter).read_text(encoding="utf-8")) or chapter

    def talk_title(self, talk: str) -> str:
        """The same of a talk."""
        return heading(self.talk_file(talk).read_text(encoding="utf-8"), "title") or talk

    @cached_property
    def reading(self) -> Reading:
        """The book's texts as they stand."""
        return Reading(self.root, self.chapters)

    def figures_of(self, chapters: Iterable[str]) -> list[str]:
        """Names of the figures that are there and that the texts of these chapters name, of all chapters the book's."""
        return list(dict.fromkeys(name for name, _, _ in self.reading.named(chapters, self.figures)))


def renamed(file: Path) -> str | None:
    """What to try where a figure's template lacks the end of its name."""
    return f"a figure is a template: call {file} {file.name}.j2" if file.is_file() else None


def left_out(book: "Book") -> dict[Path, AuthorError]:
    """{file: AuthorError} of each template and model that the build leaves aside, as its name is none."""
    files = [*book.templates(), *(file for _, file in book.model_files()), *slides.files(book.root, book.chapters)]
    wrong = {file: misnamed(file.relative_to(book.root)) for file in files}
    return {file: AuthorError(f"{file}: it is left out", said) for file, said in wrong.items() if said}


def lost(book: "Book", shown: Shown) -> list[AuthorError]:
    """An AuthorError for each figure that a text shows and that is not there, or is left out for its name."""
    errors = []
    for name, where in shown:
        if name not in book.figures:
            file = book.root / f"{name}.tex.j2"
            why = f"{file} is left out" if file.is_file() else f"there is no {file}"
            hint = misnamed(Path(f"{name}.tex.j2")) if file.is_file() else renamed(file.with_suffix(""))
            errors.append(AuthorError(f"{where}: shows '{name}', but {why}", hint or nearest(name, book.figures)))
    return errors


def meant(book: "Book", errors: Iterable[AuthorError]) -> list[str]:
    """Names of the figures that errors, as lost() has them, say to try."""
    tried = {error.hint for error in errors}
    return [name for name in book.figures if f"'{name}'" in tried]


def undescribed(book: "Book", shown: Shown) -> list[AuthorError]:
    """An AuthorError for each figure that is shown and has no words for those who do not see it."""
    names = dict.fromkeys(name for name, _ in shown if name in book.figures)
    silent = [book.figures[name] for name in names if not book.figures[name].alt]
    hint = "below its title and an empty line, say what the picture shows"
    return [AuthorError(f"{f.module or f.template}:1: the figure has no alt text", hint) for f in silent]


def drafts(book: "Book", shown: Shown | None = None) -> list[AuthorError]:
    """An AuthorError for each figure that no text names; given what was shown, for each that is named and was not."""
    named = book.figures_of(book.chapters)
    if shown is None:
        hidden = [name for name in book.figures if name not in named]
    else:
        hidden = [name for name in named if name not in {name for name, _ in shown}]
    return [draft(book.figures[name]) for name in hidden]


def draft(figure: Figure) -> AuthorError:
    """What is said of a figure that no text shows."""
    hint = rf"write \fig{{{figure.name}}}{{caption}} where it belongs"
    return AuthorError(f"{figure.template}:1: no chapter shows it", hint)


def unread(book: "Book") -> list[AuthorError]:
    """An AuthorError for each chapter of book.yaml that book.tex does not lead to."""
    text = (book.root / "book.yaml").read_text(encoding="utf-8")
    read = {file for file, _ in book.reading.walk([book.root / "book.tex"])}
    return [
        AuthorError(
            f"{book.root}/book.yaml:{line_of(text, ['chapters', k])}: the chapter '{chapter}' is not in book.tex",
            rf"\inputchapter{{{chapter}}} sets it, \chapters sets them all",
        )
        for k, chapter in enumerate(book.chapters)
        if book.chapter_file(chapter) not in read
    ]


def forgotten(book: "Book") -> list[AuthorError]:
    """An AuthorError for each folder with a chapter's text that neither book.yaml nor book.tex knows."""
    text = (book.root / "book.yaml").read_text(encoding="utf-8")
    read = {file for file, _ in book.reading.walk([book.root / "book.tex"])}
    there = {file.parent.name: file for file in sorted(book.root.glob("*/chapter.tex"))}
    where = f"{book.root}/book.yaml:{line_of(text, ['chapters'])}"
    return [
        AuthorError(f"{where}: {file} is none of the chapters", f"chapters: [{', '.join([*book.chapters, name])}]")
        for name, file in there.items()
        if name not in {*book.chapters, *APART} and file not in read
    ]


def loose(book: "Book") -> list[AuthorError]:
    """All that is to be mended of what the texts name, as far as it can be told before they are set."""
    return [*left_out(book).values(), *drafts(book), *unread(book), *forgotten(book)]
