"""The colours that carry meaning, as one edition paints them, and what else is painted in a figure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from coloraide import Color

from pipeline.checks.cues import Role, looks
from pipeline.checks.finding import Finding
from pipeline.checks.tints import Tints, Written, same
from pipeline.pdf.painted import Paint
from pipeline.pdf.spaces import Colour
from pipeline.project.book import Book
from pipeline.style.colour import contrast
from pipeline.style.comments import without_comments
from pipeline.style.icc import to_inks, to_screen
from pipeline.style.palettes import COLUMNS
from pipeline.style.sheets import Sheets
from pipeline.style.stylesheet import PAINT, Stylesheet
from pipeline.style.vivid import luminous, vivid

SHARE = r"[\d.]+|\\[A-Za-z]+|#\d"  # a macro's may be any
MIX = re.compile(rf"(?<![\w\\])(#\d|[A-Za-z]\w*)((?:!(?:{SHARE})(?:![A-Za-z]\w*)?)+)")
WORD = re.compile(r"(?<=[=,{\[\s])\w+(?=[!,}\]\s])")  # where a colour may stand
STEP = re.compile(rf"!({SHARE})(?:!([A-Za-z]\w*))?")


class Palette:
    """The colours that carry meaning, as one edition paints them."""

    def __init__(self, book: Book, edition: str) -> None:
        self.answers, self.style = book.edition(edition), Stylesheet.read(book.edition_file(edition))
        # what was asked for before: a figure's panels ask for the same
        self.mixes: dict[str, Tints] = {}
        self.mixed: dict[tuple[str, str, bool], Written] = {}
        self.words: dict[str, set[str]] = {}
        self.screens: dict[Written, str] = {}
        values = {*self.style.inks.values(), *self.style.tones.values()}
        self.meant = {name: value for name, value in self.style.colours.items() if value in values}
        self.styles, self.saturation = self.plain(drawing(book)), float(self.style.expand(r"\areasaturation"))
        self.lightly = float(self.style.expand(r"\luminoussaturation"))
        self.components: dict[str, Written] = {
            name: self.written(value) for name, value in (self.style.colours | {"white": "#FFFFFF"}).items()
        }

    def plain(self, source: str) -> str:
        """TeX without comments, and with numbers where mixes name the edition's answers: role!\\tint!paper."""
        numbers = {name: value for name, value in self.answers.answers.items() if isinstance(value, float)}
        return re.sub(
            r"!\\(\w+)", lambda m: f"!{numbers[m[1]]:g}" if m[1] in numbers else m[0], without_comments(source)
        )

    def written(self, value: str) -> Written:
        """'#RRGGBB' as TeX writes it."""
        return (
            to_inks(value, self.answers.inkprofile)
            if self.answers.colourmodel == "cmyk"
            else tuple(Color(value).coords())
        )

    def screen(self, colour: Written) -> str:
        """The '#RRGGBB' that what TeX has written looks like."""
        if colour not in self.screens:
            rgb = to_screen(colour, self.answers.inkprofile) if len(colour) == 4 else colour
            self.screens[colour] = Color("srgb", rgb).to_string(hex=True).upper()
        return self.screens[colour]

    @cached_property
    def styled(self) -> list[tuple[str, str]]:
        """The mixes in the styles."""
        return MIX.findall(self.styles)

    def mix(self, name: str, steps: str, vividly: bool = False) -> Written:
        """Components of xcolor's name!25!other!50…, or of vivid-name!25…"""
        if (name, steps, vividly) not in self.mixed:
            self.mixed[name, steps, vividly] = self.stirred(name, steps, vividly)
        return self.mixed[name, steps, vividly]

    def stirred(self, name: str, steps: str, vividly: bool) -> Written:
        colour = self.components[name]
        if vividly:
            colour = vivid(colour, self.saturation)
        for percent, other in STEP.findall(steps):
            share, second = float(percent) / 100, self.components[other or "white"]
            colour = tuple(share * a + (1 - share) * b for a, b in zip(colour, second, strict=True))
        return colour

    def luminous(self, name: str) -> Written:
        """Components of luminous-name, on a field."""
        colour = self.components[name]
        return self.mix(name, "!50!shine") if len(colour) == 4 else luminous(colour, self.lightly)

    def tints(self, source: str) -> Tints:
        """{components: '#RRGGBB' of the palette} of the colours and of the mixes in a figure's source and in styles:
        role!25!paper; and [(from, to, '#RRGGBB')] of mixes whose shares are told when TeX runs: role!\\k!paper."""
        if source not in self.mixes:
            self.mixes[source] = self.mixed_in(source)
        return self.mixes[source]

    def mixed_in(self, source: str) -> Tints:
        found: dict[Written, str | None] = {self.components[name]: value for name, value in self.meant.items()}
        for plain in self.components.values():
            found.setdefault(plain, None)  # a colour of its own that means nothing, though some mix may come near
        for name, value in self.meant.items():
            found.setdefault(self.luminous(name), value)
        ranges: dict[tuple[Written, Written], str] = {}
        for base, steps in MIX.findall(source) + self.styled:
            shares = STEP.findall(steps)
            if all(other in self.components for _, other in shares if other):
                for name in self.meant if base.startswith("#") else {base} & self.meant.keys():
                    if all(share[0].isdigit() or share[0] == "." for share, _ in shares):
                        for vividly in (False, True):
                            found.setdefault(self.mix(name, steps, vividly), self.meant[name])
                    else:
                        end = self.components[shares[-1][1] or "white"]
                        ranges.setdefault((self.components[name], end), self.meant[name])
        return Tints(found, [(*ends, value) for ends, value in ranges.items()])

    def name(self, value: str, source: str) -> str:
        """What a colour is called: its roles in the source, or else in the styles, or else the palette's own name."""
        names = [name for name, other in self.meant.items() if other == value]
        for text in (source, self.styles):
            if text not in self.words:
                self.words[text] = {*WORD.findall(text)}
            if said := [name for name in names if name in self.words[text]]:
                return "/".join(said)
        return names[0]

    def called(self, picture: str | None, colour: Colour) -> str | None:
        """The role that a colour is painted for, or what of it is mixed; None of a colour of no role's.

        picture : the figure's source; without one, as in the book's text, styles alone say which of equals it is.
        """
        if isinstance(colour, str):
            return None
        inks = self.answers.colourmodel == "cmyk"
        plain = colour if len(colour) > 1 else (0.0, 0.0, 0.0, 1 - colour[0]) if inks else (*colour * 3,)
        source = self.plain(Path(picture).read_text(encoding="utf-8")) if picture else ""
        if value := self.tints(source).meaning(plain):
            name = self.name(value, source)
            return name if same(plain, self.written(value)) else f"a mix of {name}"
        return next((name for name, other in self.components.items() if same(plain, other)), None)

    def roles(self, source: str, painted: Sequence[Paint]) -> list[Role]:
        """[Role] of what a figure, or a panel of it, is painted with, in the palette's order."""
        tints = self.tints(source)
        shown = [*looks(painted)]
        tints.learn({colour for _, colour, _ in shown if not isinstance(colour, str)})
        found: dict[str, Role] = {}
        painted_as: dict[Written, tuple[Role, str] | None] = {}
        for paint, colour, look in shown:
            if isinstance(colour, str):  # of a space that no role has
                continue
            if colour not in painted_as:
                value = tints.meaning(colour)
                if value and value not in found:
                    found[value] = Role(self.name(value, source), value)
                painted_as[colour] = (found[value], self.screen(colour)) if value else None
            if role_as := painted_as[colour]:
                role, seen = role_as
                role.line = role.line or paint.source
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

    def faint(self, value: str) -> list[Finding]:
        """That a colour stands out too little from a page."""
        name, least = self.said(value), self.answers.markcontrast
        return [
            Finding(
                self.style.made_at(name),
                f"'{name}' has a contrast of {found:.1f} with the {column} page; at least {least:g}",
                "make it darker on a light page, lighter on a dark one",
                amount=found,
            )
            for column, found in self.contrasts(value).items()
            if found < least
        ]


def drawing(book: Book) -> str:
    """What the style says of drawing: all but the lines that make colours and roles."""
    return "\n".join(line.text for line in Sheets.read(book.root).lines if not PAINT.match(line.text))
