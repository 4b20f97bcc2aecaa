"""Palettes: the two columns of the stylesheet's colours and, a file each, any others.

A file says its colours and roles, \\tone{paper}{F6ECD9}; what it leaves out is derived from `light`.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors.author import AuthorError
from pipeline.errors.hints import nearest
from pipeline.style.colour import contrast
from pipeline.style.comments import without_comments
from pipeline.style.sheets import HOUSE, opened

COLUMNS = ("dark", "light")  # in the stylesheet's order
TONE = re.compile(r"\\tone\{(\w+)\} *\{([0-9A-Fa-f]{6})\}")
DARKEST, LIGHTEST, STEPS = "#000000", "#FFFFFF", 14


def folders(root: Path, house: Path = HOUSE) -> list[Path]:
    """Where palettes lie: a book's own, and the house's."""
    return [root / "palettes", house / "palettes"]


def names(root: Path, house: Path = HOUSE) -> list[str]:
    """All palettes that an edition may choose."""
    files = [file for folder in folders(root, house) for file in sorted(folder.glob("*.tex"))]
    return [*COLUMNS, *dict.fromkeys(file.stem for file in files)]


@dataclass(frozen=True)
class Palette:
    """What a palette's file says: `tones` {colour or role: '#RRGGBB'}, `lines` {colour or role: its line}."""

    file: Path
    tones: Mapping[str, str]
    lines: Mapping[str, int]

    @classmethod
    def read(cls, name: str, root: Path, house: Path = HOUSE) -> "Palette":
        there = opened(folder / f"{name}.tex" for folder in folders(root, house))
        if there is None:
            raise AuthorError(f"there is no palette '{name}'", nearest(name, names(root, house)))
        tones, lines = dict[str, str](), dict[str, int]()
        file, text = there
        for number, line in enumerate(without_comments(text).splitlines(), 1):
            if TONE.sub("", line).strip():
                raise AuthorError(f"{file}:{number}: a palette has nothing but lines such as \\tone{{paper}}{{F6ECD9}}")
            for found in TONE.finditer(line):
                tones[found[1]], lines[found[1]] = f"#{found[2].upper()}", number
        return cls(file, tones, lines)

    def check(self, known: Mapping[str, object]) -> None:
        """Raises an AuthorError for a tone of what is neither a colour nor a role."""
        for name, line in self.lines.items():
            if name not in known:
                what = f"{self.file}:{line}: there is no colour or role '{name}'"
                raise AuthorError(what, nearest(name, known))

    def shades(self, columns: Mapping[str, Sequence[str]], inks: Collection[str], least: float) -> dict[str, str]:
        """{colour: '#RRGGBB'} of all colours.

        columns : {colour: its values in the stylesheet's columns}; inks : those that type is set in, which have a
            contrast of `least` with the paper.
        """
        light = {name: values[COLUMNS.index("light")] for name, values in columns.items()}
        paper = self.tones.get("paper", light["paper"])
        found = {}
        for name, values in columns.items():
            if name in self.tones:
                found[name] = self.tones[name]
            elif len(set(values)) == 1 or paper == light["paper"] == light[name]:  # it knows no paper
                found[name] = light[name]
            else:
                wanted = contrast(light[name], light["paper"])
                found[name] = reaching(max(wanted, least) if name in inks else wanted, light[name], paper)
        return found


def reaching(wanted: float, colour: str, paper: str) -> str:
    """A colour of the same hue and chroma (OKLCH, as far as screens show it), as light or dark as it has to be for a
    contrast with the paper; black or white where none is enough."""
    from coloraide import Color  # few books need it

    end = max(DARKEST, LIGHTEST, key=lambda extreme: contrast(extreme, paper))
    _, chroma, hue = Color(colour).convert("oklch").coords()

    def at(lightness: float) -> str:
        fitted = Color("oklch", [lightness, chroma, hue]).fit("srgb", method="oklch-chroma")
        return fitted.convert("srgb").to_string(hex=True).upper()

    enough, too_near = float(end == LIGHTEST), Color(paper).convert("oklch")["lightness"]
    if contrast(at(enough), paper) < wanted:
        return end
    for _ in range(STEPS):
        middle = (enough + too_near) / 2
        enough, too_near = (middle, too_near) if contrast(at(middle), paper) >= wanted else (enough, middle)
    return at(enough)
