"""The command line of a step: python -m pipeline.<step> <name> [--edition dark] [--book book]."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.errors.telling import told_to_author
from pipeline.project.book import Book
from pipeline.project.environ import begin_again
from pipeline.project.paths import build_folder


def parse(
    options: Sequence[str], doc: str | None = None, words: Sequence[str] | None = None
) -> tuple[dict[str, str], Path, dict[str, str]]:
    """(arguments, the book's folder, {what is made: its name}) of a command line; options as in run()."""
    kinds = [option for option in options if option not in ("edition", "file")]
    parser = argparse.ArgumentParser(description=doc)
    for kind in kinds:
        parser.add_argument("name", metavar=kind, help=f"name of the {kind}")
    if "file" in options:
        parser.add_argument("file", help="a PDF")
    if "edition" in options:
        parser.add_argument("--edition", default="dark", help="a stem in editions/ (default: dark)")
    parser.add_argument("--book", default="book", help="the book's folder (default: book)")
    arguments = vars(parser.parse_args(words))
    root = Path(arguments.pop("book"))
    of = f" ({arguments['edition']})" if "edition" in arguments else ""
    subject = {kinds[0] if kinds else "book": f"{arguments.get('name', root)}{of}"} if "file" not in options else {}
    return arguments, root, subject


def run(step: Callable[..., None], doc: str | None, *options: str) -> None:
    """Runs step(book, **options) with options from the command line: what the name is of ("figure"), "file", "edition"
    or none."""
    command = ["-m", f"pipeline.{step.__name__}", *sys.argv[1:]]
    if sys.orig_argv[-len(command) :] == command:  # it is a program of its own
        begin_again(*sys.orig_argv[1:], hashed=True)
    arguments, root, subject = parse(options, doc)
    made = "/".join(arguments[option] for option in ("edition", "name") if option in arguments)
    kept = build_folder(root) / "logs" / step.__name__ / f"{made or step.__name__}.txt"
    with told_to_author(root, kept, **subject):
        step(Book(root), **arguments)
