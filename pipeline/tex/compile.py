"""What TeX makes of the book: formats and documents."""

import gzip
import json
import os
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from pipeline.errors.author import AuthorError, AuthorErrors, raise_all
from pipeline.errors.hints import CHARACTER
from pipeline.files import whole, write
from pipeline.project import slides
from pipeline.project.book import Book
from pipeline.project.chapters import drafts, lost, meant, undescribed
from pipeline.project.paths import FOR_VIEWERS
from pipeline.project.quoting import KINDS
from pipeline.records.reads import kept
from pipeline.style.sheets import found as found_in_house
from pipeline.tex import view
from pipeline.tex.bibliography import bibliography, incomplete, keys
from pipeline.tex.captions import captions
from pipeline.tex.complaints import complaints
from pipeline.tex.document import furnish, typeset
from pipeline.tex.errors import ERROR, asking, explain, first_error, lines
from pipeline.tex.formats import usable
from pipeline.tex.language import babel
from pipeline.tex.places import ENDING, FLAG, for_viewers, places
from pipeline.tex.run import execute
from pipeline.tex.shown import misspelt, shown

LABEL = re.compile(r"^\\newlabel\{(.+?)\}\{(.*)\}$", re.MULTILINE)
FLAGS = [
    f"-output-directory={view.OUT}",
    "-no-shell-escape",
    "-interaction=nonstopmode",
    "-halt-on-error",
    "-file-line-error",
]


def define(**macros: str | Path) -> str:
    return "".join(rf"\def\{name}{{{value}}}" for name, value in macros.items())


def of_edition(edition: str) -> dict[str, str]:
    """What the frame of figures is told of an edition: of one of slides which it projects, and the figure's room."""
    if (base := slides.of(edition)) is None:
        return {"edition": edition}
    width, height = slides.room(edition)
    room = {"slideroom": f"{{{width}}}{{{height}}}"} if (width, height) != slides.WHOLE else {}
    return {"edition": base, "onslides": "", **room}


def ink_file(book: Book, edition: str) -> dict[str, str]:
    """What both frames are told of an edition's colours, where the stylesheet does not hold them."""
    return {"inkfile": book.inks(edition)} if book.mixed(edition) else {}


def known(book: Book, edition: str) -> list[str]:
    """The files that hold the names which TeX knows and an author writes."""
    return [*book.edition_sources(edition), *book.style, *map(str, book.root.glob("*/**/*.j2"))]


def loaded(book: Book, edition: str) -> list[str]:
    """The files of TeX's own that are in an edition's format: the packages of figures and texts alike."""
    return [name for name in kept(book.format(edition))["files"] if name.startswith("/")]


def dump_format(book: Book, edition: str, target: str | Path, frame: str = "figure") -> list[str]:
    """Dumps the figure's frame up to the picture, or the text's class, and returns the files of TeX's own that are in
    it.

    What cannot be dumped though TeX reads it is an empty file.
    """
    inks, template = ink_file(book, edition), f"templates/{frame}.tex"
    sources = [*book.style, *book.edition_sources(edition)]
    explained = partial(explain, sources=sources, known=known(book, edition), otherwise=template)
    where = partial(asking, sources=sources, otherwise=template)
    with view.view(book, *inks.values()) as seen, whole(target) as aside:
        code = define(bookdir=seen.bookdir, **of_edition(edition), **inks) + rf"\input{{templates/{frame}}}\dump"
        command = [*FLAGS, f"-jobname={edition}", "&pdflatex", code]
        dumped = seen.out / f"{edition}.fmt"
        try:
            opened = execute(["pdflatex", "-ini", *command], seen, edition, template, explained, where)
            # it takes 0.05 s to decompress at each run
            content = gzip.decompress(dumped.read_bytes())
        except (AuthorError, gzip.BadGzipFile):
            if frame == "figure":  # fails where the preamble is at fault; where it is that of texts, they tell
                execute(["pdflatex", *command], seen, edition, template, explained, where)
            aside.touch()
            return []
        others = {path for path in seen.out.iterdir() if path.suffix != ".log"} - {dumped}
        aside.write_bytes(b"" if others else content)  # a file that it has opened, such as an index, would be lost
        return opened


def put(book: Book, chapters: Sequence[str], what: str, file: str, line: int | None) -> str:
    """'file:line' of a fault: of the title that a character which no font has comes from, or where TeX met it."""
    met = Path(file)
    if (found := re.search(CHARACTER, what)) and not (met.is_file() and line and found[1] in lines(met)[line - 1]):
        figures = [book.figures[name] for name in book.figures_of(chapters)]
        titles = {f"{figure.module or figure.template}:1": figure.title for figure in figures}
        config = book.root / "book.yaml"
        titles |= {f"{config}:{k}": text for k, text in enumerate(lines(config), 1)}
        return next((place for place, title in titles.items() if found[1] in title), f"{file}:{line}")
    return f"{file}:{line}"


def authors(book: Book, seen: view.View, name: str) -> str:
    """The name outside of a file of the book that TeX read; '' for what is the house's."""
    path = seen.in_repository(name)
    return path if Path(path).is_relative_to(book.root) else ""


