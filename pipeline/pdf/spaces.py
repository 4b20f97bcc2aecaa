"""Colour spaces, images and shadings of a PDF: their names, and how they look (ISO 32000-1, 8.6)."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import numpy as np
import pikepdf
from PIL import Image

# As written: 1 component grey, 3 RGB, 4 CMYK; the name of another colour space.
Colour = tuple[float, ...] | str
RGB = tuple[int, int, int]  # in 0…255

SEEN, LEVELS = 400, 18  # of an image in inks: pixels a side, and steps of each, which preflight looks at
FAMILIES = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}
SHORT = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}  # in inline images


def space(given: Any) -> str:
    """The name of a colour space; that of an indexed one is its base's."""
    if isinstance(given, pikepdf.Name):
        return SHORT.get(str(given)[1:], str(given)[1:])
    family = space(given[0])
    return space(given[1]) if family == "Indexed" else family


def rounded(levels: Iterable[float]) -> RGB:
    red, green, blue = map(round, levels)
    return red, green, blue


@cache
def simple(colour: Colour | None) -> RGB | None:
    """A colour as written, CMYK by its plain complement; None for a space's name."""
    if isinstance(colour, str) or colour is None:
        return None
    if len(colour) == 4:
        *inks, black = colour
        colour = tuple((1 - ink) * (1 - black) for ink in inks)
    return rounded(255 * min(1, max(0, v)) for v in (colour * 3 if len(colour) == 1 else colour))


def mean(function: Any) -> tuple[float, ...] | None:
    """The mean colour, as written, of a function of one variable; None where it cannot be told at a glance."""
    if function is None:
        return None
    if isinstance(function, pikepdf.Array):  # one a component
        parts = [part for f in function if (part := mean(f))]
        return tuple(part[0] for part in parts) if len(parts) == len(function) else None
    if function.FunctionType == 2:
        ends = zip(function.get("/C0", [0]), function.get("/C1", [1]), strict=True)
        return tuple((float(a) + float(b)) / 2 for a, b in ends)
    if function.FunctionType == 3:
        parts = [part for f in function.Functions if (part := mean(f))]
        if len(parts) == len(function.Functions):
            return tuple(sum(component) / len(parts) for component in zip(*parts, strict=True))
    return None


def inks_on_screen(image: Image.Image, screen: Callable[[Colour | None], RGB | None]) -> Image.Image:
    """How an image of mode CMYK looks, in RGB: at most SEEN pixels a side, each ink in LEVELS steps."""
    width, height = (min(SEEN, side) for side in image.size)
    steps = 255 / (LEVELS - 1)
    inks = np.rint(np.asarray(image.resize((width, height), Image.Resampling.NEAREST)) / steps).reshape(-1, 4)
    found, place = np.unique(inks, axis=0, return_inverse=True)
    looks = [screen(tuple(colour)) or (0, 0, 0) for colour in (found / (LEVELS - 1)).tolist()]
    return Image.fromarray(np.array(looks, np.uint8)[place.ravel()].reshape(height, width, 3))


def picture(
    image: Any, screen: Callable[[Colour | None], RGB | None] = simple
) -> tuple[Image.Image, Image.Image | None] | None:
    """(image, mask or None) for Pillow, of a stream or of pikepdf's PdfInlineImage; None where it cannot be decoded.

    screen : how inks look.
    """
    inline = isinstance(image, pikepdf.PdfInlineImage)
    mask = None if inline else image.get("/SMask")
    try:
        found = (image if inline else pikepdf.PdfImage(image)).as_pil_image()
        shown = inks_on_screen(found, screen) if found.mode == "CMYK" else found.convert("RGB")
        return shown, None if mask is None else pikepdf.PdfImage(mask).as_pil_image().convert("L")
    except (pikepdf.UnsupportedImageTypeError, NotImplementedError, ValueError):
        return None


def words(colour: Colour, full: float = 1) -> str:
    """A colour as the author writes it: #RRGGBB of grey or RGB, per cents of inks; `full` is its greatest component."""
    if isinstance(colour, str):
        return colour
    if len(colour) == 4:
        return " ".join(f"{name}{100 * ink / full:.0f}" for name, ink in zip("CMYK", colour, strict=True))
    return "#" + "".join(f"{round(255 * v / full):02X}" for v in (colour * 3 if len(colour) == 1 else colour))
