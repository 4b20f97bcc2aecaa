"""A font for maths whose letters and digits are those of the text: what mathpazo does for TeX."""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

NAME = "Book Maths"  # a font that was changed has another name (GUST Font License)
STYLES = {"": "regular", "ITALIC": "italic", "BOLD": "bold", "BOLD ITALIC": "bolditalic"}
LETTER = re.compile(r"MATHEMATICAL (BOLD ITALIC|BOLD|ITALIC) (?:CAPITAL|SMALL|DIGIT) \w+(?: SYMBOL)?")


def origin(letter: str) -> tuple[str, str] | None:
    """(face, letter) of the text that a letter of maths is; None for signs, and for alphabets that a text has not."""
    if letter.isascii() and letter.isalnum():
        return "regular", letter
    if letter == "ℎ":
        return "italic", "h"
    found = LETTER.fullmatch(unicodedata.name(letter, ""))
    return (STYLES[found[1]], unicodedata.normalize("NFKC", letter)) if found else None


def dress(font: Any, faces: Mapping[str, Path]) -> None:
    """Gives a font of maths the letters of these faces, with accents above their middles.

    font : one of fontTools with CFF outlines; faces : {"regular", "italic" …: file}.
    """
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.ttLib import TTFont

    opened = {face: TTFont(file) for face, file in faces.items()}
    top = font["CFF "].cff[0]
    info = font["MATH"].table.MathGlyphInfo
    corrected = [info.MathTopAccentAttachment, info.MathItalicsCorrectionInfo]
    for code, glyph in font.getBestCmap().items():
        face, letter = origin(chr(code)) or ("", "")
        source = opened.get(face)
        name = source.getBestCmap().get(ord(letter)) if source and letter else None
        if source is None or name is None:
            continue
        glyphs = source.getGlyphSet()
        pen = T2CharStringPen(glyphs[name].width, glyphs)
        glyphs[name].draw(pen)
        before, width = font["hmtx"][glyph][0], round(glyphs[name].width)
        private = top.CharStrings[glyph].private
        top.CharStrings[glyph] = pen.getCharString(private, top.GlobalSubrs)
        font["hmtx"][glyph] = (width, font["hmtx"][glyph][1])
        for table, coverage, values in (
            (corrected[0], "TopAccentCoverage", "TopAccentAttachment"),
            (corrected[1], "Coverage", "ItalicsCorrection"),
        ):
            known = getattr(table, coverage).glyphs if table else []
            if before and glyph in known:
                value = getattr(table, values)[known.index(glyph)]
                value.Value = round(value.Value * width / before)
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            record.string = NAME
