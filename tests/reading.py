"""A tiny book that reads in every way: data beside a module, a photo, what TeX inputs, modules that are named at run time,
a package of the author's own."""

from io import BytesIO

import pytest
from PIL import Image

from conftest import MINIMAL, ROOT

FIT = r'''"""Readings.

Readings from a file, and what lies beside them.
"""

import csv
import importlib
import os
from pathlib import Path

import ownunits

from pipeline.table import Curve, Points, Values

HERE = Path(__file__).parent


def tables(regression):
    rows = list(csv.DictReader(open(HERE / "readings.csv", encoding="utf-8")))
    x, y = ([float(row[name]) * ownunits.UNIT for row in rows] for name in "xy")
    try:
        offset = float((HERE / "offset.txt").read_text(encoding="utf-8"))
    except FileNotFoundError:
        offset = 0
    labels = {"x": r"$\cx$", "y": r"$\cy$"}
    shape = importlib.import_module("book.line.shapes." + "straight")
    return {
        "data": Points(x, y, labels=labels),
        "line": Curve([0, 1], y=[offset, shape.SLOPE], labels=labels),
        "values": Values(slope=1, loss=len(os.listdir(HERE / "scans"))),
    }
'''
FILES = {
    "book.tex": "\\frontmatter\n\\bookcover\n\\input{\\bookdir/preface}\n\\tableofcontents*\n\\mainmatter\n\\chapters\n\\references\n",
    "preface.tex": "\\chapter{Preface}\nOld preface.\n",
    "line/chapter.tex": "\\chapter{A line}\\label{ch:line}\nOld words \\citep{gauss1809}.\n\\input{\\bookdir/line/section}\n"
    "\\fig{line/net}{A net.}\n\\fig{line/photo}{A photo.}\n\\fig{line/learned}{A line that is learned.}\n",
    "line/section.tex": "First words.\n\\fig{line/fit}{Readings.}\n",
    "line/photo.tex.j2": "((= A photograph\n\nA square in one colour. =))\n\\begin{tikzpicture}\n"
    "  \\node {\\includegraphics[width=3cm]{\\bookdir/line/photo.png}};\n  \\node at (3,0) {\\input{\\bookdir/line/word}};\n"
    "  \\IfFileExists{\\bookdir/line/extra.tex}{\\node at (5,0) {\\input{\\bookdir/line/extra}};}{}\n"
    "  \\IfFileExists{\\bookdir/line/mark.txt}{\\node at (7,0) {marked};}{}\n"
    "  \\node at (9,0) {\\pdffilesize{\\bookdir/line/weighed.txt}};\n"
    "  \\node at (3,1) {\\input{./\\bookdir/line/dotted}};\n\\end{tikzpicture}\n",
    "line/word.tex": "oldword",
    "line/dotted.tex": "olddot",
    "line/mark.txt": "it is there",
    "line/weighed.txt": "8 bytes.",
    "line/readings.csv": "x,y\n-1,-3\n0,-1\n1,1\n",
    "line/scans/one.txt": "1",
    "line/shapes/straight.py": "SLOPE = 2\n",
    "line/learned.py": (ROOT / MINIMAL / "line/fit.py").read_text(encoding="utf-8"),
    "line/learned.tex.j2": (ROOT / MINIMAL / "line/fit.tex.j2").read_text(encoding="utf-8"),
    "line/fit.py": FIT,
}


def photo(grey=130):
    """A PNG of one dot, which may be printed in any inks, and is seen on any paper."""
    file = BytesIO()
    Image.new("L", (1, 1), grey).save(file, "PNG")
    return file.getvalue()


def write(project, own):
    """The book's files, and in `own` the author's package, which has no version."""
    for name, text in FILES.items():
        project.write(name, text)
    project.path("line/photo.png").write_bytes(photo())
    own.mkdir()
    (own / "ownunits.py").write_text("UNIT = 1.0\n", encoding="utf-8")


def built(project, own, *targets):
    """The same, built."""
    write(project, own)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(own))
        project.make(*targets)
    return project
