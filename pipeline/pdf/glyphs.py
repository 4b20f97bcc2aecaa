"""How far each letter of a font reaches, as its own program draws it."""

import io
import struct
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pikepdf

from pipeline.pdf.fonts import Font
from pipeline.pdf.geometry import Box, bounds, box_of
from pipeline.pdf.painted import Paint

FINE = 1000  # units in a font's size


class Glyphs:
    """The boxes of a font's letters, as shares of its size; where its program cannot be read, an x's."""

    def __init__(self, font: Font) -> None:
        self.font = font
        self.known: dict[int, Box | None] = {}

    @cached_property
    def face(self) -> Any:
        """FreeType's, of a font of Type 1; None where it cannot read it."""
        from matplotlib.ft2font import FT2Font  # 0.2 s, for those that look at letters alone

        program = self.font.descriptor.get("/FontFile")
        if program is None or self.font.wide:
            return None
        data, first = program.read_bytes(), int(program.get("/Length1", 0))
        second = int(program.get("/Length2", 0))
        parts = (1, data[:first]), (2, data[first : first + second])
        try:
            face = FT2Font(
                io.BytesIO(
                    b"".join(b"\x80" + struct.pack("<BI", *(kind, len(part))) + part for kind, part in parts)
                    + b"\x80\x03"
                )
            )
            face.set_charmap(face.num_charmaps - 1)  # the font's own
            face.set_size(FINE, 72)
        except (RuntimeError, ValueError):
            return None
        return face

    @cached_property
    def indices(self) -> dict[int, int]:
        """{code: number of its glyph}"""
        if self.face is None:
            return {}
        found, names = dict(self.face.get_charmap()), {}
        code, encoding = 0, self.font.encoding
        for each in encoding.get("/Differences", []) if isinstance(encoding, pikepdf.Dictionary) else []:
            if isinstance(each, pikepdf.Name):
                names[code] = str(each)[1:]
                code += 1
            else:
                code = int(each)
        numbers = {self.face.get_glyph_name(number): number for number in range(self.face.num_glyphs)}
        return found | {code: numbers[name] for code, name in names.items() if name in numbers}

    def box(self, code: int) -> Box | None:
        """None of what shows nothing."""
        if code not in self.known:
            self.known[code] = self.drawn(code)
        return self.known[code]

    def drawn(self, code: int) -> Box | None:
        if code not in self.indices:
            low, high = (
                (self.font.middle * up for up in self.font.least) if len(self.font.least) > 1 else self.font.reach
            )
            return None if code == 32 else (0, low, self.font.advance(code), high)
        from matplotlib.ft2font import LoadFlags

        left, bottom, right, top = self.face.load_glyph(
            self.indices[code], LoadFlags.NO_SCALE | LoadFlags.NO_HINTING
        ).bbox
        units = self.face.units_per_EM
        return (left / units, bottom / units, right / units, top / units) if right > left and top > bottom else None


def letters(paint: Paint, known: dict[int, Glyphs]) -> Iterator[Box]:
    """The box (bp) of each letter of what is set; known : of fonts, by their identity, to be filled."""
    if paint.typed is None:
        return
    font, state, matrix, pieces = paint.typed.font, paint.typed, paint.typed.matrix, paint.typed.pieces
    glyphs = known.setdefault(id(font), Glyphs(font))
    at = 0.0
    for piece in pieces:
        if not isinstance(piece, bytes):
            at -= state.size * piece / 1000 * state.stretch
            continue
        for code in font.codes(piece):
            if box := glyphs.box(code):
                left, bottom, right, top = (state.size * v for v in box)
                yield box_of(
                    matrix, at + left * state.stretch, state.rise + bottom, at + right * state.stretch, state.rise + top
                )
            extra = state.spacing + (state.word_spacing if code == 32 and not font.wide else 0)
            at += (state.size * font.advance(code) + extra) * state.stretch


def around(boxes: list[Box]) -> Box:
    return bounds([corner for box in boxes for corner in (box[:2], box[2:])])
