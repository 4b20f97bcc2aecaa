"""Colours as pictures from elsewhere call them are the palette's, in all editions alike."""

import re
import shutil

import pytest
from coloraide import Color
from frames import framed, said

from conftest import MINIMAL, ROOT
from pipeline.style import foreign
from pipeline.style.stylesheet import Stylesheet

INKS = {"red": "#A52A33", "green": "#4B720E", "blue": "#006DAD", "grey": "#666666"}
SHOWN = r"\makeatletter\def\do#1{\typeout{COLOUR #1 \csname\string\color@#1\endcsname}}%s x"


def test_the_file_is_what_its_command_writes():
    assert (ROOT / foreign.TARGET).read_text(encoding="utf-8") == foreign.lines()
    names = {name for name, _ in foreign.named()}
    assert {"DarkBlue", "Tan", "SteelBlue4", "cyan", "teal", "Gray0"} <= names and len(names) > 480


@pytest.mark.parametrize(
    ("name", "rgb", "expected"),
    [
        ("DarkBlue", "#00008B", "blue"),  # its name says so
        ("Blueish", "#FF0000", "blue"),
        ("GreenRed", "#00FF00", "red"),  # the last word
        ("Crimson", "#DC143C", "red"),  # its hue is nearest
        ("Lime", "#00FF00", "green"),
        ("AliceBlue", "#F0F8FF", r"blue!\tint!paper"),
        ("Honeydew", "#C8F0C8", r"green!\tint!paper"),
        ("Snow", "#FFFAFA", "paper"),
        ("Black", "#000000", "ink"),
        ("SlateGray", "#708090", "ink!40!paper"),
    ],
)
def test_a_colour_is_the_one_that_its_name_says_or_the_nearest(name, rgb, expected):
    assert foreign.mix(name, Color(rgb), INKS) == expected


def colours(folder, names, edition, book=MINIMAL):
    """{name: its value in the PDF} of some colours in an edition."""
    log = framed(folder, SHOWN % "".join(rf"\do{{{name}}}" for name in names), edition, book)
    return dict(re.split(" ", line, maxsplit=1) for line in said(log, "COLOUR"))


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["dark", "light"])
def test_every_name_is_a_colour_of_the_palette_in_each_edition(edition, tmp_path):
    inks = Stylesheet.read(ROOT / MINIMAL / f"editions/{edition}.tex").inks
    found = colours(tmp_path, [*(name for name, _ in foreign.named()), *inks, "ink", "paper"], edition)
    assert found["DarkBlue"] == found["blue"] and found["teal"] == found["aqua"] and found["Crimson"] == found["red"]
    assert found["Black"] == found["ink"] and found["White"] == found["paper"] != found["ink"]
    for name, colour in foreign.named():
        mix = foreign.mix(name, colour, Stylesheet.read(ROOT / MINIMAL / "editions/light.tex").inks)
        assert "!" in mix or found[name] == found[mix], name


def test_what_a_book_calls_so_is_its_own(tmp_path):
    book = tmp_path / "book"
    shutil.copytree(ROOT / MINIMAL, book)
    own = r"\usepackage[svgnames]{xcolor}\definecolor{Gold}{rgb}{1,0,0}\definecolor{teal}{rgb}{0,1,0}\colorlet{sea}{SeaGreen}"
    with (book / "preamble.tex").open("a", encoding="utf-8") as preamble:
        preamble.write(own + "\\colour{Tan}{112233}{445566}{}\\colour{blue}{80B1D3}{0000FF}{}\n")
    found = colours(tmp_path, ["Gold", "teal", "sea", "green", "Tan", "Navy", "blue"], "light", book)
    assert found["Gold"].startswith("1 0 0 rg") and found["teal"].startswith("0 1 0 rg")
    assert found["sea"] == found["green"]
    assert found["Tan"].startswith("0.26668 0.33333 0.4 rg") or found["Tan"].startswith("0.26667")
    assert found["Navy"] == found["blue"] and found["blue"].startswith("0 0 1 rg")  # made anew by the book
