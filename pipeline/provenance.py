"""Says what the figures in a PDF were made from: a figure's own PDF, a book, or a page cut out of one.

It also says whether today's sources would give the same figures; the exit status is 0 where that is so for all of them.
"""

import json
import sys
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NoReturn

import pikepdf

from pipeline.cli import run
from pipeline.errors.author import AuthorError
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

    Raises an AuthorError where the file cannot be read.
    """
    try:
        with pikepdf.open(file) as pdf:
            seen: set[tuple[int, int]] = set()
            infos = [(1, pdf.trailer.get("/Info", EMPTY))]
            for number, page in enumerate(pdf.pages, 1):
                infos += [(number, form.get("/PTEX.InfoDict", EMPTY)) for form in forms(page.obj, seen)]
            return [(n, record) for n, info in infos if (record := parsed(str(info.get("/Provenance", ""))))]
    except FileNotFoundError:
        raise AuthorError(f"{file}: there is no such file") from None
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


def told(book: Book, record: Record) -> Iterator[str]:
    """A record in lines: the author's files by name, the pipeline's as one checksum."""
    sources = record["sources"]
    rows = [("seed", f"{name} {seed}") for name, seed in record["seeds"].items()]
    rows += [("version", ", ".join(f"{name} {version}" for name, version in record["versions"].items()))]
    rows += [("built", f"{digest}  {kind}") for kind, digest in record["built"].items()]
    rows += [("source", f"{digest}  {name}") for name, digest in sources.items() if not name.startswith("pipeline/")]
    own = {name: digest for name, digest in sources.items() if name.startswith("pipeline/")}
    rows += [("source", f"{digest_of(own)}  pipeline/, {len(own)} files")]
    kept = read(book.figure(record["edition"], record["figure"]))
    if kept.get("record") == record:
        made = kept["made"]
        trained = "".join(f", {model} trained in {seconds:.2f} s" for model, seconds in made["training"].items())
        changed = "" if made["clean"] else ", with changes since"
        commit = f"commit {made['commit']}{changed}" if made["commit"] else "no repository"
        rows += [("made", f"{made['date']}, {commit}"), ("on", made["machine"] + trained)]
    for title, group in groupby(rows, key=lambda row: row[0]):
        for k, (_, text) in enumerate(group):
            yield f"  {'' if k else title:8}{text}"


def provenance(book: Book, file: str) -> NoReturn:
    """Prints where the figures in a PDF came from, and what has changed since; ends the process."""
    found = records(file)
    if not found:
        raise AuthorError(f"{file}: no figure in it says where it came from")
    same = 0
    for page, record in found:
        changes = since(book, record)
        same += not changes
        lines = [f"page {page}: {record['figure']} ({record['edition']}), record {digest_of(record)}"]
        lines += told(book, record) if len(found) <= IN_FULL else ()
        print(*lines, *(f"  today: {change}" for change in changes), sep="\n")
    print(f"today's sources give {'the same' if same == len(found) else f'{same} of {len(found)} figures the same'}")
    sys.exit(0 if same == len(found) else 1)


if __name__ == "__main__":
    run(provenance, __doc__, "file")
