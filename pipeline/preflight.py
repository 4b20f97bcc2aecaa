"""Holds an edition's figures and book, or a talk, to its promises, on the PDFs.

It writes build/preflight/<edition>.json and a page beside it, and ends with status 1 where a promise is broken; with
--lenient, as builds call it, with status 0. What is to be mended in the text is said by python -m pipeline.mend.
"""

import gc
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import pikepdf

from pipeline.checks import captions, classes, foreign, spreads
from pipeline.checks.finding import Finding, Unread
from pipeline.checks.finding import record as told
from pipeline.checks.palette import Palette
from pipeline.checks.promise import PROMISES
from pipeline.checks.promises import kept
from pipeline.checks.ranks import weight
from pipeline.checks.roles import check
from pipeline.checks.thumbnails import thumbnails
from pipeline.checks.waivers import Waiver, apply
from pipeline.checks.waivers import read as waivers_of
from pipeline.cli import run
from pipeline.errors.author import AuthorError, UsageError
from pipeline.errors.hints import nearest
from pipeline.files import write
from pipeline.pdf.document import Document
from pipeline.pdf.page import Page, Screen, digest
from pipeline.pdf.parts import PART, contents
from pipeline.pdf.separations import lay_down
from pipeline.pdf.spaces import RGB, Colour, rounded, simple
from pipeline.project.book import Book
from pipeline.project.slides import at, edition_of
from pipeline.project.slides import shown as shown_in
from pipeline.records.reads import taken_down
from pipeline.style.icc import to_screen
from pipeline.tex.places import nearest as beside
from pipeline.tex.places import origins, read


def seen(profile: str, colour: Colour | None) -> RGB | None:
    """(r, g, b) in 0…255 of a colour as written; inks as they look through an ICC profile."""
    if isinstance(colour, tuple) and len(colour) == 4:
        return rounded(255 * v for v in to_screen(colour, profile))
    return simple(colour)


class Subject(NamedTuple):
    """What is looked at: the book in an edition, or a talk. figures : {file: name}; places : as TeX has noted them."""

    edition: str  # of its figures, whose answers it is held to
    figures: dict[str, str]
    pdf: str
    places: str
    report: str
    slides: bool = False


def subject(book: Book, edition: str, talk: str | None = None) -> Subject:
    if talk is None:
        figures = {book.figure(edition, name): name for name in book.figures_of(book.chapters)}
        return Subject(edition, figures, book.pdf(edition), book.places(edition), book.preflight(edition))
    if talk not in book.talks:
        raise UsageError(f"there is no talk '{talk}': no {book.talk_file(talk)}", nearest(talk, book.talks))
    figures = {book.figure(edition_of(edition, size), figure): figure for figure, size in shown_in(book, talk)}
    name, pdf = at(edition, talk), book.talk(edition, talk)
    return Subject(edition_of(edition), figures, pdf, book.places(name), book.preflight(name), slides=True)


def documents(book: Book, subject: Subject, palette: Palette, stack: ExitStack, unread: Unread) -> list[Document]:
    """The PDFs that are built, figures first, opened until `stack` closes; `unread` is told what is not to be
    seen."""
    profile = book.edition(subject.edition).inkprofile
    screen: Screen = simple if profile == "none" else partial(seen, profile)
    known: dict[bytes, str] = {}
    found = []
    for path, name in [*subject.figures.items(), (subject.pdf, None)]:
        template = str(book.figures[name].template) if name else None
        with unread.told(template or path, name, path):
            if not Path(path).is_file():
                if name:
                    raise AuthorError("it is not there", f"`snakemake {name.replace('/', '-')}` makes it")
                continue
            pdf = stack.enter_context(pikepdf.open(path))
            pages = [
                Page(
                    page,
                    screen,
                    known if name is None else (),
                    partial(unread.tell, where=template or f"{path}, page {number}", figure=name, file=path),
                )
                for number, page in enumerate(pdf.pages, 1)
            ]
            if name:
                known[digest(pdf.pages[0])] = name
                if subject.slides and PART in Path(book.picture(name)).read_text(encoding="utf-8"):
                    known |= {sha256(piece).digest(): name for piece in contents(pdf.pages[0])}
                lines, called = origins(book.lines(name)), partial(palette.called, book.picture(name))
                found.append(Document(path, name, pdf, pages, template=template, origins=lines, called=called))
            else:
                written, called = partial(beside, read(subject.places)), partial(palette.called, None)
                found.append(Document(path, name, pdf, pages, written=written, called=called, slides=subject.slides))
    return found


def weigh(found: Sequence[Document], unread: Unread) -> None:
    """Gives documents their inks: all in one run of Ghostscript's, or each in its own, where one stops it."""
    try:
        lay_down(found)
    except Exception:
        for document in found:
            with unread.told(document.template or document.path, document.figure, document.path):
                lay_down([document])


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


