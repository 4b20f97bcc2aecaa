"""Notices what is saved: which files have other contents than before, and the first line that differs."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from watchfiles import DefaultFilter, awatch

from pipeline.desk.subjects import within
from pipeline.project.book import Book

DEBOUNCE, STEP = 40, 10  # ms: at most so long, and so long after the last, what is saved together is one change
RECENT = 5  # s: a file that says it is older was copied with its time
LARGE = 1_000_000  # bytes: of larger files no line is looked for
AROUND = ("templates", "pipeline", "Snakefile")  # what makes a book, besides its own folder


@dataclass(frozen=True)
class Saved:
    """A file that was saved, as the book calls it. line : the first that differs, where it is a text; time : when;
    gone : whether it is not there any more."""

    path: Path
    line: int | None
    time: float
    gone: bool = False


def first_difference(old: str, new: str) -> int | None:
    """The number of the first line of a new text that differs from the old one; an empty one does not
    count."""
    before, after = old.splitlines(), new.splitlines()
    same = next((k for k, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), None)
    if same is None:
        same = min(len(before), len(after))
    while same + 1 < len(after) and not after[same].strip():
        same += 1
    return max(1, min(same + 1, len(after)))


class Known:
    """Files as they were when they were last looked at: a file that is touched and stays the same is no change."""

    def __init__(self, book: Book) -> None:
        self.texts: dict[Path, str] = {}
        self.sums: dict[Path, bytes] = {}
        for path in (path for path in book.root.rglob("*") if path.is_file() and not hidden(path)):
            self.look(within(book, path))

    def look(self, path: Path) -> tuple[bool, int | None]:
        """(whether a file is another than before, the first line that differs)."""
        try:
            content = path.read_bytes()
        except OSError:
            return self.sums.pop(path, None) is not None, None
        digest = hashlib.sha256(content).digest()
        if self.sums.get(path) == digest:
            return False, None
        self.sums[path], line = digest, None
        if len(content) < LARGE and b"\0" not in content:
            text = content.decode(errors="replace")
            line = first_difference(self.texts.get(path, text), text)
            self.texts[path] = text
        return True, line


def moment(path: Path) -> float:
    """When a file was saved: now, where its own time says nothing of it."""
    now = time.time()
    written = path.stat().st_mtime if path.is_file() else now
    return written if now - RECENT < written <= now else now


def hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "__pycache__" for part in path.parts)


async def saves(book: Book, stop: asyncio.Event) -> AsyncIterator[list[Saved]]:
    """What is saved together, as long as nobody stops it."""
    known, roots = Known(book), [path for path in (book.root, *map(Path, AROUND)) if path.exists()]
    notices = awatch(*roots, watch_filter=DefaultFilter(), debounce=DEBOUNCE, step=STEP, stop_event=stop)
    async for changes in notices:
        found = []
        for name in sorted({name for _, name in changes}):
            path = within(book, Path(name))
            if hidden(path) or path.is_dir():
                continue
            other, line = known.look(path)
            if other:
                found.append(Saved(path, line, moment(path), not path.exists()))
        if found:
            yield found
