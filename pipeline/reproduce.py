"""Builds the book from nothing twice, in unlike surroundings, and compares bytes.

They differ in the folder's name and depth, the cores, the permissions of new files, the environment and the home.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pipeline.cli import run
from pipeline.errors.author import AuthorError
from pipeline.project.book import Book
from pipeline.project.environ import CACHES
from pipeline.project.paths import FOR_VIEWERS

# What must not matter: the folder's name and depth, cores, permissions of new files, the environment, a home without
# room.
HERMIT = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONSAFEPATH": "1", "HOME": "/dev/null"}
SURROUNDINGS = (
    ("one", 2, 0o022, {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": "1"}),
    (
        os.fsdecode("a/{deeper}, $HOME; \"ü\" 'folder'/two".encode()),
        1,
        0o077,
        {"PYTHONHASHSEED": "2", "TZ": "America/Caracas", "SOURCE_DATE_EPOCH": "1000000000"} | HERMIT,
    ),
)
PASSING = {"logs", "scratch", "lock", "lock.holder", "diary.jsonl", "costs.jsonl"}  # what in build/ tells of one run

Digests = dict[Path, tuple[int, str]]  # {path below a build folder: (bytes, SHA-256)}


def copy(folder: Path) -> None:
    """The project as it is on disk, what git ignores left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], capture_output=True
    )
    if listed.returncode:
        raise AuthorError(f"git cannot say what belongs to the project: {os.fsdecode(listed.stderr).strip()}")
    for name in filter(os.path.isfile, os.fsdecode(listed.stdout).split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(name, folder / name)


def build(
    folder: Path, root: Path, targets: Iterable[str], cores: int, umask: int, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Snakemake's finished process for targets of the book in `root`, seen from the project's copy in a folder."""
    command = [sys.executable, "-m", "snakemake", *targets, f"-c{cores}", "--config", f"book={root}"]
    # as `make book` has it where there is no home
    surroundings = os.environ | {"XDG_CACHE_HOME": f"{folder}/{CACHES}"} | environment
    return subprocess.run(
        command, cwd=folder, env=surroundings, umask=umask, capture_output=True, encoding="utf-8", errors="replace"
    )


def is_sidecar(path: Path) -> bool:
    """Whether a file tells how the PDF or picture beside it was made, or where its sources are, and so what differs
    between equal builds."""
    if path.name.endswith(FOR_VIEWERS):
        return True
    return path.suffix == ".json" and any(path.with_suffix(suffix).is_file() for suffix in ("", ".fmt", ".pdf", ".pt"))


def digests(folder: str | Path) -> Digests:
    """Of all that is to be the same each time."""
    found: Digests = {}
    for path in sorted(p for p in Path(folder).rglob("*") if p.is_file() and not is_sidecar(p)):
        name = path.relative_to(folder)
        if name.parts[0] not in PASSING:
            found[name] = path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def differing(one: Digests, two: Digests) -> list[Path]:
    """Paths that two builds do not have alike."""
    return [name for name in sorted(one.keys() | two.keys()) if one.get(name) != two.get(name)]


def report(one: Digests, two: Digests) -> list[str]:
    """A line a kind of file, which is its folder in build/."""
    kinds: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    apart: Counter[str] = Counter()
    for name in one.keys() | two.keys():
        kind = name.parts[0] if len(name.parts) > 1 else f"*{name.suffix}"
        kinds[kind] += 1
        sizes[kind] += (one.get(name) or two[name])[0]
        apart[kind] += one.get(name) != two.get(name)
    rows = [(kind, kinds[kind], sizes[kind], apart[kind]) for kind in sorted(kinds)]
    rows.append(("all", kinds.total(), sizes.total(), apart.total()))
    return [
        f"{'':12}{'files':>8}{'bytes':>14}{'differing':>12}",
        *(f"{k:12}{n:8,}{b:14,}{d:12,}" for k, n, b, d in rows),
    ]


def reproduce(book: Book) -> None:
    root = book.root.resolve()
    root = root.relative_to(Path.cwd()) if root.is_relative_to(Path.cwd()) else root
    results = []
    with tempfile.TemporaryDirectory() as room:
        for name, cores, umask, environment in SURROUNDINGS:
            copy(Path(room, name))
            targets = ["all", "preview", *book.chapters, *book.config["on_request"]]
            done = build(Path(room, name), root, targets, cores, umask, environment)
            if done.returncode:
                raise AuthorError(f"the build in '{name}' failed:\n{done.stderr}")
            results.append(digests(Path(room, name, book.build)))
    print("\n".join(report(*results)))
    if found := differing(*results):
        raise AuthorError("two builds of the same book differ: " + ", ".join(map(str, found)))


if __name__ == "__main__":
    run(reproduce, __doc__)
