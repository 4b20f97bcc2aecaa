"""Whether an edition's format is good: made from today's sources, and from TeX's own files as they are."""

from pathlib import Path

from pipeline.project.book import Book
from pipeline.records.reads import file_of, other


def usable(book: Book, edition: str, of_texts: bool = False) -> str | None:
    """An edition's format, of its figures or of its texts, or None and a note where there is no good one."""
    record = book.format(edition)
    path, what = (book.text_format(edition), "texts") if of_texts else (record, "figures")
    if not Path(path).is_file() or not file_of(record).is_file():
        why = "is not there"
    elif not Path(path).stat().st_size:
        why = "cannot be made"
    elif other(book, record):
        why = "is not of today's sources"
    else:
        return path
    print(f"note: {path} {why}: {what} are compiled without it, which takes longer")
    return None
