"""The style read as data: faces, sizes, colours, roles, scales and macros, for renderers other than TeX."""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.errors.author import AuthorError
from pipeline.errors.hints import nearest
from pipeline.style.comments import COMMENT
from pipeline.style.editions import Edition, length
from pipeline.style.palettes import COLUMNS, Palette
from pipeline.style.sheets import HOUSE, Sheets

DEFINITION = re.compile(
    r"^[ \t]*\\(?P<kind>(?:re)?newcommand|providecommand|DeclareRobustCommand|setlength|DeclareMathOperator"
    r"|DeclarePairedDelimiter|def)(?P<star>\*?)\s*(?:\{\\(?P<braced>[A-Za-z]+)\}|\\(?P<name>[A-Za-z]+))"
    r"(?:\[(?P<count>\d)\])?(?:\[(?P<default>[^]]*)\])?(?P<parameters>(?:#\d)*)\s*(?=[{\\])",
    re.MULTILINE,
)
COLOUR = re.compile(r"^[ \t]*\\(?P<kind>colour|shade)\{(\w+)\} *\{(\w{6})\} *\{(\w{6})\}", re.MULTILINE)
ROLE = re.compile(r"^[ \t]*\\role\{(\w+)\} *\{(\w+)\}", re.MULTILINE)
SCALE = re.compile(r"^[ \t]*\\scale\{(\w+)\} *\{([^}]+)\}", re.MULTILINE)
CHART = re.compile(r"^[ \t]*\\chart\{(\w+)\} *\{([^}]+)\}", re.MULTILINE)
PAINT = re.compile(r"[ \t]*\\(?:colour|shade|role|scale|chart)\{")
CALL = re.compile(r"\\(?:([A-Za-z]+) ?|.)", re.DOTALL)  # the first group is empty for \, and its like
# The sizes of type of a class at 10 pt, in pt: LaTeX's size10.clo.
SIZES = {"tiny": 5, "scriptsize": 7, "footnotesize": 8, "small": 9, "normalsize": 10, "large": 12, "Large": 14.4}
SIZES |= {"LARGE": 17.28, "huge": 20.74, "Huge": 24.88}
POINT = 72 / 72.27  # TeX's point in Matplotlib's

Macro = tuple[int, str | None, str]  # number of arguments, default of the first, body


def group(text: str, at: int) -> tuple[str, int]:
    """(contents, end) of the brace group or single token that begins at `at` or after blanks."""
    at += len(text[at:]) - len(text[at:].lstrip())
    if at == len(text) or text[at] in "$}":
        raise AuthorError(f"an argument is missing after {text[:at]}")
    if text[at] != "{":
        found = re.compile(rf"{CALL.pattern}|#?.", re.DOTALL).match(text, at)
        end = found.end() if found else len(text)
        return text[at:end], end
    depth = 0
    for token in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, at):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth == 0:
            return text[at + 1 : token.start()], token.end()
    raise AuthorError(f"a brace is not closed: {text[at:]}")


def joined(before: str, after: str) -> str:
    """Two pieces of TeX, with a space where the first one ends in a command that would swallow letters."""
    return before + " " * bool(after[:1].isalpha() and re.search(r"(?<!\\)(?:\\\\)*\\[A-Za-z]+$", before)) + after


