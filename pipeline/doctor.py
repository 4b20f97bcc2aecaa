"""Tells what this machine has of what the book needs, and what is missing: python -m pipeline.doctor [--book book].

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
from pipeline.records import versions
from pipeline.setup import needs
from pipeline.setup.install import LOCK, pins
from pipeline.tex import run, sandbox

PROGRAMS = {"git": "--version", **dict.fromkeys(needs.TOOLS, "--version"), "pdftoppm": "-v", "bwrap": "--version"}
RUNS = 20  # of which the median counts
OUTSIDE = "/doctor/asks"  # a file that TeX may not read, and that is not there


def said(*command: str) -> str:
    """The first line with a number in it that a program says of itself."""
    if not shutil.which(command[0]):
        return "missing"
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", stdin=subprocess.DEVNULL)
    return next((line.strip() for line in (done.stdout + done.stderr).splitlines() if any(map(str.isdigit, line))), "there")


def plain(package: str) -> str:
    """A package's name, as all its spellings are compared."""
    return re.sub(r"[-_.]+", "-", package).lower()


def packages() -> str:
    """How the Python packages that are there differ from requirements.lock."""
    there = {plain(each.name): each.version.split("+")[0] for each in metadata.distributions()}
    lock = pins(LOCK.read_text(encoding="utf-8"))
    found = {name: there.get(plain(name), "missing") for name in lock}
    other = [f"{name} {found[name]}, not {version}" for name, version in lock.items() if found[name] != version]
    return "; ".join(other) or f"{len(lock)} packages, as in requirements.lock"


def face(book) -> str:
    """Whether previews have the book's face."""
    from pipeline.style.axes import find_face  # Matplotlib is slow to import
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
    """Which of the two keeps TeX from what it may not read, and what a room costs a run of TeX."""
    if refused := sandbox.asked()["refused"]:
        return f"none ({refused}): what TeX looks for is held against what it may read"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder).resolve()
        cost = seconds(sandbox.enclosed(["true"], path, path, path, [])) - seconds(["true"])
    return f"bubblewrap: TeX sees what it may read, nothing else; {1000 * cost:.1f} ms a run"


def account() -> str:
    """Whether it is heard what TeX looks for, also where a variable hides it from TeX itself."""
    with tempfile.TemporaryDirectory() as folder:
        text = rf"\openin9={{$SELFAUTOLOC{OUTSIDE}}}\openin9={OUTSIDE} \csname @@end\endcsname"
        *_, heard = run.finish(["pdflatex", "-interaction=batchmode", text], folder)
        heard.join()
    if OUTSIDE in heard.sought and any(name.endswith(OUTSIDE) and name != OUTSIDE for name in heard.sought):
        return "hears what TeX looks for"
    return "deaf: this TeX does not tell what it looks for"


def findings(book) -> Iterator[tuple[str, str]]:
    """(what, what is said of it) of this machine."""
    system = platform.freedesktop_os_release()["PRETTY_NAME"] if Path("/etc/os-release").is_file() else platform.platform()
    yield "system", f"{system}, {platform.machine()}, {os.cpu_count()} cores"
    yield "python", f"{platform.python_version()}, {sys.prefix}"
    yield "", packages()
    yield from (("programs" if not k else "", f"{name}: {said(name, how)}") for k, (name, how) in enumerate(PROGRAMS.items()))
    yield "TeX", ", ".join(f"{name} {version}" for name, version in versions.tex().items()) or "missing"
    yield "face", face(book)
    yield "room", room()
    yield "account", account() if shutil.which("pdflatex") else "unheard: TeX is missing"
    free = shutil.disk_usage(book.build if book.build.is_dir() else ".").free
    yield "disk", f"{free / 10**9:.1f} GB free" if free > ROOM else f"full: {free // 10**6} MB free"


def doctor(book):
    for what, text in findings(book):
        print(f"{what:<9} {text}", flush=True)
    if lacks := needs.lacking([needs.TEX]):
        raise AuthorError(needs.told(lacks))
    print("nothing is missing")


if __name__ == "__main__":
    run_step(doctor, __doc__)
