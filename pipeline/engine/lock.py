"""The build's lock, and whether build/ has room: one build of a book at a time."""

import errno
import fcntl
import os
import shutil
from pathlib import Path

from pipeline.engine.place import check, files_below
from pipeline.errors.author import AuthorError

ROOM = 20_000_000  # bytes: with less, Snakemake's own files may fail, and it with them


def busy(book):
    """Whether another build is running."""
    path = book.build / "lock"
    if not path.is_file():
        return False
    with open(path, encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def claim(book):
    """Takes the build folder until this process ends, by a lock that dies with it: a killed build leaves none behind."""
    book.build.mkdir(parents=True, exist_ok=True)
    for path in filter(Path.is_dir, files_below(book.build)):
        check(path, os.W_OK)
    if shutil.disk_usage(book.build).free < ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(book.build))
    file = os.open(book.build / "lock", os.O_RDWR | os.O_CREAT)  # never closed; children do not inherit it
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        other = os.read(file, 20).decode()
        raise AuthorError(f"another build of {book.root} is running (process {other}); wait until it ends, or end it") from None
    os.ftruncate(file, 0)
    os.write(file, str(os.getpid()).encode())
