"""The book's labels for Matplotlib: mathtext with each glyph in its colour, and by name what mathtext cannot draw."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.patheffects import AbstractPathEffect
from matplotlib.textpath import text_to_path
from numpy.typing import NDArray

from pipeline.errors.author import AuthorError
from pipeline.errors.hints import named
from pipeline.style.parser import arity, complaint, has
from pipeline.style.stylesheet import CALL, Stylesheet, group

TEXT = {"text", "textrm", "textnormal", "mbox", "hbox"}
FACES = {"textbf", "textit", "textsf", "texttt", "textsc", "emph"}
# What mathtext, as long as it does not know the first, calls by the second.
RENAMED = {"bm": "boldsymbol", "stackrel": "overset", "tfrac": "frac"} | {
    f"{side}{bar}ert": f"{bar}ert" for side in "lr" for bar in "vV"
}
LIMITS = re.compile(
    r"(big(cap|cup|odot|oplus|otimes|sqcup|uplus|vee|wedge)|(co)?prod|sum|max|min|sup|lim(inf|sup)?)"
)  # what has them in a display
LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "`": "‘", "'": "’", "~": "\u00a0", "{": "", "}": ""}
TOKEN = re.compile(rf"{CALL.pattern}|\$", re.DOTALL)
Outline = tuple[NDArray[Any], Any]  # vertices of shape (n, 2), codes of shape (n,)
ALPHABETS = {"DOUBLE-STRUCK": "mathbb", "SCRIPT CAPITAL": "mathcal", "BLACK-LETTER": "mathfrak"}
SIGN = re.compile(r"(?P<low>[₀-₎ₐ-ₜᵢ-ᵥⱼ]+)|(?P<high>[⁰ⁱ⁴-ⁿ¹²³ᵀ]+)|[ℂℍℕℙℚℝℤ𝔸-𝕐ℬℰℱℋℐℒℳℛ𝒜-𝒵ℭℌℑℜℨ𝔄-𝔜]")
SCRIPT = re.compile(r"\s*(?:[_^]|(?P<whole>'|[₀-₎ₐ-ₜᵢ-ᵥⱼ]+|[⁰ⁱ⁴-ⁿ¹²³ᵀ]+))")
# Of a letter without index and exponent; mathtext raises a sign that is high and small by itself once more.
PRIMES = re.compile(r"(?P<script>[_^]\s*(?:\{[^{}]*\}|.)\s*)?(?P<primes>'+)(?!['\s]*[_^])")
FALLBACK = ("STIXGeneral", "STIXNonUnicode")  # Matplotlib's own
MARK = 0xE000  # where Unicode's characters for private use begin


def sign(found: re.Match[str]) -> str:
    """Indices, exponents and letters of other alphabets as TeX writes them: ₁₂ is _{12}, ℝ is \\mathbb{R}."""
    alphabet = next((macro for name, macro in ALPHABETS.items() if name in unicodedata.name(found[0][0])), None)
    before = {"low": "_", "high": "^"}.get(str(found.lastgroup), f"\\{alphabet}")
    return f"{before}{{{unicodedata.normalize('NFKC', found[0])}}}"


def prime(found: re.Match[str]) -> str:
    return found[0] if found["script"] else r"\hspace{0.08}" + r"\prime " * len(found["primes"])


class Label:
    """A label in the book's macros, as Matplotlib draws it.

    text : what its layout is measured by; notes : what mathtext cannot draw, a line each; pieces(font) : what is
        painted.
    """

    def __init__(self, style: Stylesheet, label: str) -> None:
        self.style, self.marked = style, label
        self.colours: list[str] = []
        self.notes: list[str] = []
        try:
            if re.search(r"[\\${}~`']|--", label) or SIGN.search(label):
                self.marked = f"${self.translate(style.expand(label), maths=False)}$"
            if wrong := complaint(self.text) or self.lacking():
                raise AuthorError(wrong)
        except AuthorError as error:
            raise AuthorError(f"mathtext cannot draw the label {label}: {error}") from None

    @property
    def text(self) -> str:
        return self.moved(None)

    def lacking(self) -> str:
        """What no face has of the label's characters, in words."""
        faces = (self.style.macros["textface"][2], *FALLBACK)
        lost = next((c for c in self.text if not c.isascii() and not any(has(face, c) for face in faces)), "")
        return lost and f"no font has {named(lost)}"

    def note(self, what: str, fallback: str) -> None:
        self.notes.append(f"mathtext cannot draw {what}; {fallback}")

    def translate(self, text: str, maths: bool) -> str:
        """Expanded TeX as the inside of mathtext's dollars; words become \\text."""
        out, at, inside = "", 0, maths
        while at < len(text):
            token = TOKEN.search(text, at)
            plain, at = text[at : token and token.start()], token.end() if token else len(text)
            out += PRIMES.sub(prime, SIGN.sub(sign, plain)) if maths else self.words(plain)
            if token and token[0] == "$":
                maths = not maths
            elif token and token[1]:
                carries = maths and token[1] in self.style.inks and plain[-1:] not in ("_", "^")
                piece, at = (self.carried if carries else self.command)(token[1], text, at, maths)
                out += piece
            elif token:
                out += token[0] if maths or token[0][1] not in "%&#_{}$" else rf"\text{{{token[0]}}}"
        if maths != inside:
            raise AuthorError("a $ is missing")
        return out

    def words(self, text: str) -> str:
        for tex, character in LIGATURES.items():
            text = text.replace(tex, character)
        text, out, at = re.sub(r"\s+", " ", text), "", 0
        for found in SIGN.finditer(text):
            out += rf"\text{{{text[at : found.start()]}}}{sign(found)}"
            at = found.end()
        return (out + rf"\text{{{text[at:]}}}").replace(r"\text{}", "")

    def command(self, name: str, text: str, at: int, maths: bool) -> tuple[str, int]:
        """(a command and its arguments, which stand at `at` in `text`, for mathtext; where they end)"""
        if name in self.style.inks or name == "textcolor":
            colour, at = group(text, at) if name == "textcolor" else (name, at)
            body, at = group(text, at)
            return self.coloured(colour, body, maths), at
        if name in TEXT | FACES:
            if name in FACES:
                self.note(f"\\{name}", "the text's face stands in")
            body, at = group(text, at)
            return f"{{{self.translate(body, maths=False)}}}", at
        if name == "begin":
            raise AuthorError(f"there are no environments such as {group(text, at)[0]}")
        if arity(name) is None and name not in RENAMED:
            self.note(f"\\{name}", "the label is drawn without it")
            return "", group(text, at)[1] if name == "color" else at
        name = RENAMED.get(name, name) if arity(name) is None else name
        arguments: list[str] = []
        at += name == "operatorname" and text.startswith("*", at)
        while len(arguments) < (arity(name) or 0) and not text.startswith("[", at):
            argument, at = group(text, at)
            arguments.append(self.translate(argument, maths=True))
        if name == "boldsymbol" and re.search(r"[{_^]", arguments[0]):
            name = "mathbfit"  # \boldsymbol sees single symbols only
        if LIMITS.fullmatch(name) and not text.startswith(
            r"\limits", at
        ):  # a group, whose limits mathtext does not set below it, as a display has them
            after = self.scripts(text, at)
            return f"{{\\{name}}}{self.translate(text[at:after], maths=True)}" + r"\," * (after > at), after
        # mathtext sets a space after an operator also where its group ends.
        end = r"\!" if name == "operatorname" and at == len(text) else ""
        return f"\\{name}" + ("".join(f"{{{a}}}" for a in arguments) or " ") + end, at

    def carried(self, colour: str, text: str, at: int, maths: bool) -> tuple[str, int]:
        """(what a colour's command colours, with the index, exponent and primes that come next, where these end)"""
        body, begin = group(text, at)
        at = self.scripts(text, begin)
        body = f"{{{body}}}" if at > begin and re.search("[_^']", body) else body
        return self.coloured(colour, body + text[begin:at], maths), at

    def scripts(self, text: str, at: int) -> int:
        """Where the index, exponent and primes end that begin at `at`, if any do."""
        while script := SCRIPT.match(text, at):
            at = script.end() if script["whole"] else self.argument(text, script.end())
        return at

    def argument(self, text: str, at: int) -> int:
        """Where the index ends that begins at `at`: a group, a sign, or a command with its arguments."""
        call, end = CALL.match(text, at), group(text, at)[1]
        name = call[1] if call else ""
        count = 1 if name in {*self.style.inks, *TEXT, *FACES} else arity(RENAMED.get(name, name)) if name else 0
        for _ in range(count or 0):
            end = group(text, end)[1]
        return end

    def coloured(self, colour: str, body: str, maths: bool) -> str:
        """A group between marks: where these stand for 0 nothing happens, where they stand for 1 the group moves by 1
        em."""
        if colour not in self.style.colours:
            raise AuthorError(f"there is no colour '{colour}'")
        mark = chr(MARK + len(self.colours))
        self.colours.append(self.style.colours[colour])
        return rf"{{\hspace{{{mark}}}{{{self.translate(body, maths)}}}\hspace{{-{mark}}}}}"

    def moved(self, k: int | None) -> str:
        """The text with the group of the k-th colour moved."""
        return re.sub("[\ue000-\uf8ff]", lambda mark: str(int(ord(mark[0]) - MARK == k)), self.marked)

    def outlines(self, k: int | None, font: FontProperties) -> list[Outline]:
        """[(vertices, codes)] of the glyphs and lines of moved(k), in the units of Matplotlib's text_to_path."""
        glyphs, shapes, lines = text_to_path.get_glyphs_mathtext(font, self.moved(k))
        drawn = [(shapes[name][0] * size + (x, y), shapes[name][1]) for name, x, y, size in glyphs]
        return [(np.asarray(vertices), codes) for vertices, codes in drawn + lines if len(vertices)]

    def pieces(self, font: FontProperties, colour: str = "") -> dict[str, Path]:
        """{'#RRGGBB': outline of what is painted in it}; a glyph has the colour of the innermost group that it moves
        with, or else `colour`, or that of ink."""
        still = self.outlines(None, font)
        colours = [colour or self.style.colours["ink"]] * len(still)
        for k, colour in enumerate(self.colours):  # inner ones come after outer ones
            pairs = zip(still, self.outlines(k, font), strict=True)
            colours = [
                colour if b[0][0, 0] - a[0][0, 0] > 1 else old for old, (a, b) in zip(colours, pairs, strict=True)
            ]
        pieces = {
            c: [s for s, colour in zip(still, colours, strict=True) if colour == c] for c in dict.fromkeys(colours)
        }
        outlined = {c: [*zip(*shapes, strict=True)] for c, shapes in pieces.items()}
        return {c: Path(np.concatenate(vertices), np.concatenate(codes)) for c, (vertices, codes) in outlined.items()}


class Paint(AbstractPathEffect):
    """Draws a text as the pieces of its label instead."""

    def __init__(self, pieces: Mapping[str, Path]) -> None:
        super().__init__()
        self.pieces = pieces

    def draw_path(self, renderer: Any, gc: Any, tpath: Any, affine: Any, rgbFace: Any = None) -> None:
        for colour, outline in self.pieces.items():
            renderer.draw_path(gc, outline, affine, to_rgb(colour))
