"""maths-preamble.tex read as data: faces, sizes, colours, roles, scales and macros, for renderers other than TeX."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.errors.author import AuthorError
from pipeline.style.comments import COMMENT
from pipeline.style.editions import PALETTES, Edition, length

DEFINITION = re.compile(
    r"^\\((?:re)?newcommand|setlength|DeclareMathOperator)(\*?)\{?\\([A-Za-z]+)\}?(?:\[(\d)\])?(?:\[([^]]*)\])?\s*(?={)",
    re.MULTILINE,
)
COLOUR = re.compile(r"^\\(?:colour|shade)\{(\w+)\} *\{(\w{6})\}\{(\w{6})\}", re.MULTILINE)
ROLE = re.compile(r"^\\role\{(\w+)\} *\{(\w+)\}", re.MULTILINE)
SCALE = re.compile(r"^\\scale\{(\w+)\} *\{([^}]+)\}", re.MULTILINE)
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
    """The stylesheet as one edition sees it. `preamble` and `edition` are the texts of the two files."""

    preamble: str
    edition: str

    @classmethod
    def read(cls, edition_file: str | Path, preamble: str | Path = "templates/maths-preamble.tex") -> "Stylesheet":
        return cls(Path(preamble).read_text(encoding="utf-8"), Edition(Path(edition_file)).text)

    @cached_property
    def macros(self) -> dict[str, Macro]:
        """{name: (number of arguments, default of the first or None, body)} of preamble and edition; lengths are
        macros, too."""
        text, found = COMMENT.sub(r"\g<text>%", f"{self.edition}\n{self.preamble}"), dict[str, Macro]()
        for match in DEFINITION.finditer(text):
            kind, star, name, count, default = match.groups()
            body = re.sub(r"\s*\n\s*", " ", re.sub(r"(?<!\\)%\n\s*", "", group(text, match.end())[0]))
            found[name] = (
                int(count or 0),
                default,
                rf"\operatorname{star}{{{body}}}" if kind == "DeclareMathOperator" else body,
            )
        return found

    @cached_property
    def shades(self) -> dict[str, str]:
        """{colour: '#RRGGBB'} of the palette's lines, without the roles."""
        column = 2 + PALETTES.index(self.macros["palette"][2])
        return {m[1]: "#" + m[column] for m in COLOUR.finditer(self.preamble)}

    @cached_property
    def roles(self) -> dict[str, str]:
        """{role: colour}"""
        found = {m[1]: m[2] for m in ROLE.finditer(self.preamble)}
        if wrong := next((role for role, colour in found.items() if colour not in self.shades), None):
            raise AuthorError(rf"maths-preamble.tex: \role{{{wrong}}}: there is no colour '{found[wrong]}'")
        return found

    @cached_property
    def colours(self) -> dict[str, str]:
        """{colour or role: '#RRGGBB'}"""
        return self.shades | {role: self.shades[colour] for role, colour in self.roles.items()}

    @cached_property
    def inks(self) -> dict[str, str]:
        """{colour: '#RRGGBB'} of the colours that are macros too, such as \\pink{x}; roles are not."""
        return {m[1]: self.colours[m[1]] for m in COLOUR.finditer(self.preamble) if m[0].startswith(r"\colour")}

    @cached_property
    def scales(self) -> dict[str, list[str]]:
        """{colour map: its stops as '#RRGGBB', from low to high}"""
        return {
            m[1]: [self.stop(m[1], stop.strip()) for stop in m[2].split(",")] for m in SCALE.finditer(self.preamble)
        }

    def stop(self, scale: str, stop: str) -> str:
        if stop not in self.colours and not re.fullmatch("[0-9A-Fa-f]{6}", stop):
            raise AuthorError(
                rf"maths-preamble.tex: \scale{{{scale}}}: '{stop}' is neither a colour nor six hexadecimal digits"
            )
        return self.colours.get(stop, "#" + stop.upper())

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
