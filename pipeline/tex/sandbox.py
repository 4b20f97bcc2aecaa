"""The door of TeX's room: where the system allows it, bubblewrap shows TeX a disk that holds what it may read, and
nothing else.

Where it does not, as in most containers, what TeX looked for is held against that all the same (view.py), after the
event.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ASKED = "PIPELINE_SANDBOX"  # in the environment: what child processes need not ask again
PLACES = (
    "$TEXMF:$TEXMFROOT:$SELFAUTOLOC",
    "$TEXMFHOME",
    "$TEXMFVAR",
    "$TEXMFCONFIG",
)  # TeX's trees and programs; the author's own trees
KEPT = ("PATH", "TEXMFCNF")  # of the environment, in which there may be secrets
PROGRAMS = ("pdflatex", "latexmk", "bibtex", "makeindex", "perl")
# Programs and their libraries; what somebody put into /usr/local is not the system's.
SYSTEM = [
    "--die-with-parent",
    "--ro-bind",
    "/usr",
    "/usr",
    "--tmpfs",
    "/usr/local",
    "--dev-bind",
    "/dev/null",
    "/dev/null",
]
TOP, MORE = ("/bin", "/lib", "/lib64"), ("/etc/ld.so.cache", "/etc/alternatives", "/etc/perl", "/nix/store")


def show(path: str | Path, way: str = "--ro-bind") -> list[str]:
    """bubblewrap's options that show a file or a folder under the path that it has."""
    return [way, str(path), str(path)]


def room(trees: Iterable[str]) -> list[str]:
    """The command that runs another where there are the system's programs and TeX's trees."""
    paths = [*TOP, *MORE, *trees, *filter(None, map(shutil.which, PROGRAMS))]
    more = [path for path in dict.fromkeys(paths) if os.path.exists(path) and not re.match("/usr/(?!local/)", path)]
    return sum(
        (["--symlink", os.readlink(path), path] if os.path.islink(path) else show(path) for path in more),
        ["bwrap", *SYSTEM],
    )


def refusal(trees: Iterable[str]) -> str:
    """Why TeX cannot run in a room of its own; nothing where it can."""
    try:
        command = [*room(trees), "sh", "-c", "pdflatex --version && perl -e 1"]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return "bubblewrap is not installed"
    return " ".join(done.stderr.split()) or "bubblewrap fails" if done.returncode else ""


def ask() -> dict[str, Any]:
    """{"trees": TeX's folders, "own": the environment that names the author's, "refused": why there is no room, "for":
    who asks}."""
    try:
        command = ["kpsewhich", "--expand-braces=" + "\n".join(PLACES)]
        told = (
            subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
            .stdout.replace("!!", "")
            .splitlines()
        )
    except FileNotFoundError:
        return {"trees": [], "own": {}, "refused": "TeX is not installed", "for": given()}
    there = [path for path in told[0].split(":") if os.path.isdir(path)] if told else []
    trees = list(dict.fromkeys([*there, *map(os.path.realpath, there)]))
    own = {name[1:]: path for name, path in zip(PLACES[1:], told[1:], strict=False)}
    return {"trees": trees, "own": own, "refused": refusal(trees), "for": given()}


def given() -> dict[str, str]:
    """What the answers depend on."""
    return {name: os.environ.get(name, "") for name in ("HOME", *KEPT, *(place[1:] for place in PLACES[1:]))}


def asked() -> dict[str, Any]:
    """What ask() finds, once a build."""
    known = json.loads(os.environ.get(ASKED, "{}"))
    if known.get("for") != given():
        known = ask()
        os.environ[ASKED] = json.dumps(known)
    return known


def environment() -> dict[str, str]:
    """What TeX knows of the environment: where its programs and trees are."""
    return {name: os.environ[name] for name in KEPT if name in os.environ} | asked()["own"]


def enclosed(command: list[str], folder: Path, out: Path, book: Path, files: Iterable[Path]) -> list[str]:
    """The command as it runs in `folder`, which it can read, as it can `book` and `files`; it can write in `out` alone.

    All paths are real ones. What is hidden in the book's folder, such as its repository, stays hidden.
    """
    if asked()["refused"]:
        return command
    hidden = [["--tmpfs", file.path] if file.is_dir() else ["--ro-bind", "/dev/null", file.path]
              for file in os.scandir(book) if file.name.startswith(".")]  # fmt: skip
    seen = [show(book), *hidden, *map(show, [*(file for file in files if file != book), folder]), show(out, "--bind")]
    return [*sum(seen, room(asked()["trees"])), "--chdir", str(folder), *command]
