"""The build's lock, and whether build/ has room: one build of a book at a time."""

import errno
import os
import shutil
import socket
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from pipeline.engine.preconditions import check, files_below
from pipeline.errors.author import AuthorError
from pipeline.project.book import Book

ROOM = 20_000_000  # bytes: with less, Snakemake's own files may fail, and it with them
held: list[BaseFileLock] = []  # until this process ends


def claim(book: Book) -> None:
    """Takes the build folder until this process ends, by a lock that dies with it: a killed build leaves none
    behind."""
    book.build.mkdir(parents=True, exist_ok=True)
    for path in filter(Path.is_dir, files_below(book.build)):
        check(path, os.W_OK)
    if shutil.disk_usage(book.build).free < ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(book.build))
    lock, holder = FileLock(book.build / "lock", timeout=0), book.build / "lock.holder"
    try:
        lock.acquire()
    except Timeout:
        other = holder.read_text(encoding="utf-8") if holder.is_file() else "unknown"
        raise AuthorError(f"another build of {book.root} is running ({other}); wait until it ends, or end it") from None
    held.append(lock)
    holder.write_text(f"process {os.getpid()} on {socket.gethostname()}", encoding="utf-8")
