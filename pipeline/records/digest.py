"""Checksums of files and records, and the names that files have in records."""

import hashlib
import json
from pathlib import Path


def digest(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:16]


def digest_of(record):
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:16]


def sum_of(book, what, paths):
    """One checksum of what many files hold, for Snakemake to compare: a parameter costs it less than as many inputs."""
    book.digests.update({path: digest(path) for path in paths if path not in book.digests})
    return f"{what} {digest_of([[str(path), book.digests[path]] for path in paths])}"


def named(book, path):
    """A file's name in records: the book's folder is `book`, wherever it lies."""
    return f"book/{Path(path).relative_to(book.root)}" if Path(path).is_relative_to(book.root) else str(path)


def located(book, name):
    """The file of a name in records."""
    return book.root / name.removeprefix("book/") if name.startswith("book/") else Path(name)
