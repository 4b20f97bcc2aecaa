"""maths-preamble.tex read as data: colours, roles and macros, for renderers other than TeX."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.edition import Edition

DEFINITION = re.compile(r"^\\(?:re)?newcommand\{\\(\w+)\}(?:\[(\d)\])?(?:\[([^]]*)\])?\{", re.MULTILINE)
COLOUR = re.compile(r"^\\(?:colour|shade)\{(\w+)\} *\{(\w{6})\}\{(\w{6})\}", re.MULTILINE)
SCALE = re.compile(r"^\\scale\{(\w+)\} *\{([\w,]+)\}", re.MULTILINE)
ROLE = re.compile(r"^\\role\{(\w+)\} *\{(\w+)\}", re.MULTILINE)
CALL = re.compile(r"\\([A-Za-z]+) ?")
# What Matplotlib's mathtext calls otherwise.
MATHTEXT = {"bm": "boldsymbol"}


def group(text, at):
    """(contents, end) of the brace group or single token that begins at `at`."""
    if text[at] != "{":
        call = CALL.match(text, at)
        return (call[0], call.end()) if call else (text[at], at + 1)
    depth = 0
    for end in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[end], 0) if text[end - 1] != "\\" else 0
        if depth == 0:
            return text[at + 1 : end], end + 1
    raise ValueError(f"a brace is not closed: {text[at:]}")


@dataclass(frozen=True)
class Stylesheet:
    """The stylesheet as one edition sees it. `preamble` and `edition` are the texts of the two files."""

    preamble: str
    edition: str

    @classmethod
    def read(cls, edition_file, preamble="templates/maths-preamble.tex"):
        return cls(Path(preamble).read_text(), Edition(Path(edition_file)).text)

    @cached_property
    def macros(self):
        """{name: (number of arguments, default of the first or None, body)} of preamble and edition."""
        text = self.edition + self.preamble
        return {m[1]: (int(m[2] or 0), m[3], group(text, m.end() - 1)[0]) for m in DEFINITION.finditer(text)}

    @cached_property
    def shades(self):
        """{colour: '#RRGGBB'} of the palette's lines, without the roles."""
        column = {"dark": 1, "light": 2}[self.macros["palette"][2]]
        return {m[1]: "#" + m[1 + column] for m in COLOUR.finditer(self.preamble)}

    @cached_property
    def scales(self):
        """{field: ['#RRGGBB', …]} from low to high."""
        scales = {m[1]: m[2].split(",") for m in SCALE.finditer(self.preamble)}
        return {name: [self.shades.get(stop, f"#{stop}") for stop in stops] for name, stops in scales.items()}

    @cached_property
    def colours(self):
        """{colour or role: '#RRGGBB'}"""
        return self.shades | {m[1]: self.shades[m[2]] for m in ROLE.finditer(self.preamble)}

    @cached_property
    def inks(self):
        """{colour: '#RRGGBB'} of the colours that are macros too, such as \\pink{x}; roles are not."""
        return {m[1]: self.colours[m[1]] for m in COLOUR.finditer(self.preamble) if m[0].startswith(r"\colour")}

    def expand(self, text):
        """A text with the book's macros replaced by what they stand for, down to TeX's own and to colours."""
        out, at = "", 0
        while call := CALL.search(text, at):
            out += text[at : call.start()]
            name, at = call[1], call.end()
            if name in self.macros:
                count, default, body = self.macros[name]
                arguments = []
                if default is not None:
                    optional = re.compile(r"\[([^]]*)\]").match(text, at)
                    arguments, at = ([optional[1]], optional.end()) if optional else ([default], at)
                while len(arguments) < count:
                    argument, at = group(text, at)
                    arguments.append(argument)
                for k, argument in enumerate(arguments, 1):
                    body = body.replace(f"#{k}", argument)
                out += self.expand(body)
            else:
                spaced = call[0] if name not in MATHTEXT else f"\\{MATHTEXT[name]}"
                out += spaced
        return out + text[at:]

    def segments(self, label):
        """[(text for Matplotlib, '#RRGGBB')] of a label: one a run of one colour.

        A colour inside a group, such as a fraction's numerator, cannot be drawn by mathtext; it keeps its surroundings' colour.
        """
        found = []
        for k, part in enumerate(re.split(r"(?<!\\)\$", label)):
            if k % 2:
                found += [(f"${body}$", colour) for body, colour in self.runs(self.expand(part)) if body.strip()]
            elif part:
                found.append((self.expand(part), self.colours["ink"]))
        return found

    def runs(self, maths):
        """[(maths, colour)] split where a colour macro begins or ends outside all groups."""
        runs, at, depth, start, ink = [], 0, 0, 0, self.colours["ink"]
        while at < len(maths):
            call = CALL.match(maths, at)
            if call and call[1] in self.inks:
                body, end = group(maths, call.end())
                if depth == 0:
                    runs += [(maths[start:at], ink), (self.plain(body), self.inks[call[1]])]
                    # A script belongs to what it hangs on: `\pink{x}_1` is x and then an empty nucleus with 1.
                    start = end
                    if end < len(maths) and maths[end] in "_^":
                        maths = maths[:end] + "{}" + maths[end:]
                else:
                    maths = maths[:at] + self.plain(body) + maths[end:]
                    end = at
                at = end
                continue
            depth += {"{": 1, "}": -1}.get(maths[at], 0)
            at = call.end() if call else at + 1
        return [*runs, (maths[start:], ink)]

    def plain(self, maths):
        """Maths without its colour macros."""
        while call := next((c for c in CALL.finditer(maths) if c[1] in self.inks), None):
            body, end = group(maths, call.end())
            maths = maths[: call.start()] + body + maths[end:]
        return maths

    @cached_property
    def rcparams(self):
        """Matplotlib's parameters: the edition's paper, ink, faces and sizes."""
        c, face = self.colours, self.macros["textface"][2]
        return {
            "figure.dpi": 150,
            "figure.facecolor": c["paper"],
            "savefig.facecolor": c["paper"],
            "axes.facecolor": c["paper"],
            "axes.edgecolor": c["axis"],
            "axes.labelcolor": c["ink"],
            "axes.titlesize": 10,
            "axes.labelsize": 11,
            "axes.linewidth": 0.6,
            "axes.grid": True,
            "axes.axisbelow": True,
            "grid.color": c["grid"],
            "grid.linestyle": (0, (3, 4)),
            "grid.linewidth": 0.4,
            "text.color": c["ink"],
            "xtick.color": c["axis"],
            "ytick.color": c["axis"],
            "xtick.labelcolor": c["ink"],
            "ytick.labelcolor": c["ink"],
            "xtick.labelsize": 8,
            "ytick.labelsize": 8,
            "legend.frameon": False,
            "legend.fontsize": 8,
            "lines.linewidth": 1.2,
            "lines.solid_capstyle": "round",
            "font.family": [face, "STIXGeneral"],
            "font.size": 10,
            "mathtext.fontset": "custom",
            "mathtext.fallback": "stix",
            "mathtext.rm": face,
            "mathtext.it": f"{face}:italic",
            "mathtext.bf": f"{face}:bold",
            "mathtext.bfit": f"{face}:italic:bold",
            "image.cmap": "viridis",
        }
