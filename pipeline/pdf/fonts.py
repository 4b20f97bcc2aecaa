"""What the widths of a PDF's font say (ISO 32000-1, 9.2.4), and which of its glyphs are root signs."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import pikepdf

RADICAL = re.compile(rb"dup (\d+) */radical\w* +put")  # in a font's program of Type 1


def radicals(font: Any, descriptor: Any) -> frozenset[int]:
    """The codes of a font's root signs, as its own program or the PDF's encoding has them."""
    if "/radical" not in str(descriptor.get("/CharSet", "")):
        return frozenset()
    program = descriptor.FontFile.read_bytes() if "/FontFile" in descriptor else b""
    found = {int(code) for code in RADICAL.findall(program)}
    code, encoding = 0, font.get("/Encoding")
    for each in encoding.get("/Differences", []) if isinstance(encoding, pikepdf.Dictionary) else []:
        if isinstance(each, pikepdf.Name):
            found |= {code} if str(each).startswith("/radical") else set()
            code += 1
        else:
            code = int(each)
    return frozenset(found)


class Font:
    """A font's codes, and as shares of its size: advances, how far its type reaches below and above the baseline, and
    its middle."""

    def __init__(self, font: Any) -> None:
        self.wide = bool(font.Subtype == "/Type0")  # codes of two bytes
        self.name = str(font.get("/BaseFont", "/")).rpartition("+")[2].lstrip("/")
        descriptor = (font.DescendantFonts[0] if self.wide else font).get("/FontDescriptor", {})
        self.descriptor, self.encoding = descriptor, font.get("/Encoding")
        ascent, descent, x_height = (
            float(descriptor.get(key, 0)) / 1000 for key in ("/Ascent", "/Descent", "/XHeight")
        )
        # Large operators and brackets (cmex) hang from the baseline.
        hangs = descent < 0 and ascent < -descent / 2
        self.reach = (descent, ascent) if hangs else (-0.2, 0.7)
        self.middle = (descent + ascent) / 2 if hangs else (x_height or 0.45) / 2
        self.least = (1,) if hangs else (0, 2)  # from where to where its type reaches at the least, in middles
        self.radicals = radicals(font, descriptor)
        first = int(font.get("/FirstChar", 0))
        unit = float(font.FontMatrix[0]) if font.Subtype == "/Type3" else 1 / 1000
        self.widths = {first + k: unit * float(width) for k, width in enumerate(font.get("/Widths", []))}
        self.default = (
            1.0 if self.wide else float(descriptor.get("/MissingWidth", 500 if not self.widths else 0)) / 1000
        )

    def codes(self, text: bytes) -> Sequence[int]:
        """The codes of a string's bytes."""
        return [text[k] * 256 + text[k + 1] for k in range(0, len(text) - 1, 2)] if self.wide else text

    def ends_in_root(self, pieces: Iterable[Any]) -> bool:
        """Whether the last of strings and kerns ends in a root sign."""
        strings = [bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String)] if self.radicals else []
        return bool(strings) and self.codes(strings[-1])[-1] in self.radicals

    def advance(self, code: int) -> float:
        return self.widths.get(code, self.default)
