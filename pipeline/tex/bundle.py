"""Sources that compile by themselves: a document that TeX has set in its view, and all that it was seen to read there.

So nothing is forgotten, whatever a book's preamble, its text or a macro of its own asks for, and nothing is in vain.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from pipeline.errors.author import AuthorError
from pipeline.project.book import Book
from pipeline.records.git import stamp
from pipeline.records.sidecar import read
from pipeline.style.sheets import found
from pipeline.tex import plates, view
from pipeline.tex.compile import FLAGS, define, ink_file, known
from pipeline.tex.document import furnish, typeset
from pipeline.tex.errors import asking, explain
from pipeline.tex.picture import LOST
from pipeline.tex.run import execute

MAIN = "main"  # a book's document
HERE = "book"
BEGINS = re.compile(r"^.*\\input\{templates/class\}.*$", re.MULTILINE)
OWN = "figure"  # the folder of what belongs to a figure alone
RECORDED = re.compile(r"^(INPUT|OUTPUT) (.+)$", re.MULTILINE)
Files = dict[str, bytes]  # {name in the folder: contents}


@contextmanager
def abroad(book: Book) -> Iterator[view.View]:
    """A view in which the book's folder is book/, wherever it lies at home."""
    with view.view(book) as seen:
        seen.show(book.root, HERE)
        seen.bookdir = HERE
        yield seen


def carried(seen: view.View, job: str, own: bool) -> Files:
    """What TeX has read in its view, by its recorder, under the names by which it asked.

    own : whether also what it wrote there itself, in runs before.
    """
    told = (seen.out / f"{job}.fls").read_text(encoding="utf-8", errors="replace")
    names: dict[str, dict[str, None]] = {"INPUT": {}, "OUTPUT": {}}
    for kind, name in RECORDED.findall(told):
        names[kind][os.path.normpath(name)] = None
    asked = [name for name in names["INPUT"] if not os.path.isabs(name) and (own or name not in names["OUTPUT"])]
    return {name.removeprefix(f"{view.OUT}/"): (seen.folder / name).read_bytes() for name in asked}


def document(book: Book, edition: str, about: str, frame: str, **macros: str) -> str:
    """A document: what it is, what its frame is told, and the frame itself."""
    head = ", ".join([f"% {about}", *stamp(book, edition).values(), f"in the edition {edition}. Made from its book."])
    inner, begun = (found(f"templates/{name}.tex", book.root).read_text(encoding="utf-8") for name in (frame, "class"))
    inner = BEGINS.sub(lambda _: begun.rstrip(), inner)  # who looks for the document looks for \documentclass
    return "\n".join([head, r"\pdfoutput=1", define(edition=edition, **macros), inner])


def of_figure(book: Book, edition: str, name: str) -> Files:
    """The document of one figure, <figure>.tex, whose only page is the picture, and what it reads.

    PGFPlots draws all rows itself; where it cannot, the finished page stands in for them.
    """
    figure, stem, tables = book.find(name), Path(name).name, book.tables(name)
    template, inks = str(figure.template), ink_file(book, edition)
    picture = Path(book.picture(name)).read_text(encoding="utf-8")
    explained = partial(explain, sources=[], known=known(book, edition), otherwise=template)
    where = partial(asking, sources=[], otherwise=template)
    with abroad(book) as seen:

        def run(frame: str, **more: str) -> None:
            about = f"{name}: {book.plain(figure.title)}"
            seen.write(f"{stem}.tex", document(book, edition, about, frame, picturefile=f"{OWN}/picture", **more))
            command = ["pdflatex", *FLAGS, "-recorder", f"-jobname={stem}", f"{stem}.tex"]
            execute(command, seen, stem, template, explained, where)

        plates.prepare(book, edition, seen, [tables])
        if figure.module:
            seen.show(tables, f"{OWN}/tables")
        seen.write(f"{OWN}/picture.tex", picture.replace(f"{tables}/", f"{OWN}/tables/"))
        told = {"bookdir": HERE}
        for macro, file in inks.items():
            told[macro] = f"{OWN}/{macro}.tex"
            seen.show(file, told[macro])
        try:
            run("figure", **told)
            log = (seen.out / f"{stem}.log").read_text(encoding="utf-8", errors="replace")
            if labelled := LOST in log:
                for _ in "12":  # the first writes the labels, the second reads them
                    run("figure", ownlabels="", **told)
        except AuthorError:
            if not read(book.figure(edition, name)).get("layers"):
                raise
            print(f"note: {template}: PGFPlots cannot draw all rows, and the finished page is in the folder instead")
            labelled = False
            seen.show(book.figure(edition, name), f"{OWN}/picture.pdf")
            run("embedded")
        return carried(seen, stem, own=labelled)


def of_book(book: Book, edition: str) -> Files:
    """The book's document, main.tex, and what it reads: figures are pages, lists and references are sorted."""
    inks, figures = ink_file(book, edition), f"{book.build}/figures/{edition}"
    sources, about = [*map(str, map(book.chapter_file, book.chapters))], f"{book.root}/book.tex"
    with abroad(book) as seen:
        furnish(book, edition, seen, book.chapters)
        if Path(figures).is_dir():
            seen.show(figures, "figures")
        told = {"bookdir": HERE, "generated": "generated", "figures": "figures/"}
        for macro, file in inks.items():
            told[macro] = f"{macro}.tex"
            seen.show(file, told[macro])
        title = book.plain(book.config["title"])
        seen.write(f"{MAIN}.tex", document(book, edition, title, "book", **told))
        explained = partial(explain, sources=sources, known=known(book, edition), otherwise=about)
        where = partial(asking, sources=sources, otherwise=about)
        typeset([*FLAGS, f"{MAIN}.tex"], seen, MAIN, book.config["language"], about, explained, where)
        return carried(seen, MAIN, own=False)


def write(files: Mapping[str, bytes], folder: Path) -> None:
    for name, contents in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(contents)
