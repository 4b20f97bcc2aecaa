"""What is typed after `snakemake`, checked before Snakemake does: a misspelt target or --config."""

import re

from pipeline.errors.author import AuthorError
from pipeline.errors.hints import nearest
from pipeline.project.config import RESERVED


def check_command(words, config, targets):
    """Raises AuthorError for a word that is nearly one of the targets, and for a key of --config that nothing reads."""
    for key in config:
        if key != "book":
            raise AuthorError(f"--config {key}=…: there is no such key", nearest(key, ["book"]) or "book=… names the book's folder")
    known = {*targets, *RESERVED}
    for before, word in zip(["", *words], words, strict=False):
        typed = re.fullmatch(r"[a-z][a-z0-9-]*", word) and not before.startswith("--")  # what follows an option may be its value
        if typed and word not in known and (near := nearest(word, known, least=0.8)):
            raise AuthorError(f"there is no target '{word}'", f"{near}; `snakemake --list` shows them all")
