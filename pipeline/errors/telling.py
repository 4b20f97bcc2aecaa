"""Tells errors in the author's words: where, what, what to try, and where the full log is."""

import errno
import re
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors.author import AuthorError, UsageError
from pipeline.errors.hints import python_hint
from pipeline.files import write

# The system's errors that an author can do something about: what is said, what to try.
SYSTEM = {
    errno.ENOSPC: ("the disk is full", "make room and build again: what is made stays"),
    errno.EDQUOT: ("the quota of disk space is used up", "make room and build again: what is made stays"),
    errno.EFBIG: ("the file grows beyond what the system allows", "see `ulimit -f`, and the disk's own limit"),
    errno.EROFS: ("the file system is read-only", "build in a folder that can be written"),
    errno.EACCES: ("no permission to read or write it", "`ls -ld` shows whose it is"),
    errno.EPERM: ("it is not permitted to write here", "`ls -ld` shows whose it is"),
}
OWN_FAULT = "this is a fault of the pipeline's own, whose traceback stands above"


def place(file: str | Path, line: int | None) -> str:
    """'file:line', the file's path from the current folder where it lies below."""
    path = Path(file).resolve()
    return f"{path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}:{line}"


def frame_in(error: BaseException, folder: str | Path) -> str | None:
    """The innermost frame of `error` that lies below `folder` as 'file:line', or None."""
    folder = Path(folder).resolve()
    frames = [f for f in traceback.extract_tb(error.__traceback__) if folder in Path(f.filename).resolve().parents]
    return place(frames[-1].filename, frames[-1].lineno) if frames else None


def undecodable(folder: str | Path) -> str | None:
    """'file:line' of the first text below a folder that is not in UTF-8, or None."""
    for path in sorted(p for p in Path(folder).rglob("*") if p.suffix in (".tex", ".j2", ".py", ".yaml", ".bib")):
        try:
            path.read_bytes().decode()
        except UnicodeDecodeError as error:
            return place(path, error.object.count(b"\n", 0, error.start) + 1)
    return None


def in_words(error: Exception, folder: str | Path) -> Sequence[AuthorError]:
    """The errors that tell the author of an exception; none where the fault is the pipeline's own.

    folder : where the author's files are.
    """
    where = frame_in(error, folder)
    if isinstance(error, AuthorError):
        return [e.at(where) for e in error.errors] if where else error.errors
    if isinstance(error, SyntaxError) and error.filename:
        return [AuthorError(f"{place(error.filename, error.lineno)}: {error.msg}", python_hint(error))]
    if where is None and isinstance(error, OSError) and error.errno in SYSTEM:
        what, hint = SYSTEM[error.errno]
        return [AuthorError(f"{error.filename or Path.cwd()}: {what}", hint)]
    if isinstance(error, UnicodeDecodeError) and (text := undecodable(folder)):
        return [AuthorError(f"{text}: the file is not in UTF-8", "save it again in that encoding")]
    if where:
        return [from_python(error, where)]
    return []


def from_python(error: BaseException, where: str) -> AuthorError:
    """The error that tells of an exception in the author's Python; its traceback is the log."""
    log = "".join(traceback.format_exception(error))
    return AuthorError(f"{where}: {summary(error)}", python_hint(error), log=log)


def summary(error: BaseException) -> str:
    """An exception as one line."""
    words = re.sub(r" \(/[^)]*\)$", "", " ".join(str(error).split()))  # without the file that an ImportError ends with
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def block(error: AuthorError, subject: Mapping[str, str], kept: Path | None) -> str:
    """The lines that the author reads of an error; `subject` and `kept` as in told_to_author()."""
    rows = {**subject, **error.rows, "try": error.hint, "picture": error.picture, "log": error.log and kept}
    message = f"error: {error}".replace("\n", "\n  ")
    return "\n".join([message, *(f"  {key:<7} {value}" for key, value in rows.items() if value)])


@contextmanager
def told_to_author(folder: str | Path, kept: Path | None = None, **subject: str) -> Iterator[None]:
    """Where the block raises, ends the process with a message for the author and exit status 1, or 2 for a UsageError.

    A fault of the pipeline's own shows its traceback, too.

    folder : where the author's files are; kept : the file for a log that says more than the message;
    subject : what was being made, such as figure="line/fit (dark)".
    """
    try:
        yield
    except Exception as error:
        errors = in_words(error, folder)
        if not errors:
            traceback.print_exc()
            where = frame_in(error, Path(__file__).parents[1])
            errors = [AuthorError(f"{where}: {summary(error)}", OWN_FAULT)]
        for log in (e.log for e in errors if e.log):
            if kept:
                write(kept, log)
        text = "\n".join(block(e, subject, kept) for e in errors)
        if isinstance(error, UsageError):
            print(text, file=sys.stderr)
        sys.exit(2 if isinstance(error, UsageError) else text)