def told_apart(pairs: Sequence[dict[str, Any]], breaches: list[Finding]) -> dict[str, Any]:
    """The palette's record for the report, as those of promises are."""
    cues = ", ".join(sorted({pair["cue"] for pair in pairs if pair["cue"]}))
    ranked = sorted(breaches, key=lambda breach: breach.amount or 0)
    return told("palette", "roles of one figure differ in more than hue", len(pairs), cues or None, breaches=ranked)


def waived(
    book: Book, edition: str, records: Sequence[dict[str, Any]], documents: Sequence[Document], slides: bool = False
) -> dict[str, Any]:
    """Takes out of the promises' records what authors stand by; a record of waivers, of those that waive nothing.

    slides : whether it is a talk, whose figures are drawn otherwise than the book's, for which waivers are written.
    """
    waivers = list[Waiver]()
    for document in {document.figure: document for document in documents}.values():
        if document.figure and Path(book.picture(document.figure)).is_file():
            source = Path(book.picture(document.figure)).read_text(encoding="utf-8")
            waivers += waivers_of(document.figure, source, document.origins, str(document.template))
    found = {record["name"]: record["breaches"] or record["notes"] for record in records}
    names = [*found, *(promise.name for promise in PROMISES)]
    loose = apply(waivers, edition, book.all_editions, found, dict.fromkeys(names))
    found_of = told(
        "waivers", "each has a reason, and something that it waives", len(waivers), breaches=() if slides else loose
    )
    return found_of | {"waivers": [waiver.record() for waiver in waivers]}


@contextmanager
def uncollected() -> Iterator[None]:
    """Without Python's search for cycles: all that is read is kept to the end, and among so many objects it takes a
    quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def report_on(book: Book, edition: str, of: Subject | None = None) -> dict[str, Any]:
    """What is found of an edition, or of a talk in it: {"edition", "promises", "waivers", "files", "palette"}."""
    of = of or subject(book, edition)
    answers, unread = book.edition(of.edition), Unread()
    with uncollected(), ExitStack() as stack:
        palette = Palette(book, of.edition)
        found = documents(book, of, palette, stack, unread)
        if answers.colourmodel == "cmyk" and found:
            weigh(found, unread)
        painted = {document.figure: document.pages[0].paints for document in found if document.figure}
        pairs, confused = check(book, of.edition, painted, unread)
        promises = [*kept(answers, found, unread), told_apart(pairs, confused)]
        sources = {name: book.picture(name) for name in painted}
        promises.append(foreign.check(palette, found, unread))
        promises.append(classes.check(palette, found, sources, unread))
        if not of.slides:
            promises += [spreads.check(found, unread), *captions.check(book, edition, found, unread)]
        waivers = waived(book, edition, promises, found, of.slides)
        promises = [unread.record(sum(len(document.pages) for document in found)), *promises, waivers]
        for promise in promises:
            for kind in ("breaches", "notes"):
                promise[kind] = [finding.record() for finding in promise[kind]]
        return {
            "edition": edition,
            "promises": sorted(promises, key=weight),
            "waivers": waivers.pop("waivers"),
            "files": [record(document) for document in found],
            "palette": pairs,
        }


def preflight(book: Book, edition: str, slides: str | None = None, as_json: bool = False, lenient: bool = False) -> int:
    """Writes what it finds, says how much that is, and returns the exit status."""
    of = subject(book, edition, slides)
    with taken_down(book, of.report):
        report = report_on(book, edition, of)
        source = Path(book.template("preflight.html.j2")).read_text(encoding="utf-8")
    write(of.report, json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    page = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    breaches = [breach for promise in report["promises"] for breach in promise["breaches"]]
    for number, picture in thumbnails(breaches).items():
        breaches[number]["picture"] = picture
    shown = Path(of.report).with_suffix(".html")
    write(shown, page.render(report, title=book.talk_title(slides) if slides else book.config["title"]))
    if as_json:
        print(Path(of.report).read_text(encoding="utf-8"), end="")
    else:
        for promise in (each for each in report["promises"] if each["breaches"]):
            print(f"{promise['name']}: {len(promise['breaches'])} to mend")
        notes = sum(len(promise["notes"]) for promise in report["promises"])
        about = f"{slides} in {edition}" if slides else edition
        also = f", {notes} to consider" if notes else ""
        print(f"{len(report['promises'])} promises of {about}, {len(breaches)} to mend{also}: see {shown}")
    return int(bool(breaches) and not lenient)


if __name__ == "__main__":
    run(preflight, __doc__, "edition", "json", "lenient", "slides")
