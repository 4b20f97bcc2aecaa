"""Holds an edition's figures and book to its promises, on the PDFs themselves.

It writes build/preflight/<edition>.json and a page beside it, and ends with status 1 where a promise is broken; with
--lenient, as builds call it, with status 0. What is to be mended in the text is said by python -m pipeline.mend.
"""

import gc
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

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
from pipeline.errors.author import AuthorError
from pipeline.files import write
from pipeline.pdf.document import Document
from pipeline.pdf.page import Page, Screen, digest
from pipeline.pdf.separations import lay_down
from pipeline.pdf.spaces import RGB, Colour, rounded, simple
from pipeline.project.book import Book
from pipeline.records.reads import taken_down
from pipeline.style.icc import to_screen
from pipeline.tex.places import nearest, origins, read


def seen(profile: str, colour: Colour | None) -> RGB | None:
    """(r, g, b) in 0…255 of a colour as written; inks as they look through an ICC profile."""
    if isinstance(colour, tuple) and len(colour) == 4:
        return rounded(255 * v for v in to_screen(colour, profile))
    return simple(colour)


def documents(book: Book, edition: str, palette: Palette, stack: ExitStack, unread: Unread) -> list[Document]:
    """The PDFs that are built, figures first, opened until `stack` closes; `unread` is told what is not to be
    seen."""
    profile = book.edition(edition).inkprofile
    screen: Screen = simple if profile == "none" else partial(seen, profile)
    known: dict[bytes, str] = {}
    found = []
    for name in [*dict.fromkeys(book.figures_of(book.chapters)), None]:
        path = book.figure(edition, name) if name else book.pdf(edition)
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
                lines, called = origins(book.lines(name)), partial(palette.called, book.picture(name))
                found.append(Document(path, name, pdf, pages, template=template, origins=lines, called=called))
            else:
                written, called = partial(nearest, read(book.places(edition))), partial(palette.called, None)
                found.append(Document(path, name, pdf, pages, written=written, called=called))
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
    book: Book, edition: str, records: Sequence[dict[str, Any]], documents: Sequence[Document]
) -> dict[str, Any]:
    """Takes out of the promises' records what authors stand by; a record of waivers, of those that waive nothing."""
    waivers = list[Waiver]()
    for document in documents:
        if document.figure and Path(book.picture(document.figure)).is_file():
            source = Path(book.picture(document.figure)).read_text(encoding="utf-8")
            waivers += waivers_of(document.figure, source, document.origins, str(document.template))
    found = {record["name"]: record["breaches"] or record["notes"] for record in records}
    names = [*found, *(promise.name for promise in PROMISES)]
    loose = apply(waivers, edition, book.all_editions, found, dict.fromkeys(names))
    found_of = told("waivers", "each has a reason, and something that it waives", len(waivers), breaches=loose)
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


def report_on(book: Book, edition: str) -> dict[str, Any]:
    """What is found of an edition: {"edition", "promises", "waivers", "files", "palette"}."""
    answers, unread = book.edition(edition), Unread()
    with uncollected(), ExitStack() as stack:
        palette = Palette(book, edition)
        found = documents(book, edition, palette, stack, unread)
        if answers.colourmodel == "cmyk" and found:
            weigh(found, unread)
        painted = {document.figure: document.pages[0].paints for document in found if document.figure}
        pairs, confused = check(book, edition, painted, unread)
        promises = [*kept(answers, found, unread), told_apart(pairs, confused)]
        sources = {name: book.picture(name) for name in painted}
        promises.append(foreign.check(palette, found, unread))
        promises.append(classes.check(palette, found, sources, unread))
        promises += [spreads.check(found, unread), *captions.check(book, edition, found, unread)]
        waivers = waived(book, edition, promises, found)
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


def preflight(book: Book, edition: str, as_json: bool = False, lenient: bool = False) -> int:
    """Writes what it finds, says how much that is, and returns the exit status."""
    with taken_down(book, book.preflight(edition)):
        report = report_on(book, edition)
        source = Path(book.template("preflight.html.j2")).read_text(encoding="utf-8")
    write(book.preflight(edition), json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    page = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    breaches = [breach for promise in report["promises"] for breach in promise["breaches"]]
    for number, picture in thumbnails(breaches).items():
        breaches[number]["picture"] = picture
    shown = Path(book.preflight(edition)).with_suffix(".html")
    write(shown, page.render(report, title=book.config["title"]))
    if as_json:
        print(Path(book.preflight(edition)).read_text(encoding="utf-8"), end="")
    else:
        for promise in (each for each in report["promises"] if each["breaches"]):
            print(f"{promise['name']}: {len(promise['breaches'])} to mend")
        notes = sum(len(promise["notes"]) for promise in report["promises"])
        also = f", {notes} to consider" if notes else ""
        print(f"{len(report['promises'])} promises of {edition}, {len(breaches)} to mend{also}: see {shown}")
    return int(bool(breaches) and not lenient)


if __name__ == "__main__":
    run(preflight, __doc__, "edition", "json", "lenient")
