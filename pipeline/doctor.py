"""Tells what this machine has of what a book needs, and what is missing.

It ends with status 1 where something is missing, and names the command that installs it.
"""

import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from pipeline.cli import run as run_step
from pipeline.engine.lock import ROOM
from pipeline.errors.author import AuthorError
from pipeline.project.book import Book
from pipeline.records import versions
from pipeline.setup import needs
from pipeline.setup.install import LOCK, pins
from pipeline.tex import run, sandbox

PROGRAMS = {"git": "--version", **dict.fromkeys(needs.TOOLS, "--version"), "pdftoppm": "-v", "bwrap": "--version"}
RUNS = 20  # of a command that is timed
OUTSIDE = "/doctor/asks"  # a file that TeX may not read, and that does not exist


def said(*command: str) -> str:
    """The first line with a number in it that a program says of itself."""
    if not shutil.which(command[0]):
        return "missing"
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace")
    lines = (done.stdout + done.stderr).splitlines()
    return next((line.strip() for line in lines if any(map(str.isdigit, line))), "there")


def plain(package: str) -> str:
    """A package's name in its standard spelling (PEP 503)."""
    return re.sub(r"[-_.]+", "-", package).lower()


def packages() -> str:
    """How the Python packages that are there differ from requirements.lock."""
    there = {plain(each.name): each.version.split("+")[0] for each in metadata.distributions()}
    lock = pins(LOCK.read_text(encoding="utf-8"))
    found = {name: there.get(plain(name), "missing") for name in lock}
    other = [f"{name} {found[name]}, not {version}" for name, version in lock.items() if found[name] != version]
    return "; ".join(other) or f"{len(lock)} packages, as in requirements.lock"


def face(book: Book) -> str:
    """Whether previews have the book's typeface."""
    from pipeline.style.faces import find_face  # Matplotlib is slow to import
    from pipeline.style.stylesheet import Stylesheet

    style = Stylesheet.read(book.edition_file(book.editions[0]))
    return "; ".join(find_face(style)) or f"{style.macros['textface'][2]}, as in the book"


def seconds(command: list[str]) -> float:
    """The median time that a command takes."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def room() -> str:
    """Whether TeX runs in a room, where it sees only what it may read, and what that costs each run."""
    if refused := sandbox.asked()["refused"]:
        return f"none ({refused}): after each run, the files that TeX looked for are checked"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder).resolve()
        cost = seconds(sandbox.enclosed(["true"], path, path, path, [])) - seconds(["true"])
    return f"bubblewrap: TeX sees what it may read, nothing else; {1000 * cost:.1f} ms a run"


def account() -> str:
    """Whether TeX reports the files that it looks for, also where their names are written with a variable."""
    with tempfile.TemporaryDirectory() as folder:
        text = rf"\openin9={{$SELFAUTOLOC{OUTSIDE}}}\openin9={OUTSIDE} \csname @@end\endcsname"
        *_, heard = run.finish(["pdflatex", "-interaction=batchmode", text], Path(folder))
        heard.join()
    if OUTSIDE in heard.sought and any(name.endswith(OUTSIDE) and name != OUTSIDE for name in heard.sought):
        return "TeX reports the files that it looks for"
    return "silent: this TeX does not report the files that it looks for"


def findings(book: Book) -> Iterator[tuple[str, str]]:
    """(what, what is said of it) for each thing that matters on this machine."""
    named = Path("/etc/os-release").is_file()
    system = platform.freedesktop_os_release()["PRETTY_NAME"] if named else platform.platform()
    yield "system", f"{system}, {platform.machine()}, {os.cpu_count()} cores"
    yield "python", f"{platform.python_version()}, {sys.prefix}"
    yield "", packages()
    for k, (name, option) in enumerate(PROGRAMS.items()):
        yield "" if k else "programs", f"{name}: {said(name, option)}"
    yield "TeX", ", ".join(f"{name} {version}" for name, version in versions.tex().items()) or "missing"
    yield "face", face(book)
    yield "room", room()
    yield "account", account() if shutil.which("pdflatex") else "unknown: TeX is missing"
    free = shutil.disk_usage(book.build if book.build.is_dir() else ".").free
    yield "disk", f"{free / 10**9:.1f} GB free" if free > ROOM else f"full: {free // 10**6} MB free"


def doctor(book: Book) -> None:
    """Prints the findings. Raises an AuthorError where something is missing that the book needs."""
    for what, text in findings(book):
        print(f"{what:<9} {text}", flush=True)
    if lacks := needs.lacking([needs.TEX]):
        raise AuthorError(needs.told(lacks))
    print("nothing is missing")


if __name__ == "__main__":
    run_step(doctor, __doc__)
