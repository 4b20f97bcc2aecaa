"""Tells what preflight finds in one figure, as JSON: python -m pipeline.desk.findings FIGURE FOLDER

It is a process of its own, as reading a page takes a processor's time and the desk has none.
"""

import json
import os
import sys
from collections.abc import Iterator
from functools import partial
from typing import Any

import pikepdf

from pipeline.checks import classes, foreign
from pipeline.checks.finding import Finding, Unread
from pipeline.checks.palette import Palette
from pipeline.checks.promises import kept
from pipeline.checks.roles import check
from pipeline.errors.report import record
from pipeline.pdf.document import Document
from pipeline.pdf.page import Page, simple
from pipeline.preflight import seen, told_apart, waived, weigh
from pipeline.project.book import Book
from pipeline.tex.places import origins


def of_edition(book: Book, edition: str, name: str) -> Iterator[tuple[str, Finding]]:
    """("breach" or "note", finding) of all that an edition's promises say of a figure, but for what is waived."""
    answers, unread, path = book.edition(edition), Unread(), book.figure(edition, name)
    template, profile = str(book.figures[name].template), answers.inkprofile
    with unread.told(template, name, path), pikepdf.open(path) as pdf:
        screen = simple if profile == "none" else partial(seen, profile)
        page = Page(pdf.pages[0], screen, (), partial(unread.tell, where=template, figure=name, file=path))
        palette = Palette(book, edition)
        lines, called = origins(book.lines(name)), partial(palette.called, book.picture(name))
        shown = [Document(path, name, pdf, [page], template=template, origins=lines, called=called)]
        if answers.colourmodel == "cmyk":
            weigh(shown, unread)
        pairs, confused = check(book, edition, {name: page.paints}, unread)
        records = [*kept(answers, shown, unread), told_apart(pairs, confused), foreign.check(palette, shown, unread)]
        records.append(classes.check(palette, shown, {name: book.picture(name)}, unread))
        waived(book, edition, records, shown)
        for promise in records:
            for finding in promise["breaches"]:
                finding.advice = finding.advice or promise["advice"]
                yield "breach", finding
            yield from (("note", finding) for finding in promise["notes"])
    yield from (("breach", finding) for finding in unread.found)


def told(finding: Finding, kind: str) -> dict[str, Any]:
    """A finding as a fault is told."""
    rows = [f"  {'try':<7} {finding.advice}"] if finding.advice else []
    return record([f"{kind}: {finding.line}", *rows])


def findings(book: Book, name: str) -> list[dict[str, Any]]:
    """What is found in a figure, each thing once, with the editions that have it."""
    found: dict[str, dict[str, Any]] = {}
    for edition in book.editions:
        for kind, finding in of_edition(book, edition, name):
            one = found.setdefault(finding.line, told(finding, kind) | {"editions": []})
            one["editions"] = list(dict.fromkeys([*one["editions"], edition]))
    return sorted(found.values(), key=lambda one: one["kind"])


if __name__ == "__main__":
    os.nice(10)
    json.dump(findings(Book(sys.argv[2]), sys.argv[1]), sys.stdout)
