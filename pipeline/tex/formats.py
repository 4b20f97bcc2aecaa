"""Whether an edition's format is good: made from today's sources, and from TeX's own files as they are."""

from pathlib import Path

from pipeline.project.book import Book
from pipeline.records.reads import file_of, kept, other


def usable(book: Book, edition: str) -> str | None:
    """An edition's format, or None and a note where there is no good one."""
    path = book.format(edition)
    if not Path(path).is_file() or not file_of(path).is_file():
        what = "is not there"
    elif not any(name.startswith("/") for name in kept(path)["files"]):  # TeX's own
        what = "cannot be made"
    elif other(book, path):
        what = "is not of today's sources"
    else:
        return path
    print(f"note: {path} {what}: figures are compiled without it, which takes longer")
    return None
