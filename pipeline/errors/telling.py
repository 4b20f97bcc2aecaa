"""Errors in the author's words: where, what, what to try and where the full log is; and an exit status that is not 0."""

import errno
import re
import sys
import traceback
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors.author import AuthorError
from pipeline.errors.hints import python_hint
from pipeline.files import write

# What stops the system, and what the author does about it.
SYSTEM = {
    errno.ENOSPC: ("the disk is full", "make room and build again: what is made stays"),
    errno.EDQUOT: ("the quota of disk space is used up", "make room and build again: what is made stays"),
    errno.EFBIG: ("the file grows beyond what the system allows", "see `ulimit -f`, and the disk's own limit"),
    errno.EROFS: ("the file system is read-only", "build in a folder that can be written"),
    errno.EACCES: ("no permission to read or write it", "`ls -ld` shows whose it is"),
    errno.EPERM: ("it is not permitted to write here", "`ls -ld` shows whose it is"),
}


def place(file, line):
    path = Path(file).resolve()
    return f"{path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}:{line}"


def frame_in(error, folder):
    """The innermost frame of `error` that lies below `folder` as 'file:line', or None."""
    folder = Path(folder).resolve()
    frames = [f for f in traceback.extract_tb(error.__traceback__) if folder in Path(f.filename).resolve().parents]
    return place(frames[-1].filename, frames[-1].lineno) if frames else None


def undecodable(folder):
    """'file:line' of the first text below a folder that is not in UTF-8, or None."""
    for path in sorted(p for p in Path(folder).rglob("*") if p.suffix in (".tex", ".j2", ".py", ".yaml", ".bib")):
        try:
            path.read_bytes().decode()
        except UnicodeDecodeError as error:
            return place(path, error.object.count(b"\n", 0, error.start) + 1)


def in_words(error, folder):
    """The AuthorErrors that tell of an exception, or None for a fault of the pipeline's own."""
    where = frame_in(error, folder)
    if isinstance(error, AuthorError):
        return [e.at(where) for e in error.errors] if where else error.errors
    if isinstance(error, SyntaxError):
        return [AuthorError(f"{place(error.filename, error.lineno)}: {error.msg}")]
    if where is None and isinstance(error, OSError) and error.errno in SYSTEM:
        what, hint = SYSTEM[error.errno]
        return [AuthorError(f"{error.filename or Path.cwd()}: {what}", hint)]
    if isinstance(error, UnicodeDecodeError) and (text := undecodable(folder)):
        return [AuthorError(f"{text}: the file is not in UTF-8", "save it again in that encoding")]
    if where:
        return [AuthorError(f"{where}: {summary(error)}", python_hint(error), log="".join(traceback.format_exception(error)))]


def summary(error):
    """An exception as one line."""
    words = re.sub(r" \(/[^)]*\)$", "", " ".join(str(error).split()))  # the file, of an ImportError
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def block(error, subject, kept):
    """The lines that the author reads."""
    rows = {**subject, **error.rows, "try": error.hint, "picture": error.picture, "log": error.log and kept}
    return "\n".join([f"error: {error}".replace("\n", "\n  "), *(f"  {key:<7} {value}" for key, value in rows.items() if value)])


@contextmanager
def told_to_author(folder, kept=None, **subject):
    """Turns what goes wrong in the author's files below `folder` into words, and anything else into a traceback as well.

    kept : where a log that says more than the words is kept; subject : what was made, such as figure="line/fit (dark)".
    """
    try:
        yield
    except Exception as error:
        errors = in_words(error, folder)
        if not errors:
            traceback.print_exc()
            where = frame_in(error, Path(__file__).parents[1])
            errors = [AuthorError(f"{where}: {summary(error)}", "this is a fault of the pipeline's own, whose traceback stands above")]
        for log in (e.log for e in errors if e.log and kept):
            write(kept, log)
        sys.exit("\n".join(block(e, subject, kept) for e in errors))
