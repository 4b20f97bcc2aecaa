"""The stylesheet's keys are its own: none takes the place of one that TikZ, PGFPlots or a library of theirs has."""

import re
import subprocess
from pathlib import Path

import pytest
from frames import framed, tex

from pipeline.plots.keys import HANDLER, LINE

EXTENDS = re.compile(r"\.(?:append|prefix|add|default|initial|try|cd|list|expand|forward)")
# Lines that would be thinner than the edition's thinnest; they mean what the manual says, where it is wider.
RAISED = {"ultra thin", "very thin", "thin"}
PLAIN = r"""\documentclass{article}\usepackage{pgfplots}\pgfplotsset{compat=1.18}\makeatletter
\newcommand\known[1]{\pgfkeysifdefined{#1}{\typeout{known #1}}{\pgfkeysifdefined{#1/.@cmd}{\typeout{known #1}}{}}}
%s\begin{document}\makeatletter
%s\end{document}
"""


def libraries():
    """The TikZ and PGFPlots libraries of PGF's and PGFPlots's own trees which pdfTeX can load, as commands."""
    where = subprocess.run(["kpsewhich", "tikz.sty", "pgfplots.sty"], capture_output=True, encoding="utf-8").stdout
    generic = [Path(path).parents[2 + ("latex/pgf" in path)] / "generic" for path in where.split()]
    found = {file.name for folder in generic for file in folder.glob("pgf*/**/*library*.code.tex")}
    lua = r"graphdrawing|contourlua|external|clickable|decorations\.softclip|\.\w*barcharts|\.sparklines"
    return [
        rf"\use{kind}library{{{name}}}"
        for file in sorted(found)
        if (match := re.fullmatch(r"(tikz|pgfplots)library([\w.]+)\.code\.tex", file))
        for kind, name in [match.groups()]
        if not re.search(lua, name) and not name.startswith("pgfplots")
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """{name of a key of TikZ's or PGFPlots's: its handler} of all keys that the stylesheet makes."""
    folder = tmp_path_factory.mktemp("frame")
    framed(folder, r"\takenotes x")
    lines = (folder / "job.keys").read_text(encoding="utf-8").splitlines()
    keys = [match for line in lines if (match := LINE.fullmatch(line)) and match[1] == "house"]
    named = [found for match in keys if (found := HANDLER.fullmatch(match[2]))]
    ours = [m for m in named if m[1].startswith(("/tikz/", "/pgfplots/")) and not EXTENDS.match(m[2])]
    return {m[1]: m[2] for m in ours if not m[1].startswith("/pgfplots/color sequence/")}  # what a colour map runs


def taken(names, folder):
    """Those of the keys' names that TikZ or PGFPlots has by itself: an axis's options look in both."""
    paths = [f"/{root}/{name.split('/', 2)[2]}" for name in names for root in ("tikz", "pgfplots")]
    log = tex(
        folder, PLAIN % ("\n".join(libraries()), "\n".join(rf"\known{{{path}}}" for path in dict.fromkeys(paths)))
    )
    return {path.split("/", 2)[2] for path in re.findall(r"^known (.+)$", log, re.MULTILINE)}


def test_no_key_of_the_stylesheet_is_one_of_tikz_or_pgfplots(made, tmp_path):
    assert len(made) > 30 and "/tikz/variable node" in made and "/pgfplots/vectors" in made
    assert len(libraries()) > 60
    assert taken(made, tmp_path) <= RAISED


def test_a_name_that_is_taken_is_seen(tmp_path):
    planted = ["/tikz/variable", "/pgfplots/distance", "/pgfplots/arrows", "/tikz/place", "/tikz/ours alone"]
    assert taken(planted, tmp_path) == {"variable", "distance", "arrows", "place"}
