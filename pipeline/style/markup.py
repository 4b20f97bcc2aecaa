"""What authors write in titles and in book.yaml, with formulas and macros among the words: as TeX, as plain text."""

import html.entities
import re
import unicodedata
from collections.abc import Callable

from pipeline.errors.author import AuthorError
from pipeline.style.comments import without_comments

TEX = str.maketrans(
    {c: rf"\{c}" for c in "&%$#_{}"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}
)
# A formula, or a macro with its arguments, whose braces stand three deep at the most.
BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
FORMULA = r"\$(?! )(?:[^$\\]|\\.)+(?<! )\$(?!\d)"
ACCENTED = rf"[\"'`^~=.](?:{BRACES}|[A-Za-z])"
SPECIAL = re.compile(rf"{FORMULA}|\\(?:[A-Za-z]+\*?(?:\[[^]]*\])?(?:{BRACES})*|{ACCENTED}|[^A-Za-z])", re.DOTALL)
HEADING = rf"\*?\s*(?:\[(?:[^][{{}}]|{BRACES})*\])?\s*({BRACES})"  # behind the macro

TOKEN = re.compile(r"\\(?:([A-Za-z]+)\*?|(.))|[{}$]", re.DOTALL)
FRACTION = re.compile(rf"\\[dt]?frac({BRACES})({BRACES})")
# What TeX calls otherwise than Unicode and HTML.
SIGNS = {"to": "→", "gets": "←", "infty": "∞", "cdot": "·", "neq": "≠", "dots": "…", "ldots": "…"}
SIGNS |= {"sim": "∼", "notin": "∉", "langle": "⟨", "rangle": "⟩", "Vert": "‖", "vert": "|", "top": "ᵀ"}
SIGNS |= {"cdots": "⋯"}
SIGNS |= {"textdegree": "°", "textellipsis": "…", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ"}  # fmt: skip
SIGNS |= {"o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł"}
SIGNS |= {"quad": " ", "qquad": " ", ",": " ", ";": " ", ":": " ", " ": " ", "!": "", "/": "", "\\": " "}  # fmt: skip
WORDS = set("TeX LaTeX log ln exp sin cos tan min max arg det dim lim sup inf ker gcd Pr mod".split())  # noqa: SIM905
MARKS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327\u0328"
ACCENTS = dict(zip("`'^~=u.\"rHvck", MARKS, strict=True)) | {"vec": "\u20d7"}
ACCENTS |= {"hat": "\u0302", "tilde": "\u0303", "bar": "\u0304", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c"}
ALPHABETS = {"mathbb": "DOUBLE-STRUCK", "mathcal": "SCRIPT", "mathfrak": "BLACK-LETTER"}


def heading(text: str, macro: str = "chapter") -> str | None:
    """The title of the first chapter in a text, as TeX; not the short one of heads and contents."""
    found = re.search(rf"\\{macro}{HEADING}", without_comments(text))
    return " ".join(found[1][1:-1].split()) if found else None


def as_tex(text: str) -> str:
    r"""A text in which formulas and macros are TeX's, and all else is printed as it stands: 5 % of $\alpha$ & more."""
    out, at = "", 0
    for found in SPECIAL.finditer(text):
        piece = found[0]
        if piece[0] != "$":  # a macro's arguments are read in the same way as the text around it
            piece = re.sub(BRACES, lambda braces: f"{{{as_tex(braces[0][1:-1])}}}", piece)
        out += text[at : found.start()].translate(TEX) + piece
        at = found.end()
    return out + text[at:].translate(TEX)


def plain(text: str, expand: Callable[[str], str] = lambda tex: tex) -> str:
    r"""The same text for metadata and lists: $\alpha$ is α, \emph{x} is x, $\vx$ is x, without its colour and face.

    expand(tex) : TeX with the book's macros replaced by what they stand for.
    """

    def special(found: re.Match[str]) -> str:
        try:
            return bare(expand(found[0]))
        except AuthorError:  # it is for TeX to tell
            return bare(found[0])

    return " ".join(SPECIAL.sub(special, text).split())


def bare(tex: str) -> str:
    """TeX without its markup."""
    tex = FRACTION.sub(lambda parts: f"{parts[1]}/{parts[2]}", tex)
    out, at = "", 0
    for token in TOKEN.finditer(tex):
        if token.start() < at:
            continue
        out, at = out + tex[at : token.start()], token.end()
        name = token[1] or token[2] or ""
        letter = re.compile(r"\s*\{*\\?([A-Za-z])").match(tex, at)
        if letter and (name in ACCENTS or name in ALPHABETS):
            out, at = out + altered(name, letter[1]), letter.end()
        elif name:  # one that nobody knows is its name, or what it is given
            out += sign(name) or ("" if tex.startswith(("{", "["), at) else name)
    return out + tex[at:]


def sign(name: str) -> str:
    r"""What a macro prints by itself, as far as it is known: \alpha is a letter of Unicode's, \leq a sign of HTML's."""
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    if name in SIGNS or not name.isalpha():
        return SIGNS.get(name, name)
    greek = looked_up(f"GREEK {size} LETTER {name.removeprefix('var').replace('ambda', 'amda')}")
    known = greek or html.entities.html5.get(f"{name};") or looked_up(f"{name.removeprefix('text')} SIGN")
    return known or (name if name in WORDS else "")


def altered(name: str, letter: str) -> str:
    """A letter with an accent, or of another alphabet."""
    if name in ACCENTS:
        return unicodedata.normalize("NFC", letter + ACCENTS[name])
    size = "CAPITAL" if letter.isupper() else "SMALL"
    name = f"{ALPHABETS[name]} {size} {letter}"
    return looked_up(name) or looked_up(f"MATHEMATICAL {name}") or letter


def looked_up(name: str) -> str:
    """The character that Unicode calls so; nothing where there is none."""
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return ""
