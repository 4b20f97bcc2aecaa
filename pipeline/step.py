"""The command line of a step: python -m pipeline.<step> <name> [--edition dark] [--book book]."""

import argparse
from pathlib import Path

from pipeline.errors import told_to_author
from pipeline.project import Book, build_folder


def run(step, doc, *options):
    """Runs step(book, **options) with options from the command line: what the name is of ("figure"), "file", "edition" or none."""
    kinds = [option for option in options if option not in ("edition", "file")]
    parser = argparse.ArgumentParser(description=doc)
    for kind in kinds:
        parser.add_argument("name", metavar=kind, help=f"name of the {kind}")
    if "file" in options:
        parser.add_argument("file", help="a PDF")
    if "edition" in options:
        parser.add_argument("--edition", default="dark", help="a stem in editions/ (default: dark)")
    parser.add_argument("--book", default="book", help="the book's folder (default: book)")
    arguments = vars(parser.parse_args())
    root = Path(arguments.pop("book"))
    made = "/".join(arguments[option] for option in ("edition", "name") if option in arguments)
    of = f" ({arguments['edition']})" if "edition" in arguments else ""
    kept = build_folder(root) / "logs" / step.__name__ / f"{made or step.__name__}.txt"
    subject = {kinds[0] if kinds else "book": f"{arguments.get('name', root)}{of}"} if "file" not in options else {}
    with told_to_author(root, kept, **subject):
        step(Book(root), **arguments)
