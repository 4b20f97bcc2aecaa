"""What a page paints and places, as preflight sees it."""

from dataclasses import dataclass
from typing import NamedTuple

from pipeline.pdf.fonts import Font
from pipeline.pdf.geometry import Box, Matrix, Pieces
from pipeline.pdf.spaces import RGB, Colour
from pipeline.pdf.ticks import TickLabel


class Typed(NamedTuple):
    """Type as it is shown: strings, and kerns in thousandths of its size, from where the matrix places them."""

    font: Font
    size: float
    pieces: tuple[bytes | float, ...]
    matrix: Matrix
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    rise: float = 0.0


@dataclass(slots=True)
class Paint:
    """One painted object.

    A line is stroked, or a rule. A mark is a closed path or a cross up to MARK in size, such as plots' marks and
    arrows' tips. Other fills, and the patches of a surface, are areas. Type is one object a string.
    """

    kind: str  # line | mark | area | text | image | shading
    colour: Colour  # of images the space's name
    box: Box
    edge: Colour | None = None  # the outline's colour, where it is filled as well, type included
    width: float | None = None  # of a stroke or rule, in pt; None for the bar of a root, whose width is its sign's
    size: float | None = None  # of type, in pt
    dash: tuple[float, ...] = ()  # in pt; () is solid
    # of a mark: equal for equal marks wherever they stand; begins with f, S or B: filled, stroked or both
    shape: tuple[object, ...] = ()
    alpha: float = 1.0
    blend: str = "Normal"  # blend mode, or "soft mask"
    behind: RGB | None = None  # of what it stands on
    # with it; None of what is ground: areas and images that can be seen, and halos (pipeline/pdf/grounds.py)
    contrast: float | None = None
    beyond: float = 0.0  # how far it reaches beyond the page, in pt
    source: int | None = None  # the line of its figure's picture, where the page says so
    axis: int | None = None  # the number of the axis that it is a part of, likewise
    tick: TickLabel | None = None  # of type: the tick's label that it is a part of
    typed: Typed | None = None  # of type
    path: Pieces = ()  # of what is filled or stroked
    clip: Box | None = None  # what is seen of it, where that is less


@dataclass(slots=True)
class Placed:
    """A form or an image that a page places."""

    figure: str | None  # its name, where its stream is a known figure's
    matrix: Matrix
    alt: str  # of the marked content in which it stands
    box: Box
    group: bool = False  # whether it is a transparency group
