"""How much two pictures differ to the eye.

Both are blurred by a dot, for the eye sees no single dot, and taken to OKLab with the lightness of OKLrab (Ottosson
2020, 2021), where equal steps of colour are equally far. Of each dot the difference is its distance, as S-CIELAB has it
(Zhang and Wandell 1997), from the range of the other picture's colours within a dot around it, widened by a quarter: so
what is moved by a dot or less, or is rounded otherwise at an edge, makes no difference, and what is moved by two does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, reduce
from itertools import product

import numpy as np
from matplotlib import colormaps
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw

NOTICEABLE = 0.02  # between large fields: the just noticeable difference of CSS Color 4, in OKLab
SMALL = 0.05  # of a single dot: small things must differ by more (Stone, Szafir and Setlur 2014)
MANY = 0.001  # of the dots are no longer a small thing
BLUR = np.array([1, 4, 6, 4, 1], np.float32) / 16
REACH, SLACK = 1, 0.25  # dots; of the range of colours there
FRAME = 6  # dots between what differs and the frame around it
HEAT, HOTTEST, FAINT = "YlOrRd", 0.4, 0.25

Floats = NDArray[np.float32]
Box = tuple[int, int, int, int]  # left, top, right, bottom, in dots

CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    np.float32,
)
LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    np.float32,
)


def oklrab(srgb: Floats) -> Floats:
    """(…, 3) of sRGB in 0…1 → (…, 3) of OKLrab."""
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4).astype(np.float32)
    lab: Floats = np.cbrt(linear @ CONES.T) @ LAB.T
    k1, k2 = 0.206, 0.03
    k3 = (1 + k1) / (1 + k2)
    toe = k3 * lab[..., 0] - k1
    lab[..., 0] = (toe + np.sqrt(toe**2 + 4 * k2 * k3 * lab[..., 0])) / 2
    return lab


def around(values: Floats, reach: int, joined: Callable[[list[Floats]], Floats]) -> Floats:
    """joined() of copies of (rows, columns, …) moved by -reach … reach, down and then across; edges go on beyond."""
    for axis in (0, 1):
        padded = np.pad(values, [(reach * (k == axis),) * 2 for k in range(values.ndim)], "edge")
        size = values.shape[axis]
        values = joined([padded[k : k + size] if axis == 0 else padded[:, k : k + size] for k in range(2 * reach + 1)])
    return values


def weighed(copies: list[Floats]) -> Floats:
    return reduce(np.add, (weight * copy for weight, copy in zip(BLUR, copies, strict=True)))


def colours(picture: Image.Image) -> Floats:
    """(rows, columns, 3) of what an eye sees of a picture. It is blurred as rasterisers blend: in sRGB itself."""
    srgb = np.asarray(picture.convert("RGB"), np.float32) / np.float32(255)
    return oklrab(around(srgb, len(BLUR) // 2, weighed))


def beyond(one: Floats, other: Floats) -> Floats:
    """(rows, columns): how far each of one picture's colours is out of the other's range around it."""
    low, high = (around(other, REACH, partial(reduce, of)) for of in (np.minimum, np.maximum))
    slack = SLACK * (high - low)
    out = np.maximum(np.maximum(low - slack - one, one - high - slack), 0)
    found: Floats = np.sqrt((out**2).sum(axis=-1))
    return found


def paper(picture: Image.Image) -> tuple[int, int, int]:
    """What a picture's first dot has, (r, g, b)."""
    return picture.convert("RGB").getpixel((0, 0))  # type: ignore[return-value]


def laid(one: Image.Image, other: Image.Image) -> tuple[Image.Image, Image.Image]:
    """Two pictures on grounds of one size, each in its own paper: the smaller where they agree best, at a corner, in
    the middle of a side or in that of all."""
    size = max(one.width, other.width), max(one.height, other.height)

    def on(picture: Image.Image, place: tuple[float, float]) -> Image.Image:
        ground = Image.new("RGB", size, paper(picture))
        left, top = (round(p * (s - o)) for p, s, o in zip(place, size, picture.size, strict=True))
        ground.paste(picture, (left, top))
        return ground

    def apart(pair: tuple[Image.Image, Image.Image]) -> float:
        return float(np.asarray(ImageChops.difference(*pair), np.float32).mean())

    if one.size == other.size:
        return one.convert("RGB"), other.convert("RGB")
    places = product((0.5, 0, 1), (0.5, 0, 1))
    return min(((on(one, place), on(other, place)) for place in places), key=apart)


@dataclass(frozen=True)
class Difference:
    """What is found of two pictures; a dot's difference is 1 between black and white.

    mean, greatest : of all dots; share : of the dots that differ noticeably; box : what is around them, or None;
    sizes : of both pictures; dots : the differences, one a dot.
    """

    mean: float
    greatest: float
    share: float
    box: Box | None
    sizes: tuple[tuple[int, int], tuple[int, int]]
    dots: Floats

    @property
    def resized(self) -> bool:
        """Whether the sizes differ by more than what rounding makes of equal ones."""
        return any(abs(a - b) > 1 for a, b in zip(*self.sizes, strict=True))

    @property
    def seen(self) -> bool:
        """Whether an eye sees that these are two pictures."""
        return self.resized or self.greatest > SMALL or self.share > MANY


def difference(one: Image.Image, other: Image.Image) -> Difference:
    """How two pictures differ."""
    sizes = one.size, other.size
    a, b = laid(one, other)
    if a.tobytes() == b.tobytes():
        return Difference(0.0, 0.0, 0.0, None, sizes, np.zeros((a.height, a.width), np.float32))
    left, right = colours(a), colours(b)
    dots = np.maximum(beyond(left, right), beyond(right, left))
    noticed = dots > NOTICEABLE
    rows, columns = (np.flatnonzero(noticed.any(axis=axis)) for axis in (1, 0))
    box = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1) if len(rows) else None
    return Difference(float(dots.mean()), float(dots.max()), float(noticed.mean()), box, sizes, dots)


def heat(one: Image.Image, other: Image.Image, found: Difference) -> Image.Image:
    """The second of two pictures, faint and grey, and on it what differs: yellow is just seen, red is much."""
    ground = laid(one, other)[1]
    ground = Image.blend(Image.new("RGB", ground.size, paper(other)), ground.convert("L").convert("RGB"), FAINT)
    wide = around(found.dots, 1, partial(reduce, np.maximum))  # so that a single dot is found
    hot = colormaps[HEAT](0.25 + 0.75 * np.clip(wide / HOTTEST, 0, 1), bytes=True)[..., :3]
    ground.paste(Image.fromarray(np.ascontiguousarray(hot)), mask=Image.fromarray(wide > NOTICEABLE))
    if found.box:
        left, top, right, bottom = found.box
        width, height = ground.size
        frame = left - FRAME, top - FRAME, min(right + FRAME, width) - 1, min(bottom + FRAME, height) - 1
        ImageDraw.Draw(ground).rectangle((max(frame[0], 0), max(frame[1], 0), *frame[2:]), outline=(230, 0, 90))
    return ground
