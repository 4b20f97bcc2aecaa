"""The graphics state that a content stream makes (ISO 32000-1, 8.4 and 9.3)."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

import pikepdf

from pipeline.errors.author import AuthorError
from pipeline.pdf.fonts import Font
from pipeline.pdf.geometry import IDENTITY, Box, Matrix
from pipeline.pdf.spaces import Colour


@dataclass(slots=True)
class State:
    """The graphics state; `fill` and `stroke` are the name of a colour space where it is no device's."""

    clip: Box  # the bounds of the clip
    matrix: Matrix = IDENTITY
    fill: Colour = (0.0,)
    stroke: Colour = (0.0,)
    fill_space: str = "DeviceGray"
    stroke_space: str = "DeviceGray"
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    blend: str = "Normal"
    masked: bool = False
    width: float = 1.0
    dash: tuple[float, ...] = ()
    font: Font | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    render: int = 0

    def copy(self) -> "State":
        return State(*PARTS(self))

    def typeface(self) -> Font:
        if self.font is None:
            raise AuthorError("a PDF shows type before it sets a font")
        return self.font

    def advance(self, pieces: Iterable[Any]) -> tuple[float, bool]:
        """How far strings, and kerns in thousandths of the type's size, reach; whether there is more than spaces."""
        font, length, seen = self.typeface(), 0.0, False
        for piece in pieces:
            if isinstance(piece, pikepdf.String):
                codes = font.codes(bytes(piece))
                seen = seen or any(code != 32 for code in codes)
                spaces = len(codes) * self.spacing + codes.count(32) * self.word_spacing
                length += self.size * sum(map(font.advance, codes)) + spaces
            else:
                length -= self.size * float(piece) / 1000
        return length * self.stretch, seen


PARTS = attrgetter(*(part.name for part in fields(State)))
