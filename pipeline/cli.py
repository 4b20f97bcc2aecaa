"""The command line of every stage and tool: python -m pipeline.<command> [NAME] [--edition EDITION] [--book FOLDER].

All are asked for help in one way, tell errors in one form, and end with a status of one meaning.
"""

import argparse
import json
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from pipeline.errors.author import AuthorError, UsageError
from pipeline.errors.hints import nearest
from pipeline.errors.telling import block, told_to_author
from pipeline.project.book import Book
from pipeline.project.environ import begin_again
from pipeline.project.paths import build_folder, usual

STATUSES = """exit status:
  0  all is well
  1  something is to be mended, is not current or differs, or could not be made
  2  the command names an option, a figure, an edition … that is not there"""
# What a command may be about: its help, and an example from a book.
SUBJECTS: dict[str, tuple[str, Callable[[Book], str]]] = {
    "model": ("a model's name", lambda book: next(iter(book.models))),
    "figure": ("a figure's name, or its target", lambda book: next(iter(book.computed))),
    "chapter": ("a chapter's name", lambda book: book.chapters[0]),
    "talk": ("a talk's name", lambda book: book.talks[0]),
    "target": ("a figure, a chapter or an edition", lambda book: book.figures[next(iter(book.computed))].target),
    "file": ("a PDF", lambda book: book.pdf(book.editions[0])),
    "folder": ("a folder that is not there or empty; with --arxiv a zip that is not there", lambda book: "out"),
}
OF_ITS_OWN = ("file", "folder")  # of these, those that are the name of nothing in the book
FOLDER = "the book's folder (default: what BOOK says in the environment, or book)"
# What a command may be about, or not: its help.
OPTIONAL = {
    "subject": "a figure, a chapter, or the number of a page of the book",
    "which": "a figure's name, or its target; none with --arxiv",
}
# Flags: what a step calls each, and its help.
FLAGS = {
    "json": ("as_json", "print one JSON document instead of sentences"),
    "open": ("show", "open the page in the browser"),
    "svg": ("svg", "write the figure as an SVG, too"),
    "arxiv": ("arxiv", "write a zip with the whole book, its figures as PDFs, to be sent to arXiv"),
    "lenient": ("lenient", "end with status 0 also where something is to be mended"),
    "update": ("renew", "rewrite what is beyond its tolerances"),
}
# Options that are followed by something: what that is, and their help.
VALUES = {
    "base": ("REV", "a commit to compare with (default: the last tag; without one the last commit)"),
    "against": ("FOLDER", "another folder that is built, to compare with it instead"),
    "editor": ("EDITOR", "what opens a line: vscode, zed, … or a link with {path} and {line} (default: vscode)"),
    "png": ("SCALE", "write the figure as a PNG, too: 1x has 96 pixels an inch, 2x twice as many; 1x,2x is both"),
    "slides": ("TALK", "one of the book's talks instead of the book itself"),
    "port": ("PORT", "at which port of this machine the page is (default: the first that is free, from 8421 on)"),
}


def command_of(name: str) -> str:
    """What is typed to run a stage or a tool."""
    return f"python -m pipeline.{name}" if name else "python -m pipeline"


def typed(option: str) -> str:
    """How an option of run() is typed: what is about several editions is told one by the same word."""
    return f"--{option.removesuffix('s')}" if option == "editions" else f"--{option}"


def refuse(name: str, message: str, *advice: str | None) -> NoReturn:
    """Ends the process: the command line of a command cannot be read."""
    more = f"`{command_of(name)} --help` says what there is"
    error = UsageError(f"{command_of(name)}: {message}", "; ".join(filter(None, [*advice, more])))
    print(block(error, {}, None), file=sys.stderr)
    sys.exit(2)


class Parser(argparse.ArgumentParser):
    """A parser for the command `name`, which tells what is wrong in the author's form."""

    def __init__(self, name: str, doc: str | None) -> None:
        self.name, self.shown = name, ""
        form = argparse.RawDescriptionHelpFormatter
        super().__init__(prog=command_of(name), description=filled(doc or ""), formatter_class=form, allow_abbrev=False)

    def check(self, words: Sequence[str]) -> None:
        """Ends the process where an option is none, before anything else is said."""
        known = [option for option in self._option_string_actions if option.startswith("--")]
        for option in (word.partition("=")[0] for word in words):
            if option.startswith("-") and option not in self._option_string_actions:
                refuse(self.name, f"there is no option '{option}'", nearest(option, known))

    def error(self, message: str) -> NoReturn:
        said = re.sub(r"^the following arguments are required: (.*)$", r"\1 is missing", message)
        said = re.sub(r"^argument (--\w+): expected one argument$", r"\1 is followed by nothing", said)
        said = re.sub(r"^unrecognized arguments: (.*)$", r"'\1' is too much", said)
        refuse(self.name, said)


def filled(doc: str) -> str:
    """A docstring, its paragraphs as wide as the terminal; what is indented stays as it is."""
    width = min(shutil.get_terminal_size().columns, 120)
    parts = doc.strip().split("\n\n")
    return "\n\n".join(part if part.startswith(" ") else textwrap.fill(" ".join(part.split()), width) for part in parts)