def begins_with_class(book: Book, frame: str) -> bool:
    """Whether a frame, which a book may have of its own, begins with what the format of texts holds."""
    text = found_in_house(f"templates/{frame}.tex", book.root).read_text(encoding="utf-8")
    return r"\input{templates/class}" in text


def compile_document(
    book: Book,
    edition: str,
    target: str | Path,
    chapters: Sequence[str],
    about: str,
    labels: str | Path | None = None,
    lines_from: str | Path | None = None,
    frame: str = "book",
    folders: Sequence[str] = (),
    more: Callable[[view.View], str] = lambda _: "",
    finish: Callable[[Path], None] = lambda _: None,
    **macros: str,
) -> list[AuthorError]:
    """As many runs of a document's frame, and BibTeX, as its references need; returns what a reader would stumble over.

    about : the file that is named for what concerns them all; labels : where to write what the book's labels stand for;
        without, it is a chapter alone, which is told of those of the others; lines_from : where to write which lines of
        the texts the pages' lines come from; frame : in templates/; folders : of the figures that it shows,
        the edition's where none are named; more : gives what the frame is told besides, and may write into the view;
        finish : is called with the PDF.
    """
    folders = folders or [f"{book.build}/figures/{edition}"]
    for folder in folders:
        Path(folder).mkdir(parents=True, exist_ok=True)  # a text without figures is one, too
    sources = [*map(str, map(book.chapter_file, book.chapters)), f"{book.root}/book.tex"]
    inks, references = ink_file(book, edition), book.root / "references.bib"
    preloaded = usable(book, edition, of_texts=True) if begins_with_class(book, frame) else None
    with view.view(book, *folders, *inks.values()) as seen, whole(target) as aside:

        def explained(log: str) -> AuthorError | AuthorErrors:
            if fault := babel(book, log):
                return fault
            faults = [] if ERROR.search(log) else bibliography(seen.out / "book.blg", references)
            names: list[str | Path] = [*known(book, edition), f"templates/{frame}.tex", seen.folder / "generated.tex"]
            where = partial(put, book, chapters, first_error(log)[2])
            error = explain(log, sources, names, otherwise=about, where=where, loaded=loaded(book, edition))
            error.picture = None
            return AuthorErrors(faults) if faults else error

        boxes = furnish(book, edition, seen, chapters, alone=() if labels else chapters, more=more(seen))
        told = {"figures": f"{folders[0]}/", **macros}
        code = define(bookdir=seen.bookdir, edition=edition, generated="generated", **inks, **told)
        given = []
        if preloaded:
            seen.show(preloaded, "text.fmt")  # TeX's recorder makes a file of that name, and no folders for it
            given = ["-fmt=text.fmt"]
        document = [*FLAGS, *([FLAG] if lines_from else []), f"-usepretex={code}", f"templates/{frame}.tex"]
        where = partial(asking, sources=sources, otherwise=about)
        set_text = partial(typeset, seen=seen, job="book", language=book.config["language"], about=about,
                           explained=explained, where=where)  # fmt: skip
        try:
            set_text([*given, *document])
        except AuthorError:
            if not given or (seen.out / "book.log").is_file():
                raise
            print(f"note: TeX cannot load {preloaded}")  # it writes no log then
            set_text(document)
        log = seen.in_repository((seen.out / "book.log").read_text(errors="replace", encoding="utf-8"))
        if fault := babel(book, log):
            raise fault
        raise_all(misspelt(log))
        auxes = sorted(seen.out.rglob("*.aux"))
        found = dict(pair for aux in auxes for pair in LABEL.findall(aux.read_text(errors="replace", encoding="utf-8")))
        pictures = shown(log)
        if labels:
            write(book.captions(edition), json.dumps(captions(auxes, pictures), indent=1, ensure_ascii=False) + "\n")
            write(labels, json.dumps(found, indent=1, ensure_ascii=False) + "\n")
        if lines_from:
            notes = (seen.out / f"book{ENDING}").read_text(errors="replace", encoding="utf-8")
            write(lines_from, json.dumps(places(notes, partial(authors, book, seen))) + "\n")
            with whole(Path(target).with_suffix(FOR_VIEWERS)) as beside:
                beside.write_bytes(for_viewers(notes, lambda name: boxes.get(name) or authors(book, seen, name)))
        finish(seen.out / "book.pdf")
        os.replace(seen.out / "book.pdf", aside)
        unseen = drafts(book, pictures) if labels else []
        gone = lost(book, pictures)
        amiss = gone + unseen + undescribed(book, pictures)
        # Labels of figures that are not there are no advice; and who misspells a figure's name lacks its label, too.
        of_none = {kind + name for name, _ in pictures if name not in book.figures for kind in KINDS}
        follow = {kind + name for name in meant(book, gone) for kind in KINDS}
        amiss += complaints(log, sources, [*{*found} - of_none], keys(references), book.figures, follow)
        return [*amiss, *incomplete(seen.out / "book.blg", references)]
