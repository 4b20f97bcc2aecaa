"""What a book's files may be called and where they may lie: names are typed, and are parts of paths and targets."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors.author import AuthorError
from pipeline.project import slides
from pipeline.project.config import RESERVED, line_of

if TYPE_CHECKING:
    from pipeline.project.book import Book

NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def proper(stem: str) -> str:
    """The nearest name to a stem that is none: 'Energy_2' becomes 'energy-2'."""
    return (
        re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", stem).lower()).strip("-0123456789") or "name"
    )


def misnamed(inside: Path) -> str | None:
    """What is wrong with the name of a template or a model in the book, and what to call it; None if nothing."""
    *folders, name = inside.parts
    stem, ending = name.split(".", 1)
    wrong = [f"its folder {proper(folder)}" for folder in folders if not NAME.fullmatch(folder)]
    wrong += [] if NAME.fullmatch(stem) else [f"it {proper(stem)}.{ending}"]
    return f"names are lower-case words joined by dashes; call {' and '.join(wrong)}" if wrong else None


def check_names(book: "Book") -> None:
    """AuthorError for two models of one name, and for a figure that computes something and is called as a folder with
    others: the one's tables would lie among the other's."""
    wrong = []
    for name, path in book.model_files():
        if book.models.get(name, path) != path:
            wrong.append(f"{path}: is called {name}, and so is {book.models[name]}; call one of them otherwise")
    for name in book.computed:
        if within := next((other for other in book.figures if other.startswith(f"{name}/")), None):
            wrong.append(
                f"{book.figures[within].template}: lies in a folder that is called as the figure {name}; "
                "call one of them otherwise"
            )
    if wrong:
        raise AuthorError("\n".join(wrong))


def check_targets(book: "Book") -> None:
    """AuthorError where two things would be built by one name, as the figures a/b-c and a-b/c would by a-b-c."""
    taken: dict[str, str | Path] = {name: "the pipeline's own" for name in RESERVED}
    targets: list[tuple[str, str | Path]] = [(name, f"{book.root}/{name}/") for name in book.chapters] + [
        (name, book.edition_file(name)) for name in book.all_editions
    ]
    targets += [(f"notebook-{name}", book.chapter_file(name)) for name in book.chapters]
    targets += [(f"talk-{name}", book.talk_file(name)) for name in book.talks]
    for figure in book.figures.values():
        targets += [(figure.target, figure.template), (f"preview-{figure.target}", figure.template)]
    for target, path in targets:
        if target in taken:
            raise AuthorError(
                f"{path}: its target is '{target}', but so is that of {taken[target]}; call one of them otherwise"
            )
        taken[target] = path


def check_editions(book: "Book") -> None:
    """AuthorError for an edition that is called as those of slides are."""
    if wrong := next((name for name in book.all_editions if slides.of(name)), None):
        key = "editions" if wrong in book.editions else "on_request"
        line = line_of((book.root / "book.yaml").read_text(encoding="utf-8"), [key, book.config[key].index(wrong)])
        where = f"{book.root}/book.yaml:{line}"
        raise AuthorError(f"{where}: no edition can be called '{wrong}'", f"'{slides.FOLDER}-' begins those of talks")


def check_links(book: "Book") -> None:
    """AuthorError for links in the book's folder that lead out of it."""
    home = book.root.resolve()
    for path in book.root.rglob("*"):
        if path.is_symlink() and not path.resolve().is_relative_to(home):
            raise AuthorError(f"{path}: the link leads out of the book, to {path.resolve()}; put the file itself there")
