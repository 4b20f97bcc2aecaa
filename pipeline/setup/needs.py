"""What the system must have, and the packages that bring it: TeX, its fonts, what makes an environment.

A group of needs is installed as one: where one thing of a group is missing, all its packages are installed; those that
are there already cost nothing. This module imports the standard library alone.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from pipeline.errors.author import AuthorError

PYTHON = f"python{sys.version_info[0]}.{sys.version_info[1]}"
COMPILED = (3, 14)  # from this Python on, one package of requirements.lock (immutables) has no wheel and is compiled

BROWSERS = "chromium", "chromium-browser", "google-chrome"
TOOLS = "pdflatex", "bibtex", "latexmk", "pdftoppm", "gs"
# One file of each package of TeX that may be missing.
TEX_FILES = (
    *("memoir.cls", "pgfplots.sty", "microtype.sty", "natbib.sty", "plainnat.bst", "hyperref.sty", "mathpazo.sty"),
    *("tgpagella.sty", "texgyrepagella-regular.otf", "t1xtt.tfm", "british.ldf", "bm.sty", "xpatch.sty"),
    *("unicode-math-table.tex", "showlabels.sty", "csquotes.sty", "FOGRA39L_coated.icc", "qrcode.sty"),
    *("ulem.sty", "tracklang.sty"),  # what authors underline and list with: glossaries asks for the second
)
# What the book can do without, by tool: TeX in a closed room; fonts of the system's that Matplotlib finds; films.
WANTED = {"bwrap": "bubblewrap", "fc-list": "fontconfig", "ffmpeg": "ffmpeg"}

APT = (
    "texlive-latex-base texlive-latex-recommended texlive-latex-extra texlive-pictures texlive-fonts-recommended "
    "texlive-plain-generic tex-gyre fonts-texgyre latexmk poppler-utils ghostscript fontconfig bubblewrap"
)
DNF = (
    "texlive-scheme-basic texlive-collection-latexrecommended texlive-collection-pictures "
    "texlive-collection-fontsrecommended texlive-babel-english texlive-csquotes texlive-xpatch texlive-showlabels "
    "texlive-colorprofiles texlive-upmendex texlive-qrcode texlive-ulem texlive-tracklang latexmk poppler-utils "
    "ghostscript fontconfig bubblewrap"
)
TLMGR = (
    "collection-latexrecommended collection-pictures collection-fontsrecommended "  # each of many packages
    "babel-english csquotes xpatch showlabels colorprofiles upmendex qrcode ulem tracklang latexmk"
)


class Group(NamedTuple):
    """Things that are installed as one."""

    lacks: Callable[[], list[str]]  # the names of what is missing
    apt: str  # Debian's packages that bring them
    dnf: str  # Fedora's
    brew: str  # a command for macOS


def tex() -> list[str]:
    """Tools and files of TeX that are not there."""
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if not shutil.which("kpsewhich"):
        return [*missing, "TeX"]
    found = subprocess.run(["kpsewhich", *TEX_FILES], capture_output=True, text=True, encoding="utf-8").stdout
    names = {Path(line).name for line in found.split("\n")}
    return missing + [file for file in TEX_FILES if file not in names]


def venv() -> list[str]:
    """What makes an environment with pip inside, if it is missing: Debian has a package of its own for it."""
    return [] if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv") else ["Python's venv"]


def compiler() -> list[str]:
    """What is missing to compile a package that has no wheel for this Python."""
    if sys.version_info < COMPILED:
        return []
    header = Path(sysconfig.get_path("include"), "Python.h").is_file()
    return ([] if shutil.which("cc") else ["a C compiler"]) + ([] if header else ["Python.h"])


def browser() -> list[str]:
    """The browser in which tests look at the page of `python -m pipeline.watch`."""
    return [] if any(map(shutil.which, BROWSERS)) else ["Chromium"]


VENV = Group(venv, f"{PYTHON}-venv", "python3-pip", "brew install python")
COMPILER = Group(compiler, f"gcc libc6-dev {PYTHON}-dev", "gcc python3-devel", "xcode-select --install")
BASICTEX = "brew install --cask basictex && brew install poppler ghostscript fontconfig"
TEX = Group(tex, APT, DNF, f"{BASICTEX} && sudo tlmgr install {TLMGR}")
BROWSER = Group(browser, "chromium", "chromium", "brew install --cask chromium")  # of tests alone
FFMPEG = Group(lambda: [], "ffmpeg", "ffmpeg-free", "brew install ffmpeg")
Lacks = dict[Group, list[str]]  # {group: what is missing of it}, of the groups of which something is missing


def lacking(groups: Iterable[Group]) -> Lacks:
    """What is missing of these groups."""
    return {group: names for group in groups if (names := group.lacks())}


def wanted() -> list[str]:
    """Packages that the book can do without, and that are missing."""
    return [package for tool, package in WANTED.items() if sys.platform == "linux" and not shutil.which(tool)]


def commands(groups: Iterable[Group]) -> list[str]:
    """The command that installs groups on this system; one for each system where this one is not known."""
    groups = list(groups)
    apt, dnf = (" ".join(getattr(group, name) for group in groups) for name in ("apt", "dnf"))
    known = {
        "apt-get": f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {apt}",
        "dnf": f"sudo dnf install -y {dnf}",
        "brew": " && ".join(group.brew for group in groups),
    }
    here = [line for tool, line in known.items() if shutil.which(tool)][:1]
    return [line if shutil.which("sudo") else line.replace("sudo ", "") for line in here or known.values()]


def told(lacks: Lacks) -> str:
    """What is missing and how to install it, in words."""
    missing = ", ".join(name for names in lacks.values() for name in names)
    lines = commands(lacks)
    how = "this installs it" if len(lines) == 1 else "one of these installs it"
    by = "" if shutil.which("sudo") else " (as root)"
    return "\n".join([f"missing: {missing}", f"{how}{by}; then `make` goes on:", *(f"  {line}" for line in lines)])


def reason(done: "subprocess.CompletedProcess[str]") -> str:
    """Why a process failed: what it could not fetch, or the last line of what it said."""
    lines = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
    return next((line for line in lines if "Failed to fetch" in line), lines[-1])


def finished(command: list[str]) -> "subprocess.CompletedProcess[str]":
    """The process of a command that has ended, with what it said."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8")


