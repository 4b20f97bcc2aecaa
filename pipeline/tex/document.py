"""A document in TeX's view: what its frame reads beside the book, and as many runs as its references need."""

from collections.abc import Sequence

from pipeline.project.book import Book
from pipeline.tex.definitions import definitions
from pipeline.tex.lists import index, rules
from pipeline.tex.metadata import xmp
from pipeline.tex.run import Explained, Where, execute
from pipeline.tex.view import View

COMMAND = ["latexmk", "-norc", "-pdf", "-silent", "-bibfudge-", "-makeindexfudge-"]


def furnish(
    book: Book, edition: str, seen: View, chapters: Sequence[str], alone: Sequence[str] = (), more: str = ""
) -> dict[str, str]:
    """Writes what the book's frame reads beside the book: {a figure's box: the template that it stands for}.

    alone : the chapters that are set without the book's others; more : what the frame is told besides.
    """
    for text in book.root.rglob("*.tex"):  # \include writes an .aux under the text's own name
        (seen.out / seen.bookdir / text.parent.relative_to(book.root)).mkdir(parents=True, exist_ok=True)
    boxes = {f"shown/{name}.tex": str(book.figures[name].template) for name in book.figures}
    for box in boxes:
        seen.write(box, r"\shownbox")
    seen.write("generated.tex", definitions(book, edition, chapters, alone=alone) + more)
    seen.write("generated.xmp", xmp(book))
    return boxes


def typeset(
    document: list[str], seen: View, job: str, language: str, about: str, explained: Explained, where: Where
) -> None:
    """As many runs of TeX, and BibTeX, as a document's references need; its lists are sorted in a language's order."""
    sort = index(seen, language)
    named = [f"-jobname={job}", *document]
    execute([*COMMAND, "-e", sort, *named], seen, job, about, explained, where)
    if more := rules(seen.out / f"{job}.aux"):
        execute([*COMMAND, "-e", sort + more, *named], seen, job, about, explained, where)
