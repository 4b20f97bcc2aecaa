"""Files that are either whole or not there: written aside, then renamed."""

import hashlib
import os
import platform
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

ASIDE = re.compile(r"\..+?\.([0-9a-f]{6})-(\d+)-[0-9a-f]{4}(\.\w+)*")
OLD = 86_400  # s: so long nobody on another machine works at one file


@cache
def here() -> str:
    """Six digits for this machine and its numbering of processes: containers have their own."""
    told = [platform.node()]
    for source in ("/proc/sys/kernel/random/boot_id", "/proc/self/ns/pid"):
        with suppress(OSError):
            told.append(os.readlink(source) if os.path.islink(source) else Path(source).read_text(encoding="utf-8"))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:6]


def beside(path: Path) -> Path:
    """A temporary path beside `path`, which carries this machine, the number of this process, and some chance."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.with_name(f".{path.stem}.{here()}-{os.getpid()}-{secrets.token_hex(2)}{path.suffix}")


def remove(path: Path) -> None:
    """Removes a file, a link or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def aside_of(path: Path) -> Iterator[Path]:
    """A temporary path beside `path`, gone when the block ends; an error of the system's names `path` instead."""
    aside = beside(path)
    try:
        yield aside
    except OSError as error:
        error.filename = str(error.filename or path).replace(str(aside), str(path))
        raise
    finally:
        remove(aside)


@contextmanager
def whole(path: str | Path) -> Iterator[Path]:
    """A temporary path beside `path`, renamed to it when the block ends well, removed when it does not."""
    with aside_of(Path(path)) as aside:
        yield aside
        os.replace(aside, path)


@contextmanager
def whole_folder(path: str | Path) -> Iterator[Path]:
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


def write(path: str | Path, text: str) -> None:
    with whole(path) as aside:
        aside.write_text(text, encoding="utf-8")


def within(path: str | Path, folders: Iterable[str | Path]) -> bool:
    """Whether a file is there and, links and `..` resolved, one of these files or in one of these folders, and not
    hidden there."""
    path = Path(path).resolve()
    inside = [
        path.relative_to(folder) for folder in map(Path.resolve, map(Path, folders)) if path.is_relative_to(folder)
    ]
    return path.is_file() and any(not any(part.startswith(".") for part in place.parts) for place in inside)


def alive(process: int) -> bool:
    """Whether a process runs; one that was killed may wait, as a zombie, for seconds until its new parent takes
    notice."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    return True


def left_behind(folder: str | Path) -> list[Path]:
    """What killed processes left aside below a folder; of other machines' processes, what is a day old by the folder's
    own clock."""
    found = {path: match for path in Path(folder).rglob(".*") if (match := ASIDE.fullmatch(path.name))}
    if not found:
        return []
    with tempfile.TemporaryFile(dir=folder) as now:
        before = os.fstat(now.fileno()).st_mtime - OLD
    return [
        path
        for path, match in found.items()
        if (not alive(int(match[2])) if match[1] == here() else path.lstat().st_mtime < before)
    ]
