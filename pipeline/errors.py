"""Errors in the author's words: one line that says where and what, and an exit status that is not 0."""

import re
import sys
import traceback
from contextlib import contextmanager
from pathlib import Path

ERROR = re.compile(r"^error: .*", re.MULTILINE | re.DOTALL)  # the end of a failed step's log, after warnings


class AuthorError(Exception):
    """Something that the author can mend; its message names the file, and the line where there is one."""


def place(file, line):
    return f"{Path(file).resolve().relative_to(Path.cwd())}:{line}"


def frame_in(error, folder):
    """The innermost frame of `error` that lies below `folder` as 'file:line', or None."""
    folder = Path(folder).resolve()
    frames = [f for f in traceback.extract_tb(error.__traceback__) if folder in Path(f.filename).resolve().parents]
    return place(frames[-1].filename, frames[-1].lineno) if frames else None


@contextmanager
def told_to_author(folder):
    """Turns what goes wrong in the author's files below `folder` into one line, and anything else into a traceback."""
    try:
        yield
    except AuthorError as error:
        sys.exit(f"error: {error}")
    except SyntaxError as error:
        sys.exit(f"error: {place(error.filename, error.lineno)}: {error.msg}")
    except Exception as error:
        where = frame_in(error, folder)
        if where is None:
            raise
        origin = frame_in(error, ".")
        raised = "" if origin == where else f" (raised at {origin})"
        sys.exit(f"error: {where}: {type(error).__name__}: {error}{raised}")


def fresh(logs, since):
    """The texts of all logs below a folder that were written after a time."""
    return [log.read_text(errors="replace") for log in sorted(Path(logs).rglob("*.log")) if log.stat().st_mtime >= since]


def failures(logs, since):
    """The error lines of all logs below a folder that were written after a time, each once: what to mend."""
    texts = [m[0] for text in fresh(logs, since) if (m := ERROR.search(text))]
    return list(dict.fromkeys("".join(texts).splitlines()))


def notes(logs, since):
    """The lines of these logs that begin with `note:`, each once: what the author should know, though nothing failed."""
    return list(dict.fromkeys(line for text in fresh(logs, since) for line in text.splitlines() if line.startswith("note: ")))