def as_root() -> list[str] | None:
    """The words before a command of apt-get that run it as root without a password; None where that cannot be."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    may = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0
    return ["sudo"] if may else None


def apt(prefix: list[str], packages: str) -> None:
    """Installs packages of Debian; it first completes an installation that was stopped in its midst.

    prefix : of as_root(). Raises an AuthorError where they could not be installed.
    """
    print(f"set-up: installing {packages}", file=sys.stderr, flush=True)
    run = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    get = [*run, "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    step = [*get, "install", "-y", "--no-install-recommends", *packages.split()]
    done = [finished(command) for command in ([*get, "update"], step)][-1]
    if "dpkg --configure -a" in done.stderr:
        finished([*run, "dpkg", "--configure", "-a"])
        done = finished(step)
    if done.returncode:
        raise AuthorError(f"the system's packages could not be installed: {reason(done)}", " ".join(step))


def install(lacks: Lacks) -> None:
    """Installs what is missing; where that cannot be, raises an AuthorError with the command that installs it."""
    prefix = as_root()
    if lacks and prefix is not None:
        apt(prefix, " ".join(group.apt for group in lacks))
        lacks = lacking(lacks)
    if lacks:
        raise AuthorError(told(lacks))


def install_wanted() -> None:
    """Installs what the book can do without; where that cannot be, says so and goes on."""
    packages, prefix = wanted(), as_root()
    try:
        if packages and prefix is not None:
            apt(prefix, " ".join(packages))
    except AuthorError as error:
        print(f"set-up: {error}", file=sys.stderr)
    if packages := wanted():
        print(f"set-up: wanted, though all goes on without: {', '.join(packages)}", file=sys.stderr)
