"""Whether the place is fit for a build: the sources readable, build/ writable, room on the disk, no other build, no dates to come."""

import errno
import fcntl
import os
import shutil
import time
from pathlib import Path

from pipeline.errors import AuthorError

ROOM = 20_000_000  # bytes: with less, Snakemake's own files may fail, and it with them


def files_below(folder):
    """All files and folders below a folder, itself included, but for hidden ones."""
    for here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(here), *(Path(here, name) for name in files))


def check(path, mode):
    if not os.access(path, mode):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def check_place(book):
    """Raises PermissionError for sources that cannot be read, and where Snakemake could not keep its records."""
    for path in (path for folder in (book.root, Path("templates")) for path in files_below(folder)):
        check(path, os.R_OK)
    check(".snakemake" if Path(".snakemake").exists() else ".", os.W_OK)


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


def date_back(book):
    """Dates what is of the future, by a clock that was wrong or is, at now.

    Contents decide what is made again, but Snakemake takes an output away that is older than what it was made from.
    """
    now = time.time()
    for path in (path for folder in (book.root, Path("templates"), Path("pipeline"), book.build) for path in files_below(folder)):
        if path.lstat().st_mtime > now:
            try:
                os.utime(path, follow_symlinks=False)
            except PermissionError:
                raise AuthorError(f"{path}: its date is in the future", "it is not yours: set the clock, or wait") from None
