"""What git knows of a book: its last commit, in the few letters that a reader can quote."""

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.project.book import Book
from pipeline.project.paths import Paths

COMMIT = "PIPELINE_COMMIT"  # in the environment: what child processes inherit rather than ask again


def head(book: Paths) -> dict[str, str | bool | None]:
    """The last commit, and whether nothing has changed since; of neither anything for a book that is in no
    repository."""
    if not tracked(book.root):
        return {"commit": None, "clean": None}
    first, *lines = git(book.root, "--no-optional-locks", "status", "--porcelain=v2", "--branch").splitlines() or [""]
    return {
        "commit": first.removeprefix("# branch.oid "),
        "clean": bool(first) and all(line.startswith("#") for line in lines),
    }


def circumstances(book: Paths) -> dict[str, Any]:
    """What differs between equal builds; a build's jobs have the commit from its beginning."""
    return (json.loads(os.environ[COMMIT]) if COMMIT in os.environ else head(book)) | {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{' '.join(os.uname()[::2])}, {os.cpu_count()} cores, Python {platform.python_version()}",
    }


def git(folder: str | Path, *command: str) -> str:
    """What git prints; '' without it, or where it fails."""
    try:
        done = subprocess.run(["git", "-C", folder, *command], capture_output=True, encoding="utf-8")
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def tracked(root: str | Path) -> bool:
    """Whether a book's folder belongs to a git repository: it may merely lie in another project's."""
    return bool(git(root, "ls-files", "--", "book.yaml"))


def concerning(root: str | Path) -> list[str]:
    """What a book is made from, as git names paths; its tests and golden tables are no part of it."""
    makers = [path.resolve() for path in (Path("templates"), Path("pipeline"))]
    return [".", ":!tests", ":!expected", *map(str, makers if Path(root).resolve().is_relative_to(Path.cwd()) else [])]


def last(root: str | Path, form: str) -> str:
    """The last commit of a tracked book and of what makes it. form : what git tells of it, such as %H."""
    return git(root, "log", "-1", "--abbrev=8", f"--format={form}", "--", *concerning(root))


def commit(root: str | Path) -> str:
    """'1a2b3c4d' of the last change to a book and to what makes it, with a + for changes since; '' without git."""
    if not tracked(root):
        return ""
    name = last(root, "%h")
    return name and f"{name}{'+' if git(root, 'status', '--porcelain', '--', *concerning(root)) else ''}"


def stamp(book: Book, edition: str) -> dict[str, str]:
    """{version: …, commit: …}, the second in editions that show it, as far as there are any."""
    shown = book.edition(edition).stamp != "none"
    found = {"version": book.config.get("version", ""), "commit": commit(book.root) if shown else ""}
    return {word: name for word, name in found.items() if name}
