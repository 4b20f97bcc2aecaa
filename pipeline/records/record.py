"""What a thing was made from, taken down by the step that makes it: files by their hashes, seeds and versions.

A record is {section: {name: value}} and equal for equal builds. Each stage's includes those of the stages before it, so
that a figure's is whole. It lies beside the output in a file of its own, which nothing depends on.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.project.book import Book
from pipeline.project.device import device
from pipeline.records.digest import digest, named, source_digest
from pipeline.records.sidecar import read
from pipeline.records.versions import tex, versions

FRAME = ["figure.tex", "marks.tex", "press.tex"]  # of templates/
SECTIONS = ("sources", "seeds", "versions", "built")
Record = dict[str, Any]  # {section: {name: value}}; of a figure also its name and edition


def merge(*records: Record) -> Record:
    return {section: {key: value for r in records for key, value in r.get(section, {}).items()} for section in SECTIONS}


def part(book: Book, paths: Iterable[str | Path], versions: dict[str, str], *seeded: str) -> Record:
    """What one stage itself reads."""
    sources = {named(book, path): source_digest(path) for path in paths if Path(path).is_file()}
    return {"sources": sources, "seeds": {name: book.seed(name) for name in seeded}, "versions": versions}


def carried(kind: str, output: str, file: str, record: Record | None = None) -> Record:
    """The record of an earlier stage's output, and the hash of its `file`.

    record : instead of the output's own; the file counts only where it was made from just that.
    """
    own = read(output).get("record", {})
    counts = record in (None, own) and Path(file).is_file()
    return merge(own if record is None else record, {"built": {kind: digest(file)} if counts else {}})


def trained_by(book: Book, model: str) -> list[str]:
    """The Python files that make a model."""
    starts: list[str | Path] = ["pipeline/train.py", *(book.models[each] for each in (model, *book.teachers(model)))]
    return [path for start in starts for path in book.sources(start)]


def computed_by(book: Book, figure: str, stage: str = "tables") -> list[str]:
    """The Python files that make a figure's tables, or its frames."""
    shapes = [book.models[model] for model in book.asked(figure, stage)]
    starts: list[str | Path | None] = [f"pipeline/{stage}.py", book.find(figure).module, *shapes]
    return [path for start in starts if start for path in book.sources(start)]


def drawn_with(book: Book, edition: str) -> list[str]:
    """What TeX reads for any figure in an edition."""
    return [*map(book.template, FRAME), *book.style, *map(str, book.edition(edition).files)]


# Each takes the records of the stages before, or has them from beside their outputs; `read` are the sources that were
# seen to be read.
def of_model(book: Book, name: str, read: dict[str, Any], models: dict[str, Record] | None = None) -> Record:
    before = [carried(f"model {m}", book.model(m), book.model(m), models and models[m]) for m in book.teachers(name)]
    paths = trained_by(book, name)
    return merge(*before, part(book, paths, versions(paths) | {"device": device(book)}, name), {"sources": read})


def of_tables(book: Book, name: str, read: dict[str, Any], models: dict[str, Record] | None = None) -> Record:
    before = [carried(f"model {m}", book.model(m), book.model(m), models and models[m]) for m in book.asked(name)]
    paths = computed_by(book, name)
    return merge(*before, part(book, paths, versions(paths), name), {"sources": read})


def of_picture(book: Book, name: str, read: dict[str, Any], tables: Record | None = None) -> Record:
    before = [carried("tables", book.tables(name), book.sums(name), tables)] if book.find(name).module else []
    paths = book.sources("pipeline/picture.py")
    return merge(*before, part(book, paths, versions(paths)), {"sources": read})


def of_inks(book: Book, edition: str) -> Record:
    paths = book.sources("pipeline/inks.py")
    return merge(part(book, [*paths, *book.style, *book.edition(edition).files], versions(paths)))


def of_figure(
    book: Book,
    edition: str,
    name: str,
    read: dict[str, Any],
    picture: Record | None = None,
    inks: Record | None = None,
) -> Record:
    before = [carried("picture", book.picture(name), book.picture(name), picture)]
    if book.mixed(edition):
        before.append(carried("inks", book.inks(edition), book.inks(edition), inks))
    paths = [*book.sources("pipeline/figure.py"), *drawn_with(book, edition)]
    made = merge(*before, part(book, paths, versions(paths) | tex()), {"sources": read})
    return {"figure": name, "edition": edition} | made
