"""Whether the place is fit for a build: the sources readable, no dates to come."""

import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors.author import AuthorError
from pipeline.project.book import Book


def files_below(folder: Path) -> Iterator[Path]:
    """All files and folders below a folder, itself included, but for hidden ones."""
    for here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(here), *(Path(here, name) for name in files))


def check(path: str | Path, mode: int) -> None:
    if not os.access(path, mode):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def check_place(book: Book) -> None:
    """Raises PermissionError for sources that cannot be read, and where Snakemake could not keep its records."""
    for path in (path for folder in (book.root, Path("templates")) for path in files_below(folder)):
        check(path, os.R_OK)
    check(".snakemake" if Path(".snakemake").exists() else ".", os.W_OK)


def date_back(book: Book) -> None:
    """Dates what was built in the future, by a clock that was wrong or is, at now.

    Contents decide what is made again, but Snakemake takes an output away that is older than what it was made from.
    """
    now = time.time()
    for path in [*files_below(book.build), *filter(Path.exists, [Path(book.metadata)])]:
        if path.lstat().st_mtime > now:
            try:
                os.utime(path, follow_symlinks=False)
            except PermissionError:
                raise AuthorError(
                    f"{path}: its date is in the future", "it is not yours: set the clock, or wait"
                ) from None