def example(name: str, options: Sequence[str], root: Path) -> str:
    """A command for the book that is there; where it cannot be read, with the names of the kinds."""
    words = [command_of(name)]
    try:
        book = Book(root)
        words += [SUBJECTS["figure"][1](book)] * ("which" in options)
        words += [SUBJECTS[option][1](book) for option in options if option in SUBJECTS]
        words += ["--edition", book.editions[-1]] * ("edition" in options)
    except (AuthorError, OSError, StopIteration, IndexError):
        words = [command_of(name), *(option.upper() for option in options if option in SUBJECTS)]
    words += ["--base", "HEAD"] * ("base" in options)
    return " ".join(words + ["--book", str(root)] * (root != Path(usual())))


def closing(name: str, options: Sequence[str], words: Sequence[str]) -> str:
    """What the help of a command ends with: an example from the book that its words name, and the exit statuses."""
    given = argparse.ArgumentParser(add_help=False)
    given.add_argument("--book", default=usual())
    root = Path(given.parse_known_args(words)[0].book)
    return f"example:\n  {example(name, options, root)}\n\n{STATUSES}"


def parser(name: str, doc: str | None, options: Sequence[str]) -> Parser:
    """The parser of a command; options as in run()."""
    made = Parser(name, doc)
    for option in options:
        if option in OPTIONAL:
            made.add_argument(option, metavar=option.upper(), nargs="?", help=OPTIONAL[option])
    for option in options:
        if option in SUBJECTS:
            known = option if option in OF_ITS_OWN else "name"
            made.add_argument(known, metavar=option.upper(), help=SUBJECTS[option][0])
    if "edition" in options:
        made.add_argument("--edition", help="a stem in the book's editions/ (default: the book's first)")
    if "editions" in options:
        told = "one of the book's (default: all that are not on request)"
        made.add_argument("--edition", dest="editions", metavar="EDITION", help=told)
    for option in options:
        if option in VALUES:
            made.add_argument(f"--{option}", metavar=VALUES[option][0], help=VALUES[option][1])
    made.add_argument("--book", metavar="FOLDER", default=usual(), help=FOLDER)
    for flag in options:
        if flag in FLAGS:
            made.add_argument(f"--{flag}", dest=FLAGS[flag][0], action="store_true", help=FLAGS[flag][1])
    return made


def parse(
    name: str, options: Sequence[str], doc: str | None = None, words: Sequence[str] | None = None
) -> tuple[dict[str, Any], Path]:
    """(arguments, the book's folder) of a command's words; options as in run()."""
    reader, words = parser(name, doc, options), sys.argv[1:] if words is None else words
    if {"-h", "--help"} & {*words}:  # only then is the book read
        reader.epilog = closing(name, options, words)
    reader.check(words)
    arguments = vars(reader.parse_intermixed_args(words))  # FIGURE --edition light FOLDER
    return arguments, Path(arguments.pop("book"))


def subject(options: Sequence[str], arguments: dict[str, Any], root: Path) -> dict[str, str]:
    """{what is made: its name}, such as {"figure": "line/fit (dark)"}."""
    of = f" ({arguments['edition']})" if arguments.get("edition") else ""
    kinds = [option for option in options if option in SUBJECTS and option not in OF_ITS_OWN]
    return {kinds[0] if kinds else "book": f"{arguments.get('name', root)}{of}"} if "file" not in options else {}


def opened(root: Path) -> Book:
    """The book in a folder. Raises a UsageError where there is none."""
    if not (root / "book.yaml").is_file():
        there = [path.parent for folder in (Path(), root.parent) for path in sorted(folder.glob("*/book.yaml"))]
        other = nearest(root, there) or (f"'{there[0]}'" if there else None)
        hint = "--book names a folder with a book.yaml" + (f", such as {other}" if other else "")
        raise UsageError(f"{root}: there is no book here", hint)
    return Book(root)


def completed(book: Book, options: Sequence[str], arguments: dict[str, Any]) -> None:
    """Finds a figure by its target, too, and the edition where none is named: the book's first, or all."""
    if "figure" in options:
        targets = {figure.target: figure.name for figure in book.figures.values()}
        arguments["name"] = targets.get(arguments["name"], arguments["name"])
        book.find(arguments["name"])
    if "edition" in options:
        arguments["edition"] = arguments["edition"] or book.editions[0]
        book.edition(arguments["edition"])
    if "editions" in options:
        asked = arguments["editions"]
        arguments["editions"] = [book.edition(asked) and asked] if asked else book.editions


def run(step: Callable[..., int | None], doc: str | None, *options: str) -> None:
    """Runs step(book, **arguments) as the command line has it, and ends the process where it returns a status.

    options : what the command is about, of SUBJECTS; "edition" where it is about one, "editions" where it may be about
    all; its VALUES and its FLAGS.
    """
    command = ["-m", f"pipeline.{step.__name__}", *sys.argv[1:]]
    if sys.orig_argv[-len(command) :] == command:  # it is a program of its own
        begin_again(*sys.orig_argv[1:], hashed=True)
    arguments, root = parse(step.__name__, options, doc)
    with told_to_author(root, None, **subject(options, arguments, root)):
        book = opened(root)
        completed(book, options, arguments)
    made = "/".join(arguments[option] for option in ("edition", "name") if option in arguments)
    kept = build_folder(root) / "logs" / step.__name__ / f"{made or step.__name__}.txt"
    with told_to_author(root, kept, **subject(options, arguments, root)):
        try:
            status = step(book, **arguments)
            sys.stdout.flush()
        except BrokenPipeError:  # who reads it has enough, such as `head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return
    if status:
        sys.exit(status)


def print_json(document: Any) -> None:
    """Prints what a command with --json has to say."""
    print(json.dumps(document, indent=1, ensure_ascii=False))
