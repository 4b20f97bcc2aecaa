"""Tables of pixels: photographs, digits, filters, grey or in RGB."""

from __future__ import annotations

import math
from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.table.base import Labels, Table
from pipeline.table.meaning import Column
from pipeline.table.names import names_of
from pipeline.table.numbers import Array, Numbers, array, gaps
from pipeline.table.refusals import refusal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

Ends = tuple[float, float]
RGB = ("red", "green", "blue")


class Image(Table):
    """A bitmap, or several of one size, top row first; in the file a row a pixel: x, y, and grey or red, green, blue.

    pixels : grey of shape (rows, columns), RGB of shape (rows, columns, 3), or several: (n, rows, columns[, 3]); whole
    numbers from 0, black, to 255, or floats from 0 to 1, or between other limits; kept to 8 bits.
    x, y : (left, right) and (bottom, top), where its outer edges are; without, pixels are counted, from the top left.
    names : a name each, words in the book's macros, numbers or dates. Raises an AuthorError for what is no such image.
    """

    _advice = "an image has no holes"
    plate = True

    def __init__(
        self,
        pixels: Numbers,
        labels: Labels = None,
        names: Sequence[str | float] | Numbers | None = None,
        x: Ends | None = None,
        y: Ends | None = None,
        limits: Ends = (0, 1),
    ) -> None:
        shades = bytes_of(stack(array(pixels)), limits)  # (image, row, column, channel)
        n, rows, columns, channels = shades.shape
        called = None if names is None or not array(names).size else names_of("images", names, n)
        across, down = centres(x or (-0.5, columns - 0.5), columns), centres((y or (rows - 0.5, -0.5))[::-1], rows)
        places = np.tile(across, n * rows), np.tile(np.repeat(down, columns), n)
        flat = shades.reshape(-1, channels).T
        which = Column(np.repeat(np.arange(n), rows * columns), called)
        several = {"image": which} if n > 1 or called else {}
        shade = dict(zip(RGB if channels == 3 else ("grey",), flat, strict=True))
        breaks = range(columns, len(flat[0]), columns)
        super().__init__({**several, "x": places[0], "y": places[1], **shade}, labels, breaks)

    @property
    def _may_be_words(self) -> Container[str]:
        return ("image",)

    @property
    def pixels(self) -> Array:
        """(image, row, column, channel), from 0 to 255."""
        columns = self.breaks[0] if self.breaks else len(self)
        n = len(np.unique(self.columns["image"])) if "image" in self.columns else 1
        shades = np.stack([self.columns[name] for name in (RGB if "red" in self.columns else ("grey",))], axis=-1)
        return shades.astype(np.uint8).reshape(n, -1, columns, shades.shape[-1])

    @property
    def names(self) -> list[str]:
        """What the images are called; nothing where they have no names."""
        return self.words.get("image") or []

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """left, right, bottom and top of the outermost pixels; the bottom is the greater number where y counts down."""
        _, rows, columns, _ = self.pixels.shape
        left, right = rim(self.x[:columns])
        top, bottom = rim(self.y[: rows * columns : columns])
        return left, right, bottom, top

    def draw(self, axes: Axes, colours: Iterator[ColorType]) -> None:
        shades = self.pixels
        n = len(shades)
        axes.grid(visible=False)
        if n == 1:
            left, right, bottom, top = self.edges
            axes.imshow(
                shown(shades[0]),
                interpolation="nearest",
                cmap="gray",
                vmin=0,
                vmax=255,
                extent=(left, right, bottom, top),
            )
            return
        across = math.ceil(math.sqrt(n))
        for k, image in enumerate(shades):
            rows, columns = image.shape[:2]
            left, top = (k % across) * columns * 1.1, (k // across) * rows * 1.25
            axes.imshow(
                shown(image),
                interpolation="nearest",
                cmap="gray",
                vmin=0,
                vmax=255,
                extent=(left, left + columns, top + rows, top),
            )
            if self.names:
                axes.text(left + columns / 2, top + rows * 1.02, self.names[k], ha="center", va="top")
        axes.set(xlim=(0, across * columns * 1.1), ylim=(math.ceil(n / across) * rows * 1.25, 0))
        axes.set_axis_off()


def stack(values: Array) -> Array:
    """Pixels in any shape that an author may give as (image, row, column, channel)."""
    shape = values.shape
    tell = f"an image of shape {shape}"
    if len(shape) in (3, 4) and shape[-1] == 4:
        raise AuthorError(
            f"{tell} has {shape[-1]} channels",
            "leave out alpha, as by [..., :3]; if these are several images of 4 columns, [..., None]",
        )
    if len(shape) == 4 and shape[-1] not in (1, 3) and shape[1] in (1, 3):
        raise AuthorError(f"{tell} has its channels before its rows", ".permute(0, 2, 3, 1), or np.moveaxis(…, 1, -1)")
    if 0 in shape or len(shape) not in (2, 3, 4) or (len(shape) == 4 and shape[-1] not in (1, 3)):
        raise AuthorError(
            f"{tell}", "(rows, columns), (rows, columns, 3), or several: (n, rows, columns) or (n, rows, columns, 3)"
        )
    if len(shape) == 2:
        return values[None, :, :, None]
    if len(shape) == 3:
        return values[None] if shape[-1] in (1, 3) else values[..., None]
    return values


def bytes_of(values: Array, limits: Ends) -> Array:
    """Pixels as whole numbers from 0 to 255; AuthorError for what is none, is missing, or beyond the limits."""
    bad = refusal(values)
    missing = np.flatnonzero(gaps(values))
    if bad or missing.size:
        at, what, advice = bad or (int(missing[0]), "is missing", "an image has no holes; numpy.nan_to_num fills them")
        image, row, column, _ = map(int, np.unravel_index(at, values.shape))
        where = f"image {image}, " if len(values) > 1 else ""
        raise AuthorError(f"{where}row {row}, column {column} {what}", advice)
    if values.dtype.kind == "b":
        return values * np.uint8(255)
    whole = values.dtype.kind in "iu" and tuple(limits) == (0, 1)
    low, high = (0, 255) if whole else limits
    if not low < high:
        raise AuthorError(f"the limits of an image are (black, white), not ({low:g}, {high:g})")
    if values.min() < low or values.max() > high:
        what = f"pixels from {values.min():.4g} to {values.max():.4g}; black is {low:g} and white {high:g}"
        raise AuthorError(what, "limits=(black, white) says what is black and white, or numpy.clip what is to be")
    return np.rint((values.astype(float) - low) / (high - low) * 255).astype(int)


def centres(ends: Ends, count: int) -> Array:
    """Where pixels are between two outer edges."""
    first, last = map(float, ends)
    if not np.isfinite([first, last]).all() or first == last:
        raise AuthorError(f"an image cannot reach from {first:g} to {last:g}")
    found = first + (np.arange(count) + 0.5) * (last - first) / count
    return found.astype(int) if (found == np.rint(found)).all() else found


def rim(places: Array) -> Ends:
    """The outer edges of pixels at these places; a single one is 1 wide."""
    half = (places[-1] - places[0]) / max(1, len(places) - 1) / 2 or 0.5
    return float(places[0] - half), float(places[-1] + half)


def shown(image: Array) -> Array:
    """An image as Matplotlib has it."""
    return image[..., 0] if image.shape[-1] == 1 else image
