"""Whether the roles that meet in a figure can be told apart: by every eye and in grey, or else by dash, marker or
label."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

import pikepdf
from coloraide import Color

from pipeline.checks.cues import Role, cue, looks
from pipeline.pdf.page import paints
from pipeline.pdf.painted import Paint
from pipeline.project.book import Book
from pipeline.style.colour import ALIKE, contrast, distances, words
from pipeline.style.comments import without_comments
from pipeline.style.icc import to_inks, to_screen
from pipeline.style.palettes import COLUMNS
from pipeline.style.sheets import Sheets
from pipeline.style.stylesheet import PAINT, Stylesheet

MIX = re.compile(r"(?<![\w\\])(#\d|[A-Za-z]\w*)((?:![\d.]+(?:![A-Za-z]\w*)?)+)")
STEP = re.compile(r"!([\d.]+)(?:!([A-Za-z]\w*))?")

Written = tuple[float, ...]  # a colour's components in 0…1: (r, g, b) or, in printing inks, (c, m, y, k)


class Palette:
    """The colours that carry meaning, as one edition paints them."""

    def __init__(self, book: Book, edition: str) -> None:
        self.answers, self.style = book.edition(edition), Stylesheet.read(book.edition_file(edition))
        values = {*self.style.inks.values(), *self.style.tones.values()}
        self.meant = {name: value for name, value in self.style.colours.items() if value in values}
        self.styles = self.plain(drawing(book))
        self.components: dict[str, Written] = {
            name: self.written(value) for name, value in (self.style.colours | {"white": "#FFFFFF"}).items()
        }

    def plain(self, source: str) -> str:
        """TeX without comments, and with numbers where mixes name the edition's answers: role!\\tint!paper."""
        return re.sub(r"!\\(\w+)", lambda m: f"!{getattr(self.answers, m[1]):g}", without_comments(source))

    def written(self, value: str) -> Written:
        """'#RRGGBB' as TeX writes it."""
        return (
            to_inks(value, self.answers.inkprofile)
            if self.answers.colourmodel == "cmyk"
            else tuple(Color(value).coords())
        )

    def screen(self, colour: Written) -> str:
        """The '#RRGGBB' that what TeX has written looks like."""
        rgb = to_screen(colour, self.answers.inkprofile) if len(colour) == 4 else colour
        return Color("srgb", rgb).to_string(hex=True).upper()

    def mixed(self, name: str, steps: str) -> Written:
        """Components of xcolor's name!25!other!50…"""
        colour = self.components[name]
        for percent, other in STEP.findall(steps):
            share, second = float(percent) / 100, self.components[other or "white"]
            colour = tuple(share * a + (1 - share) * b for a, b in zip(colour, second, strict=True))
        return colour

    def tints(self, source: str) -> dict[Written, str]:
        """{components: '#RRGGBB' of the palette} of the colours and of the mixes in a figure's source and in styles:
        role!25!paper."""
        found = {self.components[name]: value for name, value in self.meant.items()}
        for base, steps in MIX.findall(source + self.styles):
            if all(other in self.components for _, other in STEP.findall(steps) if other):
                for name in self.meant if base.startswith("#") else {base} & self.meant.keys():
                    found.setdefault(self.mixed(name, steps), self.meant[name])
        return found

    def name(self, value: str, source: str) -> str:
        """What a colour is called: its roles in the source, or else in the styles, or else the palette's own name."""
        names = [name for name, other in self.meant.items() if other == value]
        for text in (source, self.styles):
            if said := [name for name in names if re.search(rf"(?<=[=,{{\[\s]){name}(?=[!,}}\]\s])", text)]:
                return "/".join(said)
        return names[0]

    def roles(self, source: str, painted: Sequence[Paint]) -> list[Role]:
        """[Role] of what a figure is painted with, in the palette's order."""
        tints = self.tints(source)
        found: dict[str, Role] = {}
        painted_as: dict[Written, tuple[Role, str] | None] = {}
        for paint, colour, look in looks(painted):
            if isinstance(colour, str):  # of a space that no role has
                continue
            if colour not in painted_as:
                value = next((value for known, value in tints.items() if same(known, colour)), None)
                if value and value not in found:
                    found[value] = Role(self.name(value, source), value)
                painted_as[colour] = (found[value], self.screen(colour)) if value else None
            if role_as := painted_as[colour]:
                role, seen = role_as
                if look is None:
                    role.texts.append(paint.box)
                else:
                    role.drawn.append((look[0], paint.box))
                    role.looks.setdefault(look, set()).add(seen)
        return [found[value] for value in dict.fromkeys(self.meant.values()) if value in found]

    @cached_property
    def pages(self) -> dict[str, dict[str, str]]:
        """{palette: its colours} of the stylesheet's two and, where it is none of them, the edition's."""
        columns = {
            column: replace(self.style, edition=rf"\newcommand{{\palette}}{{{column}}}", palette=None).colours
            for column in COLUMNS
        }
        return columns | {self.answers.palette: self.style.colours}

    def contrasts(self, value: str) -> dict[str, float]:
        """{column: contrast with its page} of a colour of this edition's palette."""
        name = self.said(value)
        return {column: contrast(colours[name], colours["paper"]) for column, colours in self.pages.items()}

    def said(self, value: str) -> str:
        """A colour's own name or, where a palette has it for a role alone, the role's."""
        return next(name for name, other in (self.style.inks | self.style.tones).items() if other == value)

    def faint(self, value: str) -> list[str]:
        """Lines about a colour that stands out too little from a page."""
        name, least = self.said(value), self.answers.markcontrast
        return [
            f"{self.style.made_at(name)}: '{name}' has a contrast of {found:.1f} with the {column} page; "
            f"at least {least:g}"
            for column, found in self.contrasts(value).items()
            if found < least
        ]


