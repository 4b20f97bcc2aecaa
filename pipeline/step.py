"""The command line of a step: python -m pipeline.<step> <name> [--edition dark] [--book book]."""

import argparse

from pipeline.errors import told_to_author
from pipeline.project import Book


def run(step, doc, *options):
    """Runs step(book, **options) with options from the command line: "name", "file", "edition" or none."""
    parser = argparse.ArgumentParser(description=doc)
    if "name" in options:
        parser.add_argument("name", help="of the figure, model or chapter, such as spiral/energy")
    if "file" in options:
        parser.add_argument("file", help="a PDF")
    if "edition" in options:
        parser.add_argument("--edition", default="dark", help="a stem in editions/ (default: dark)")
    parser.add_argument("--book", default="book", help="the book's folder (default: book)")
    arguments = vars(parser.parse_args())
    root = arguments.pop("book")
    with told_to_author(root):
        step(Book(root), **arguments)
