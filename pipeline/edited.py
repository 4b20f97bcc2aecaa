"""Builds what the edited file is part of, and says in one line how that went.

What a figure is made of is the figure; a text is its chapter; any other file, and none, is the book. What is wrong is
told in full on standard error. --into names a folder for editors: the PDF is copied there as fig.pdf, as main.pdf where
no file is named, and the line is in .build-status.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.cli import STATUSES, Parser, command_of, opened
from pipeline.desk.subjects import Subject, about
from pipeline.engine.diary import NAME
from pipeline.errors.author import AuthorError, UsageError
from pipeline.errors.hints import nearest
from pipeline.errors.report import faults
from pipeline.errors.telling import block, told_to_author
from pipeline.files import whole, write
from pipeline.project.book import Book
from pipeline.project.chapters import left_out
from pipeline.project.environ import PYTHON, begin_again
from pipeline.project.paths import FOR_VIEWERS, canonical, usual

STATUS, FIGURE, DOCUMENT = ".build-status", "fig.pdf", "main.pdf"  # as tikz-vscode-ext has them
EDITION = "EDITION"  # in the environment: what --edition would say


def home(path: Path | None) -> str:
    """The folder of the book that a file belongs to: around it, or what the picture below build/ was made of."""
    named = usual()
    if path is None:
        return named
    if path.is_relative_to("build"):
        _, *parts = path.parts
        inside = Path(*parts[: parts.index("pictures")]) if "pictures" in parts else Path()
        built = [inside, "/" / inside] if inside != Path() else [Path(named)]
        return str(next((root for root in built if (root / "book.yaml").is_file()), named))
    return str(next((folder for folder in path.parents if (folder / "book.yaml").is_file()), named))


def subject(book: Book, path: Path | None) -> Subject:
    """What a file is part of: a figure, a chapter or the book. Raises an AuthorError for one that is left out."""
    if path in (aside := left_out(book)):
        raise aside[path]
    drawn = next((name for name in book.figures if path and path == Path(book.picture(name))), None)
    if drawn:
        return Subject("figure", drawn)
    return (path and about(book, path, None, None)) or Subject("book", "book")


def made(book: Book, edition: str, shown: Subject, preview: bool) -> str:
    """The file that shows it. preview : the figure drawn by Matplotlib."""
    if preview and shown.kind != "figure":
        hint = "a figure's template, its module or its rendered picture"
        raise UsageError(f"{book.root}: a preview is a figure's, and the file is part of no figure", hint)
    return book.preview(edition, book.find_computed(shown.name).name) if preview else shown.pdf(book, edition)


def build(book: Book, target: str) -> Sequence[Mapping[str, Any]]:
    """Builds a file by the process that stays, and returns the faults; [] where it is there."""
    begun = time.time()
    command = [*PYTHON, "-m", "pipeline.build", target, "--book", str(book.root)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8", errors="replace")
    print(done.stderr, end="", file=sys.stderr)
    if done.returncode == 0:
        return []
    diary = book.build / NAME
    events = [json.loads(line) for line in diary.read_text(encoding="utf-8").splitlines()] if diary.is_file() else []
    if events and events[0]["time"] >= begun and events[-1].get("faults"):
        return events[-1]["faults"]
    told = [fault.record() for fault in faults([done.stderr])]  # it has not begun
    return told or [
        {"file": None, "line": None, "text": f"the build has ended with status {done.returncode}", "rows": {}}
    ]


def told(found: Sequence[Mapping[str, Any]]) -> str:
    """Faults in one line: the first, with what to try, and how many more there are."""
    first = found[0]
    place = ":".join(str(part) for part in (first["file"], first["line"]) if part)
    hint = f"; try: {first['rows']['try']}" if "try" in first["rows"] else ""
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return " ".join(f"{place}: {first['text']}{hint}{more}".removeprefix(": ").split())


def copied(file: Path, target: Path) -> None:
    """Copies a file; where it is not there, what was copied before goes."""
    if file.is_file():
        with whole(target) as aside:
            shutil.copyfile(file, aside)
    else:
        target.unlink(missing_ok=True)


def edited(path: Path | None, edition: str | None, root: Path, into: Path | None, preview: bool = False) -> str:
    """Builds what a file is part of; returns ok … or fail …, which is also in the folder `into`, beside the PDF."""
    if into:
        (into / STATUS).unlink(missing_ok=True)  # who is killed leaves none
    try:
        if path and not path.is_file():
            beside = [str(other) for other in path.parent.glob("*") if other.is_file()]
            raise UsageError(f"{path}: there is no such file", nearest(str(path), beside))
        book = opened(root)
        edition = edition or book.editions[0]
        book.edition(edition)
        shown = subject(book, path)
        found = build(book, file := made(book, edition, shown, preview))
        line = f"fail {told(found)}" if found else f"ok {shown.name} ({edition})"
        if into and not found and not preview:
            target = into / (FIGURE if path else DOCUMENT)
            copied(Path(file), target)
            copied(Path(file).with_suffix(FOR_VIEWERS), target.with_suffix(FOR_VIEWERS))
    except AuthorError as error:
        print(*(block(each, {}, None) for each in error.errors), sep="\n", file=sys.stderr)
        line = f"fail {told([fault.record() for fault in faults([block(each, {}, None) for each in error.errors])])}"
    if into:
        write(into / STATUS, f"{line}\n")
    return line


def main() -> None:
    begin_again("-m", "pipeline.edited", *sys.argv[1:])
    parser = Parser("edited", __doc__)
    parser.add_argument("file", nargs="?", metavar="FILE", help="the file that is being edited (default: the book)")
    parser.add_argument("--edition", help=f"(default: what {EDITION} says in the environment, or the book's first)")
    parser.add_argument("--into", metavar="FOLDER", type=Path, help="where an editor looks for the PDF and the line")
    parser.add_argument("--preview", action="store_true", help="the figure drawn by Matplotlib")
    parser.add_argument("--book", metavar="FOLDER", help="the book's folder (default: that of the file)")
    parser.epilog = f"example:\n  {command_of('edited')} book/book.tex\n\n{STATUSES}"
    parser.check(sys.argv[1:])
    asked = parser.parse_args()
    path = canonical(asked.file) if asked.file else None
    root = canonical(asked.book or home(path))
    with told_to_author(root):
        line = edited(path, asked.edition or os.environ.get(EDITION), root, asked.into, asked.preview)
    print(line)
    sys.exit(line.startswith("fail"))


if __name__ == "__main__":
    main()