@dataclass(frozen=True)
class Stylesheet:
    """The style of a book as one edition sees it.

    preamble : the text of the stylesheet and of the book's preamble, with what they input; edition : that of the
    edition's answers; places : 'file:line' of each line of the preamble; palette : one that is none of the stylesheet's
    columns.
    """

    preamble: str
    edition: str
    places: tuple[str, ...] = field(default=(), compare=False)
    palette: Palette | None = None

    @classmethod
    def read(cls, edition_file: str | Path, house: Path = HOUSE) -> "Stylesheet":
        path = Path(edition_file)
        return cls.of(path.parents[1], Edition(path).text, house)

    @classmethod
    def of(cls, root: str | Path, edition: str, house: Path = HOUSE) -> "Stylesheet":
        """The style of the book in a folder, with the text of an edition's answers."""
        lines = Sheets.read(root, house).lines
        text = "\n".join("" if line.drawing and not PAINT.match(line.text) else line.text for line in lines)
        style = cls(text, edition, tuple(f"{line.file}:{line.number}" for line in lines))
        name = style.macros["palette"][2] if "palette" in style.macros else COLUMNS[0]
        return style if name in COLUMNS else replace(style, palette=Palette.read(name, Path(root), house))

    def place(self, match: re.Match[str]) -> str:
        """'file:line' of what was found in the preamble."""
        number = self.preamble.count("\n", 0, match.start())
        return self.places[number] if number < len(self.places) else f"the stylesheet:{number + 1}"

    @cached_property
    def macros(self) -> dict[str, Macro]:
        """{name: (number of arguments, default of the first or None, body)} of preamble and edition; lengths are
        macros, too."""
        text, found = COMMENT.sub(r"\g<text>%", f"{self.edition}\n{self.preamble}"), dict[str, Macro]()
        end = 0
        for match in DEFINITION.finditer(text):
            if match.start() < end:  # it is made when the macro is called in whose body it stands
                continue
            kind, name = match["kind"], match["braced"] or match["name"]
            if text[match.end()] != "{" and kind not in ("newcommand", "renewcommand", "DeclarePairedDelimiter"):
                continue  # \def with parameters of another form
            body, end = group(text, match.end())
            body = re.sub(r"\s*\n\s*", " ", re.sub(r"(?<!\\)%\n\s*", "", body))
            count = int(match["count"] or len(match["parameters"]) / 2)
            if kind == "DeclareMathOperator":
                body = rf"\operatorname{match['star']}{{{body}}}"
            elif kind == "DeclarePairedDelimiter":
                count, body = 1, rf"{joined(body, ' #1')} {group(text, end)[0]}"
            if kind != "providecommand" or name not in found:
                found[name] = count, match["default"], body
        return found

    @cached_property
    def columns(self) -> dict[str, tuple[str, str]]:
        """{colour: its two values, '#RRGGBB'} of the stylesheet's palettes."""
        return {m[2]: (f"#{m[3].upper()}", f"#{m[4].upper()}") for m in COLOUR.finditer(self.preamble)}

    @cached_property
    def shades(self) -> dict[str, str]:
        """{colour: '#RRGGBB'} of the palette's lines, without the roles."""
        if self.palette is None:
            column = COLUMNS.index(self.macros["palette"][2])
            return {name: values[column] for name, values in self.columns.items()}
        inks = {m[2] for m in COLOUR.finditer(self.preamble) if m["kind"] == "colour"}
        return self.palette.shades(self.columns, inks, float(self.macros.get("textcontrast", (0, None, "4.5"))[2]))

    @cached_property
    def roles(self) -> dict[str, str]:
        """{role: the colour that it ends at}; what is a colour's name, too, is what it was made last."""
        made = {m[1]: m for m in ROLE.finditer(self.preamble)}
        shaded = {m[2]: m.start() for m in COLOUR.finditer(self.preamble)}
        found = {role: m[2] for role, m in made.items() if m.start() > shaded.get(role, -1)}
        ends: dict[str, str] = {}
        for role, colour in found.items():
            above = [role]
            while colour in found and colour not in above:
                above.append(colour)
                colour = found[colour]
            if colour not in self.shades or colour in above:
                near = nearest(found[role], [*self.shades, *found])
                raise AuthorError(
                    rf"{self.place(made[role])}: \role{{{role}}}: there is no colour '{found[role]}'", near
                )
            ends[role] = colour
        return ends

    @cached_property
    def colours(self) -> dict[str, str]:
        """{colour or role: '#RRGGBB'}"""
        found = self.shades | {role: self.shades[colour] for role, colour in self.roles.items()}
        if self.palette:
            self.palette.check(found)
        return found | self.tones

    @cached_property
    def tones(self) -> dict[str, str]:
        """{role: '#RRGGBB'} of the roles for which the palette has values of their own."""
        own = self.palette.tones if self.palette else {}
        return {role: own[role] for role in self.roles if role in own}

    @cached_property
    def derived(self) -> list[str]:
        """The colours for which the palette should have a value and has none; what is the same in dark and light needs
        none."""
        own = self.palette.tones if self.palette else self.columns
        return [name for name, values in self.columns.items() if name not in own and len(set(values)) > 1]

    @cached_property
    def inks(self) -> dict[str, str]:
        """{colour: '#RRGGBB'} of the colours that are macros too, such as \\pink{x}; roles are not."""
        return {m[2]: self.colours[m[2]] for m in COLOUR.finditer(self.preamble) if m["kind"] == "colour"}

    def made_at(self, colour: str) -> str:
        """'file:line' that makes a colour: its palette's, or the last in the style."""
        if self.palette and colour in self.palette.lines:
            return f"{self.palette.file}:{self.palette.lines[colour]}"
        return [self.place(m) for m in COLOUR.finditer(self.preamble) if m[2] == colour][-1]

    @cached_property
    def scales(self) -> dict[str, list[str]]:
        """{colour map: its stops as '#RRGGBB', from low to high}"""
        return {m[1]: [self.stop(m, stop.strip()) for stop in m[2].split(",")] for m in SCALE.finditer(self.preamble)}

    def stop(self, scale: re.Match[str], stop: str) -> str:
        if stop not in self.colours and not re.fullmatch("[0-9A-Fa-f]{6}", stop):
            what = rf"\scale{{{scale[1]}}}: '{stop}' is neither a colour nor six hexadecimal digits"
            raise AuthorError(f"{self.place(scale)}: {what}", nearest(stop, self.colours))
        return self.colours.get(stop, "#" + stop.upper())

    @cached_property
    def charts(self) -> dict[str, list[list[str]]]:
        """{chart: the stops of its rows as '#RRGGBB', the lowest row first}"""
        return {m[1]: [self.row(m, name.strip()) for name in m[2].split(",")] for m in CHART.finditer(self.preamble)}

    def row(self, chart: re.Match[str], name: str) -> list[str]:
        if name not in self.scales:
            what = rf"\chart{{{chart[1]}}}: there is no scale '{name}'"
            raise AuthorError(f"{self.place(chart)}: {what}", nearest(name, self.scales))
        return self.scales[name]

    def length(self, name: str, above: tuple[str, ...] = ()) -> float:
        """A length such as measure or axiswidth in TeX's points; it may be a multiple of another one.

        above : those that are multiples of it.
        """
        text, above = self.macros[name][2], (*above, name)
        other = re.fullmatch(r"([\d.]*)\\([A-Za-z]+)", text)
        try:
            if other and other[2] in self.macros.keys() - {*above}:
                return float(other[1] or 1) * self.length(other[2], above)
            return length(text)
        except (ValueError, KeyError):
            raise AuthorError(f"the stylesheet's \\{name} is '{text}', not a length") from None

    def size(self, name: str) -> float:
        """The size of the type that a command such as ticksize chooses, in TeX's points."""
        text = self.expand("\\" + name)
        if given := re.search(r"\\fontsize\{([\d.]+)(?:pt)?\}", text):
            return float(given[1])
        return next(SIZES[name] for name in CALL.findall(text) if name in SIZES)

    def expand(self, text: str) -> str:
        """A text with the book's macros replaced by what they stand for, down to TeX's own and to colours."""
        out = ""
        while call := CALL.search(text):
            out = joined(out, text[: call.start()])
            if call[1] in self.macros:
                body, end = self.called(call[1], text, call.end())
                text = joined(body, text[end:])  # as TeX does: what comes may be an argument of what the body ends with
            else:
                out, text = out + call[0], text[call.end() :]
        return joined(out, text)

    def called(self, name: str, text: str, at: int) -> tuple[str, int]:
        """(the body of a macro whose arguments stand at `at` in `text`, where they end)"""
        count, default, body = self.macros[name]
        arguments: list[str] = []
        if default is not None:
            optional = re.compile(r"\s*\[([^]]*)\]").match(text, at)
            arguments, at = ([optional[1]], optional.end()) if optional else ([default], at)
        while len(arguments) < count:
            argument, at = group(text, at)
            arguments.append(argument)
        out, *rest = re.split(r"(?<!\\)#(\d)", body)
        for k, after in zip(rest[::2], rest[1::2], strict=True):
            out = joined(joined(out, arguments[int(k) - 1]), after)
        return out, at

    @cached_property
    def rcparams(self) -> dict[str, Any]:
        """Matplotlib's parameters: the edition's paper, inks, faces, sizes and widths of lines."""
        c, face = self.colours, self.macros["textface"][2]
        axis, grid, curve = (POINT * self.length(name) for name in ("axiswidth", "gridwidth", "curvewidth"))
        type_, ticks = (POINT * self.size(name) for name in ("normalsize", "ticksize"))
        return {
            "figure.dpi": 150,
            "figure.facecolor": c["paper"],
            "savefig.facecolor": c["paper"],
            "axes.facecolor": c["paper"],
            "axes.edgecolor": c["axis"],
            "axes.labelcolor": c["ink"],
            "axes.titlesize": type_,
            "axes.labelsize": type_,
            "axes.linewidth": axis,
            "axes.grid": True,
            "axes.axisbelow": True,
            "axes.formatter.useoffset": False,  # labels are whole numbers, as TeX's are
            "grid.color": c["grid"],
            "grid.linestyle": (0, (3, 4)),
            "grid.linewidth": grid,
            "text.color": c["ink"],
            **{f"{x}tick.{name}": value for x in "xy" for name, value in {
                "color": c["axis"], "labelcolor": c["ink"], "labelsize": ticks, "major.width": axis, "minor.width": axis
            }.items()},
            "legend.frameon": False,
            "legend.fontsize": ticks,
            "lines.linewidth": curve,
            "lines.solid_capstyle": "round",
            "font.family": [face, "STIXGeneral"],
            "font.size": type_,
            "mathtext.fontset": "custom",
            "mathtext.fallback": "stix",
            "mathtext.rm": face,
            "mathtext.it": f"{face}:italic",
            "mathtext.bf": f"{face}:bold",
            "mathtext.bfit": f"{face}:italic:bold",
            "mathtext.cal": "cmsy10",  # TeX's own, which Matplotlib brings
            "image.cmap": next(iter(self.scales)),
            **{f"axes3d.{axis}axis.panecolor": c["paper"] for axis in "xyz"},
        }  # fmt: skip
