"""Files that are either whole or not there: written aside, then renamed."""

import os
import re
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path

ASIDE = re.compile(r"\..+?\.(\d+)(\.\w+)?")


def beside(path):
    """A temporary path beside `path`, which carries the number of this process."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}")


def remove(path):
    """Removes a file, a link or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def aside_of(path):
    """A temporary path beside `path`, gone when the block ends; an error of the system's names `path` instead."""
    aside = beside(path)
    remove(aside)  # of an earlier process that had this number
    try:
        yield aside
    except OSError as error:
        error.filename = str(error.filename or path).replace(str(aside), str(path))
        raise
    finally:
        remove(aside)


@contextmanager
def whole(path):
    """A temporary path beside `path`, renamed to it when the block ends well, removed when it does not."""
    with aside_of(Path(path)) as aside:
        yield aside
        os.replace(aside, path)


@contextmanager
def whole_folder(path):
    """The same for a folder, which replaces the old one; nobody meets half a folder."""
    path = Path(path)
    with aside_of(path) as aside:
        aside.mkdir()
        old = aside.with_name(f"{aside.name}.old")
        yield aside
        if path.is_dir():
            path.replace(old)
        aside.replace(path)
        remove(old)


def write(path, text):
    with whole(path) as aside:
        aside.write_text(text, encoding="utf-8")


def within(path, folders):
    """Whether a file is there and, links and `..` resolved, one of these files or in one of these folders, and not hidden there."""
    path = Path(path).resolve()
    inside = [path.relative_to(folder) for folder in map(Path.resolve, map(Path, folders)) if path.is_relative_to(folder)]
    return path.is_file() and any(not any(part.startswith(".") for part in place.parts) for place in inside)


def alive(process):
    """Whether a process runs; one that was killed may wait, as a zombie, for seconds until its new parent takes notice."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    return True


def left_behind(folder):
    """What killed processes left aside below a folder."""
    return [path for path in Path(folder).rglob(".*") if (m := ASIDE.fullmatch(path.name)) and not alive(int(m[1]))]
