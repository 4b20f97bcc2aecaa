"""Says what the figures in a PDF were made from, and what has changed since.

The PDF is a figure's own, a book, or a page cut out of one. The exit status is 0 where today's sources would give the
same figures, and 1 where they would not.
"""

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pikepdf

from pipeline.cli import print_json, run
from pipeline.errors.author import AuthorError, UsageError
from pipeline.errors.hints import nearest
from pipeline.project.book import Book
from pipeline.records.differences import differences, today
from pipeline.records.digest import digest_of
from pipeline.records.record import SECTIONS
from pipeline.records.sidecar import read

Record = dict[str, Any]
EMPTY = pikepdf.Dictionary()
IN_FULL = 2  # figures; where a PDF has more, only what has changed is told


def forms(holder: pikepdf.Object, seen: set[tuple[int, int]]) -> Iterator[pikepdf.Object]:
    """All form XObjects of a page or form, nested ones too, but for those whose numbers were seen before."""
    resources = holder.get("/Resources", EMPTY)
    for form in resources.get("/XObject", EMPTY).values():
        if form.objgen not in seen:
            seen.add(form.objgen)
            yield form
            yield from forms(form, seen)


def parsed(text: str) -> Record | None:
    """The record that a PDF's string holds, or None where it is something else."""
    try:
        record = json.loads(text)
    except ValueError:
        return None
    return record if isinstance(record, dict) and record.keys() == {"figure", "edition", *SECTIONS} else None


def records(file: str) -> list[tuple[int, Record]]:
    """[(page, record)] of the figures in a PDF, in order of appearance; a figure's own PDF has it in its Info.

    Raises a UsageError where there is no such file, an AuthorError where it cannot be read.
    """
    try:
        with pikepdf.open(file) as pdf:
            seen: set[tuple[int, int]] = set()
            infos = [(1, pdf.trailer.get("/Info", EMPTY))]
            for number, page in enumerate(pdf.pages, 1):
                infos += [(number, form.get("/PTEX.InfoDict", EMPTY)) for form in forms(page.obj, seen)]
            return [(n, record) for n, info in infos if (record := parsed(str(info.get("/Provenance", ""))))]
    except FileNotFoundError:
        raise UsageError(f"{file}: there is no such file", nearest(file, Path(file).parent.glob("*.pdf"))) from None
    except pikepdf.PdfError as error:
        raise AuthorError(f"{file}: this cannot be read as a PDF ({error})") from None


def since(book: Book, record: Record) -> list[str]:
    """What has changed since a record was made, in lines."""
    edition, name = record["edition"], record["figure"]
    if name not in book.figures:
        return [f"there is no figure '{name}' any more"]
    if edition not in book.all_editions:
        return [f"there is no edition '{edition}' any more"]
    kept = read(book.figure(edition, name))
    style = kept.get("style", {}) if kept.get("record") == record else {}
    return differences(book, record, today(book, edition, name), style)


def made(book: Book, record: Record) -> dict[str, Any] | None:
    """When and where a figure was made, where the PDF in build/ is that of the record."""
    kept = read(book.figure(record["edition"], record["figure"]))
    return kept["made"] if kept.get("record") == record else None


def told(book: Book, record: Record) -> Iterator[str]:
    """A record in lines: the author's files by name, the pipeline's as one checksum."""
    sources = record["sources"]
    rows = [("seed", f"{name} {seed}") for name, seed in record["seeds"].items()]
    rows += [("version", ", ".join(f"{name} {version}" for name, version in record["versions"].items()))]
    rows += [("built", f"{digest}  {kind}") for kind, digest in record["built"].items()]
    rows += [("source", f"{digest}  {name}") for name, digest in sources.items() if not name.startswith("pipeline/")]
    own = {name: digest for name, digest in sources.items() if name.startswith("pipeline/")}
    rows += [("source", f"{digest_of(own)}  pipeline/, {len(own)} files")]
    if then := made(book, record):
        trained = "".join(f", {model} trained in {seconds:.2f} s" for model, seconds in then["training"].items())
        changed = "" if then["clean"] else ", with changes since"
        commit = f"commit {then['commit']}{changed}" if then["commit"] else "no repository"
        rows += [("made", f"{then['date']}, {commit}"), ("on", then["machine"] + trained)]
    for title, group in groupby(rows, key=lambda row: row[0]):
        for k, (_, text) in enumerate(group):
            yield f"  {'' if k else title:8}{text}"


def provenance(book: Book, file: str, as_json: bool = False) -> int:
    """Prints where the figures in a PDF came from, and what has changed since; returns the exit status."""
    found = [(page, record, since(book, record)) for page, record in records(file)]
    if not found:
        raise AuthorError(f"{file}: no figure in it says where it came from")
    same = sum(not changes for *_, changes in found)
    if as_json:
        figures = [
            {"page": page, **record, "record": digest_of(record), "made": made(book, record), "changes": changes}
            for page, record, changes in found
        ]
        print_json({"file": str(file), "same": same == len(found), "figures": figures})
        return int(same < len(found))
    for page, record, changes in found:
        lines = [f"page {page}: {record['figure']} ({record['edition']}), record {digest_of(record)}"]
        lines += told(book, record) if len(found) <= IN_FULL else ()
        print(*lines, *(f"  today: {change}" for change in changes), sep="\n")
    print(f"today's sources give {'the same' if same == len(found) else f'{same} of {len(found)} figures the same'}")
    return int(same < len(found))


if __name__ == "__main__":
    run(provenance, __doc__, "file", "json")