def drawing(book: Book) -> str:
    """What the style says of drawing: all but the lines that make colours and roles."""
    return "\n".join(line.text for line in Sheets.read(book.root).lines if not PAINT.match(line.text))


def same(one: Written, other: Written) -> bool:
    """Whether two colours are one, as far as the digits in a PDF tell."""
    return len(one) == len(other) and all(abs(a - b) < 0.003 for a, b in zip(one, other, strict=True))


def paired(one: Role, other: Role) -> dict[str, Any]:
    """A pair of roles as check() gives it."""
    told, colours = cue(one, other)
    each = [distances(*sorted(pair)) for pair in colours or [(one.colour, other.colour)]]
    least = {eye: round(min(d[eye] for d in each), 1) for eye in each[0]}
    if told is None and min(least.values()) >= ALIKE:
        told = "colour"
    return {"roles": [one.name, other.name], "colours": [one.colour, other.colour], "distances": least, "cue": told}


def check(
    book: Book, edition: str, painted: Mapping[str, Sequence[Paint]] | None = None
) -> tuple[list[dict[str, Any]], list[str]]:
    """(pairs, breaches) of the roles that meet in the figures of an edition.

    painted : {figure: its paints}, where they have been read already.
    pairs : dicts of figure, roles, colours, contrasts with the pages, distances (the least between colours that are
        painted in one way) and cue: what tells the two apart, None where nothing does. breaches : lines for the author.
    """
    palette = Palette(book, edition)
    pairs: list[dict[str, Any]] = []
    faint: dict[str, list[str]] = {}
    confused: list[str] = []
    for name in dict.fromkeys(book.figures_of(book.chapters)) if painted is None else painted:
        source = palette.plain(Path(book.picture(name)).read_text(encoding="utf-8"))
        roles = palette.roles(source, painted[name] if painted is not None else read(book.figure(edition, name)))
        faint |= {role.colour: palette.faint(role.colour) for role in roles}
        for one, other in combinations(roles, 2):
            contrasts = [{k: round(v, 2) for k, v in palette.contrasts(role.colour).items()} for role in (one, other)]
            pairs.append({"figure": name, **paired(one, other), "contrasts": contrasts})
            if pairs[-1]["cue"] is None:
                confused.append(
                    f"{book.figures[name].template} ({edition}): '{one.name}' and '{other.name}' differ in "
                    f"colour alone: {words(pairs[-1]['distances'])}; give one a dash, a marker or a label in its colour"
                )
    return pairs, [*(line for lines in faint.values() for line in lines), *confused]


def read(path: str | Path) -> list[Paint]:
    """The paints of a figure's PDF."""
    with pikepdf.open(path) as pdf:
        return paints(pdf.pages[0])
