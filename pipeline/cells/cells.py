"""A chapter's notebook, cell by cell: its headings and equations, and each computed figure with the code behind it."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.cells.markdown import definitions, markdown, paragraphs
from pipeline.cells.outline import outline
from pipeline.project.book import Book
from pipeline.project.figures import Figure
from pipeline.project.modules import direct_imports
from pipeline.style.palettes import COLUMNS

LEVELS = {"section": "##", "subsection": "###", "subsubsection": "####"}
BEGIN = """from pipeline.jupyter import Figures

figures = Figures({root!r})"""
HOW = """Generated from the sources of *{title}*: each computed figure of the chapter, in the order of its text, with
the code that makes it. A cell that begins with `%%module` is a file of the book. Edit it, run it, and run
`figures.show(…)` below it: the drawing changes, the file does not. Models are those that the book's build has trained;
one that is not there, or that you have edited, is trained here."""


class Cell(NamedTuple):
    """kind : "markdown" or "code"; about : the file in it, the figure that it calls, or nothing."""

    kind: str
    source: str
    about: str = ""


def edition(book: Book) -> str:
    """The edition whose previews stand in notebooks, which have white pages: the first that is light."""
    return next((name for name in book.editions if book.edition(name).palette == COLUMNS[1]), book.editions[0])


def figures(book: Book, chapter: str) -> list[str]:
    """Names of the computed figures that a chapter's notebook has."""
    return [part.text for part in outline(book, chapter) if part.kind == "figure" and part.text in book.computed]


def models(book: Book, chapter: str) -> list[str]:
    """Names of the models that they use."""
    return book.in_order(model for name in figures(book, chapter) for model in book.asked(name))


def cells(book: Book, chapter: str) -> list[Cell]:
    """The notebook before it is run. What it says, and nothing else, is its source."""
    body = [*told(book, chapter)]
    texts = [cell.source for cell in body if cell.kind == "markdown"]
    how = HOW.format(title=book.plain(book.config["title"]))
    head = [Cell("markdown", f"# {markdown(book, book.title(chapter))}\n\n{how}")]
    if macros := definitions(book, texts):
        head.append(Cell("markdown", f"$$\n{macros}\n$$"))
    return [*head, Cell("code", BEGIN.format(root=str(book.root))), *body]


def told(book: Book, chapter: str) -> Iterator[Cell]:
    shown: set[str] = set()  # files
    level, headings = "#", dict[str, Cell]()  # those below which nothing stands yet, by their levels
    for part in outline(book, chapter):
        if part.kind in LEVELS:
            level = LEVELS[part.kind]
            headings = {above: cell for above, cell in headings.items() if above < level}
            headings[level] = Cell("markdown", f"{level} {markdown(book, part.text)}")
            continue
        if part.kind == "figure" and part.text not in book.computed:
            continue
        yield from headings.values()
        headings = {}
        if part.kind == "equation":
            yield Cell("markdown", f"$$\n{part.text}\n$$")
        else:
            yield from of_figure(book, book.figures[part.text], level, shown)


def of_figure(book: Book, figure: Figure, level: str, shown: set[str]) -> Iterator[Cell]:
    """A figure's title and description, the files behind it that no cell has yet, and the call that draws it."""
    said = paragraphs(book, figure.description.partition("\n")[2])
    yield Cell("markdown", f"{level}# {markdown(book, figure.title)}\n\n{said}".rstrip(), figure.name)
    for path in [*(book.models[model] for model in book.in_order(book.asked(figure.name))), figure.code]:
        for file in imported(book, str(path), shown):
            text = Path(file).read_text(encoding="utf-8")
            yield Cell("code", f"%%module {dotted(book, file)}\n{text.rstrip()}", file)
    yield Cell("code", f'figures.show("{figure.name}")', figure.name)


def imported(book: Book, path: str, known: set[str]) -> Iterator[str]:
    """The book's files that one imports, each after what it imports itself, and that one last; none that is known."""
    if path not in known:
        known.add(path)
        for file in sorted(direct_imports(path, (("book", str(book.root)),))):
            yield from imported(book, file, known)
        if Path(path).stat().st_size:
            yield path


def dotted(book: Book, file: str) -> str:
    """What a file of the book is called where it is imported."""
    parts = Path(file).relative_to(book.root).with_suffix("").parts
    return ".".join(["book", *parts[: -1 if parts[-1] == "__init__" else None]])
