"""The macros and environments that TeX knows in a run, by what it has read: the nearest to a misspelt one, and where
there is none, the packages that would bring it."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pipeline.errors.hints import nearest

LOADED = re.compile(r"\((/[^()\n]+?\.(?:sty|cls|tex|def|clo|ltx|cfg|ldf))\b")
DEFINED = re.compile(
    r"\\(?:\w*(?:[nN]ew|[pP]rovide|[dD]eclare)\w*|[gex]?def|let)\*?\s*\{?\s*\\([A-Za-z]+)(?![A-Za-z@_:])"
)
ENVIRONMENTS = re.compile(r"\\\w*environment\*?\s*\{([A-Za-z]+\*?)\}")
HOME = "in the book's preamble.tex"  # where an author says what the book needs
MOST = 3  # packages that are named


@cache
def distance(a: str, b: str) -> int:
    """The fewest letters that are added, left out, replaced or swapped with their neighbour to make one word of another
    (optimal string alignment)."""
    rows = [[*range(len(b) + 1)]]
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            row.append(min(row[-1] + 1, rows[-1][j] + 1, rows[-1][j - 1] + (x != y)))
            if i > 1 and j > 1 and (x, y) == (b[j - 2], a[i - 2]):
                row[-1] = min(row[-1], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]


def closest(name: str, words: Iterable[str], own: Iterable[str] = ()) -> str | None:
    """The word that a name is most probably meant to be, one of one's `own` before others; None where all are far."""
    most = (len(name) + 1) // 4 or int(len(name) > 2)
    first, found = set(own), dict[str, tuple[int, bool, str]]()
    for word in {*words, *first} - {name}:
        if abs(len(word) - len(name)) <= most and len({*word} ^ {*name}) <= 2 * most and word:
            far = distance(name, word)
            if far <= most:
                found[word] = far, word not in first, word
    least = min(found.values(), default=None)
    alike = [word for word, rank in found.items() if least and rank[:2] == least[:2]]
    near = nearest(name, alike, least=0) if alike else None  # of some as near, the one that looks most like it
    return near and near.strip("'")


@cache
def kernel() -> tuple[Path, ...]:
    """The sources of LaTeX itself, which are in the format."""
    if not shutil.which("kpsewhich"):
        return ()
    found = subprocess.run(["kpsewhich", "latex.ltx"], capture_output=True, encoding="utf-8").stdout.strip()
    return tuple(Path(found).parent.glob("*.ltx")) if found else ()


def read(log: str, loaded: Iterable[str]) -> str:
    """All that TeX has read of its own: LaTeX, what the log names, and what a format holds."""
    files = {*map(str, kernel()), *LOADED.findall(log), *loaded}
    return "\n".join(Path(f).read_text(encoding="utf-8", errors="replace") for f in sorted(files) if Path(f).is_file())


def names(tex: str, environment: bool) -> set[str]:
    """The macros that TeX's sources define, or the environments."""
    found = set(DEFINED.findall(tex))
    if environment:  # LaTeX's own are two macros
        return {*ENVIRONMENTS.findall(tex), *(name for name in found if f"end{name}" in found)}
    return found


def packages(name: str, environment: bool) -> list[str]:
    """The packages in TeX's trees that define a macro or environment, some at most; none where many do."""
    if not shutil.which("kpsewhich") or not shutil.which("grep"):
        return []
    tree = subprocess.run(["kpsewhich", "-var-value=TEXMFDIST"], capture_output=True, encoding="utf-8").stdout.strip()
    macro = rf"(command|[gex]?def|Command|Operator|Symbol)\*? *\{{? *\\{name}([^A-Za-z@]|$)"
    what = rf"environment\*? *\{{{name}\}}" if environment else macro
    command = ["grep", "-rlE", "--include=*.sty", what, f"{tree}/tex/latex"]
    files = subprocess.run(command, capture_output=True, encoding="utf-8", env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
    own = sorted({path.stem for path in map(Path, files.stdout.splitlines()) if path.stem == path.parent.name})
    return own if len(own) <= MOST else []


def advice(name: str, log: str, own: str, loaded: Iterable[str], environment: bool = False) -> str:
    """What to try where TeX knows no macro, or no environment, of a name.

    own : the texts in which the author's and the pipeline's macros are defined; loaded : files of TeX's own that are
    read besides those that the log names.
    """
    known = (names(read(log, loaded), environment), names(own, environment))
    near = closest(name, *known)
    told = near and (rf"\begin{{{near}}}" if environment else rf"\{near}")
    if near and told and distance(name, near) == 1:  # as likely as not
        return told
    if found := packages(name, environment):
        which = " or ".join(rf"\usepackage{{{package}}}" for package in found)
        return f"{which} {HOME} brings it"
    return told or f"define it {HOME}"
