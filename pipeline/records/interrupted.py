"""A training that was interrupted: what it was made from, and where it would go on."""

import json
from pathlib import Path

from pipeline.project.book import Book
from pipeline.records.digest import digest_of
from pipeline.records.reads import unchanged
from pipeline.records.record import of_model


def key(book: Book, model: str) -> str:
    """A checksum of all that a training is known beforehand to be made from."""
    return digest_of(of_model(book, model, {}))


def going_on(book: Book, model: str) -> str:
    """Where the next training of a model would go on, in words; nothing where it would begin."""
    try:
        told = json.loads(Path(book.checkpoint(model)).with_suffix(".json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    same = told["key"] == key(book, model) and unchanged(book, told["reads"])
    return f", going on from epoch {told['epoch']} of {told['epochs']}" if same else ""
