"""What a stage has read below the book and the project, kept beside its output as compilers keep dependency files.

The next plan compares it with what is there: a file that has changed, is gone or is new makes the output stale. Python
tells of what it opens by its audit hook, TeX by its account (tex/view.py).
"""

import json
import os
import site
import sys
import sysconfig
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import source_from_cache
from pathlib import Path
from stat import S_ISDIR
from types import FrameType
from typing import Any

from pipeline.files import remove, write
from pipeline.project import modules
from pipeline.project.book import Book
from pipeline.project.modules import module
from pipeline.records import digest as digests
from pipeline.records.digest import digest, digest_of, located, named

ABSENT = ""  # the state of a file that was looked for and is not there
IMPORTER = "<frozen importlib._bootstrap_external>"
# They ask what a file is; what a book is has its own parameters in the rules.
OWN = (str(Path(modules.__file__).parent), digests.__file__)
MADE = ("build", "pipeline")  # of the project's folders, those whose files Snakemake knows by other ways
# Below these lies what a system and its packages bring; everything else outside the book is somebody's own.
SYSTEM = (
    "/usr",
    "/lib",
    "/etc",
    "/proc",
    "/sys",
    "/dev",
    "/run",
    "/nix",
    "/opt",
    "/System",
    "/Library",
    tempfile.gettempdir(),
)
STANDARD = sysconfig.get_path("stdlib")  # Python's own modules
PACKAGES = (
    sys.prefix,
    sys.base_prefix,
    *sysconfig.get_paths().values(),
    *site.getsitepackages(),
    site.getusersitepackages(),
)


def states(path: str | Path, name: str) -> set[str]:
    """The states of what lies at a path: a folder's, of the names in it; a file's, of its contents and, for Python, of
    what it does. name : in a record; TeX's own have absolute ones."""
    try:
        stat = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return {ABSENT}
    if S_ISDIR(stat.st_mode):
        return {digest_of(sorted(os.listdir(path)))}
    if os.path.isabs(name):  # TeX's own, some hundred: contents would take too long
        return {f"{stat.st_size} {stat.st_mtime_ns}"}
    return {digest(path)} | ({module(path).digest} if str(path).endswith(".py") else set())


def states_now(book: Book, name: str) -> set[str]:
    """The same of a name in a record, once a process."""
    if name not in book.states:
        book.states[name] = states(located(book, name), name)
    return book.states[name]


def file_of(output: str | Path) -> Path:
    return Path(output).with_suffix(".reads")


