"""Holds every figure and the book that are built in an edition to what the edition promises, on the PDFs themselves."""

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
import pikepdf

from pipeline.checks.promises import kept
from pipeline.checks.roles import check
from pipeline.cli import run
from pipeline.errors.author import AuthorError
from pipeline.files import write
from pipeline.pdf.document import Document
from pipeline.pdf.page import Page, Screen, digest
from pipeline.pdf.separations import lay_down
from pipeline.pdf.spaces import RGB, Colour, rounded, simple
from pipeline.project.book import Book
from pipeline.records.reads import taken_down
from pipeline.style.icc import to_screen
from pipeline.tex.places import nearest, read


def seen(profile: str, colour: Colour | None) -> RGB | None:
    """(r, g, b) in 0…255 of a colour as written; inks as they look through an ICC profile."""
    if isinstance(colour, tuple) and len(colour) == 4:
        return rounded(255 * v for v in to_screen(colour, profile))
    return simple(colour)


def documents(book: Book, edition: str, stack: ExitStack) -> list[Document]:
    """The PDFs that are built, figures first, opened until `stack` closes."""
    profile = book.edition(edition).inkprofile
    screen: Screen = simple if profile == "none" else partial(seen, profile)
    files = {book.figure(edition, name): name for name in dict.fromkeys(book.figures_of(book.chapters))} | {
        book.pdf(edition): None
    }
    known: dict[bytes, str] = {}
    found = []
    for path, name in files.items():
        if Path(path).is_file():
            pdf = stack.enter_context(pikepdf.open(path))
            try:
                pages = [Page(page, screen, known if name is None else ()) for page in pdf.pages]
            except AuthorError as error:  # a stream that is damaged
                raise error.at(path) from None
            written = partial(nearest, {} if name else read(book.places(edition)))
            found.append(Document(path, name, pdf, pages, written=written))
            if name:
                known[digest(pdf.pages[0])] = name
    return found


def record(document: Document) -> dict[str, Any]:
    """What the report says of a PDF."""
    kinds = Counter(item.kind for _, item in document.paints())
    record = {
        "file": document.path,
        "figure": document.figure,
        "pages": len(document.pages),
        "objects": dict(sorted(kinds.items())),
    }
    return record | (
        {"inks": [{"mean": mean, "most": round(most)} for mean, most in document.inks]} if document.inks else {}
    )


def told_apart(pairs: Sequence[dict[str, Any]], breaches: list[str]) -> dict[str, Any]:
    """The palette's record for the report, as those of promises are."""
    cues = ", ".join(sorted({pair["cue"] for pair in pairs if pair["cue"]}))
    promised = "roles of one figure differ in more than hue"
    return {
        "name": "palette",
        "promised": promised,
        "checked": len(pairs),
        "extreme": cues or None,
        "advice": None,  # each line has its own
        "breaches": breaches,
    }


def report_on(book: Book, edition: str) -> dict[str, Any]:
    """What is found of an edition: {"edition", "promises", "files", "palette"}."""
    answers = book.edition(edition)
    with ExitStack() as stack:
        found = documents(book, edition, stack)
        if answers.colourmodel == "cmyk" and found:
            lay_down(found)
        painted = {document.figure: document.pages[0].paints for document in found if document.figure}
        pairs, confused = check(book, edition, painted)
        promises = [*kept(answers, found), told_apart(pairs, confused)]
        return {
            "edition": edition,
            "promises": promises,
            "files": [record(document) for document in found],
            "palette": pairs,
        }


def preflight(book: Book, edition: str) -> None:
    with taken_down(book, book.preflight(edition)):
        report = report_on(book, edition)
        source = Path(book.template("preflight.html.j2")).read_text(encoding="utf-8")
    write(book.preflight(edition), json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    page = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    write(Path(book.preflight(edition)).with_suffix(".html"), page.render(report, title=book.config["title"]))


if __name__ == "__main__":
    run(preflight, __doc__, "edition")
