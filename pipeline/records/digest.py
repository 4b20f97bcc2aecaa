"""Checksums of files and records, and the names that files have in records."""

import hashlib
import json
from pathlib import Path
from typing import Any

from pipeline.project.book import Book
from pipeline.project.modules import module


def digest(path: str | Path) -> str:
    """Of a file's contents."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:16]


def digest_of(record: Any) -> str:
    """Of what JSON can write."""
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:16]


def source_digest(path: str | Path) -> str:
    """Of what a file can change: of Python, what it does; else its contents."""
    return module(path).digest if str(path).endswith(".py") else digest(path)


def sum_of(book: Book, paths: list[str]) -> str:
    """One checksum of many files, for Snakemake to compare: a parameter costs it less than as many inputs."""
    book.digests.update({path: source_digest(path) for path in paths if path not in book.digests})
    return digest_of([[named(book, path), book.digests[path]] for path in paths])


def named(book: Book, path: str | Path) -> str:
    """A file's name in records: the book's folder is `book`, wherever it lies."""
    return f"book/{Path(path).relative_to(book.root)}" if Path(path).is_relative_to(book.root) else str(path)


def located(book: Book, name: str) -> Path:
    """The file of a name in records."""
    return book.root / name.removeprefix("book/") if name.startswith("book/") else Path(name)