def kept(output: str | Path) -> dict[str, Any]:
    """{"files": {name: state}, "changed": why it was made}, as the last run has left it."""
    try:
        return json.loads(file_of(output).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {"files": {}, "changed": ""}


def other(book: Book, output: str | Path) -> dict[str, set[str]]:
    """{name: its states today} of what an output has read and is not as it was."""
    found = {name: (was, states_now(book, name)) for name, was in kept(output)["files"].items()}
    return {name: now for name, (was, now) in found.items() if was not in now}


def unchanged(book: Book, files: dict[str, str]) -> bool:
    """Whether files that were read, {name: state}, are as they were."""
    return all(was in states_now(book, name) for name, was in files.items())


def changed(book: Book, output: str | Path) -> str:
    """What tells the files that an output was made from, besides what is known beforehand, from those of today: a
    rule's parameter.

    While they are the same it stays as it was when the output was made, for Snakemake compares it with that.
    """
    if not (differing := other(book, output)):
        return kept(output)["changed"]
    (first, now), *more = differing.items()
    was = kept(output)["files"][first]
    what = "is gone" if now == {ABSENT} else "is new" if was == ABSENT else "has changed"
    rest = f", and {len(more)} more" if more else ""
    mark = digest_of(sorted([name, *sorted(now)] for name, now in differing.items()))
    return f"{located(book, first)} {what}{rest} ({mark})"


def sources_of(files: dict[str, str]) -> dict[str, str]:
    return {name: state for name, state in files.items() if state != ABSENT and not name.startswith("/")}


def sources_today(book: Book, output: str | Path) -> dict[str, str]:
    """What an output has read, as it is today."""
    files = kept(output)["files"]
    return sources_of(
        {name: was if was in (now := states_now(book, name)) else min(now) for name, was in files.items()}
    )


class Reads:
    """What is read while an output is made. files : {name: state}; notes : what the author does that no later plan can
    see."""

    def __init__(self, book: Book, output: str | Path, known: Iterable[str | Path]) -> None:
        self.book, self.output, self.known = book, output, {named(book, path) for path in known}
        self.changed = changed(book, output)
        self.home, self.project = f"{book.root.resolve()}/", f"{Path.cwd().resolve()}/"
        self.files: dict[str, str] = {}
        self.notes: set[str] = set()

    def add(self, path: str | Path, quoted: bool = False) -> None:
        """Takes down a file, or a folder whose names were asked for, as it is now; each letter counts of what is
        quoted."""
        path = os.path.realpath(path)
        if f"{path}/".startswith(self.home):
            path = os.path.join(self.book.root, path[len(self.home) :])
        elif path.startswith(self.project):
            path = path.removeprefix(self.project)
        name = named(self.book, path)
        if name not in self.files and name.split("/")[0] not in MADE and (quoted or name not in self.known):
            found = states(path, name)
            self.files[name] = min(found) if len(found) == 1 else digest(path) if quoted else module(path).digest

    def opened(self, path: str, frame: FrameType, listed: bool) -> None:
        """Takes down what Python opens: files below the book and the project; folders, where the author's code asks
        what is in them."""
        path = os.path.realpath(path)
        inside = f"{path}/".startswith((self.home, self.project))
        parts = path.removeprefix(self.home).removeprefix(self.project).split("/")
        if "__pycache__" in parts and path.endswith(".pyc"):
            with suppress(ValueError):  # one that Python does not name so
                self.opened(source_from_cache(path), frame, listed)
            return
        if any(part.startswith(".") for part in parts):
            return
        known = inside and parts[0] in MADE and not path.startswith(self.home)
        if known and parts[0] == "pipeline":
            return  # a module that the author's imports: part of what his own code is
        if inside and not known:
            if not listed or self.by_author(frame):
                self.add(path)
        elif not path.startswith((*SYSTEM, *PACKAGES)) and not listed and (file := self.by_author(frame)):
            self.notes.add(f"{file} reads {path}, whose changes are not seen: what lies in the book is tracked")

    def started(self, program: str, frame: FrameType) -> None:
        """Notes a program that the author's code starts itself, rather than a library that it calls."""
        nearest = next((file for file in callers(frame) if not file.startswith(STANDARD)), "")
        if nearest.startswith(self.home):
            self.notes.add(f"{self.shown(nearest)} starts {program}: the files that a program reads are not tracked")

    def by_author(self, frame: FrameType | None) -> str:
        """The book's file that is the last among those that have called; "" where none has."""
        return next((self.shown(file) for file in callers(frame) if file.startswith(self.home)), "")

    def shown(self, file: str) -> str:
        return os.path.join(self.book.root, file.removeprefix(self.home))

    @property
    def sources(self) -> dict[str, str]:
        """The files below the book and the project, as a record has them."""
        return sources_of(self.files)

    def save(self) -> None:
        if self.files or self.changed:
            write(
                file_of(self.output),
                json.dumps({"files": self.files, "changed": self.changed}, indent=1, sort_keys=True) + "\n",
            )
        else:
            remove(file_of(self.output))


PROGRAMS = ("subprocess.Popen", "os.system", "os.posix_spawn")  # the events of Python's that start one

active: list[Reads] = []  # the one that listens, if any
hooked: list[bool] = []  # whether Python has the hook, which cannot be taken away again
thread = threading.local()  # busy: whether this thread is taking something down; what it opens for that is not read


@contextmanager
def aside() -> Iterator[None]:
    """In such a block nothing is taken down of what this thread opens."""
    thread.busy = True
    try:
        yield
    finally:
        thread.busy = False


def callers(frame: FrameType | None, most: int = 1000) -> Iterator[str]:
    """The files of what has called, the last first."""
    while frame and most:
        yield frame.f_code.co_filename
        frame, most = frame.f_back, most - 1


def hook(event: str, words: tuple[Any, ...]) -> None:
    """What Python calls at each event: here when files are opened, folders listed and programs started."""
    if not active or event not in ("open", "os.listdir", "os.scandir", *PROGRAMS) or getattr(thread, "busy", False):
        return
    if event in PROGRAMS:
        active[0].started(os.path.basename(os.fsdecode(words[0]).partition(" ")[0]), sys._getframe(1))
        return
    frame, path, listed = sys._getframe(1), words[0], event != "open"
    if not isinstance(path, str | bytes | os.PathLike) or (listed and frame.f_code.co_filename == IMPORTER):
        return
    if not listed and (words[2] & (os.O_WRONLY | os.O_RDWR) or (words[1] is None and not os.path.isabs(path))):
        return  # it is written; or it is named in an open folder, as when folders are removed
    if any(file.startswith(OWN) for file in callers(frame, 6)):
        return
    with aside():
        active[0].opened(os.fsdecode(path), frame, listed)


@contextmanager
def taken_down(book: Book, output: str | Path, known: Iterable[str | Path] = ()) -> Iterator[Reads]:
    """Takes down what is read in a block that makes an output; it is kept where the block ends well.

    known : files that it is known to be made from, whatever it reads.
    """
    if not hooked:
        sys.addaudithook(hook)
        hooked.append(True)
    reads = Reads(book, output, known)
    active.append(reads)
    try:
        yield reads
    finally:
        active.remove(reads)
    reads.save()
    for note in sorted(reads.notes):
        print(f"note: {note}")


def told(*paths: str | Path, quoted: bool = False) -> None:
    """Takes down what is read in another way than Python's own, for the output that is being made."""
    for reads in active:
        for path in paths:
            reads.add(path, quoted)
