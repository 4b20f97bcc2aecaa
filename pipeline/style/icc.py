"""Colours through ICC profiles: in printing inks, and how these look."""

import subprocess
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image, ImageCms

from pipeline.errors.author import AuthorError

FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION
INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC


@cache
def profile_path(name: str) -> str:
    """Where TeX's tree has an ICC profile."""
    path = subprocess.run(["kpsewhich", name], capture_output=True, encoding="utf-8").stdout.strip()
    if not path:
        raise AuthorError(f"TeX's tree has no ICC profile '{name}', which the edition's \\inkprofile asks for")
    return path


@cache
def transform(source: str, target: str, modes: tuple[str, str]) -> ImageCms.ImageCmsTransform:
    one, other = (
        ImageCms.createProfile("sRGB") if p == "sRGB" else ImageCms.getOpenProfile(profile_path(p))
        for p in (source, target)
    )
    return ImageCms.buildTransform(one, other, *modes, renderingIntent=INTENT, flags=FLAGS)


def through(colours: ArrayLike, source: str, target: str, modes: tuple[str, str]) -> NDArray[np.float64]:
    """Colours (n, channels) in 0…1 from one profile's space to another's, relative colorimetric with black point
    compensation."""
    pixels = np.round(255 * np.asarray(colours)).astype(np.uint8)[None]
    image = Image.frombytes(modes[0], (pixels.shape[1], 1), pixels.tobytes())
    return np.asarray(ImageCms.applyTransform(image, transform(source, target, modes)))[0] / 255


@cache
def black_scale(profile: str) -> NDArray[np.float64]:
    """sRGB grey of each of 256 amounts of black alone, from none to all of it."""
    amounts = np.linspace(0, 1, 256)
    return through(np.outer(amounts, [0, 0, 0, 1]), profile, "sRGB", ("CMYK", "RGB")).mean(axis=1)


def to_inks(colour: str, profile: str) -> tuple[float, ...]:
    """(c, m, y, k) in 0…1 of '#RRGGBB'; greys, and so text and axes, in black alone, of the same lightness."""
    red, green, blue = rgb = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    if red == green == blue:
        scale = black_scale(profile)
        return 0.0, 0.0, 0.0, round(float(np.interp(-red, -scale, np.linspace(0, 1, 256))), 3)
    return tuple(round(float(v), 3) for v in through([rgb], "sRGB", profile, ("RGB", "CMYK"))[0])


@cache
def to_screen(inks: tuple[float, ...], profile: str) -> tuple[float, ...]:
    """(r, g, b) in 0…1 of how (c, m, y, k) looks."""
    return of_levels(tuple(round(255 * ink) for ink in inks), profile)


@cache
def of_levels(levels: tuple[int, ...], profile: str) -> tuple[float, ...]:
    """The same of inks in 0…255: a surface's thousands of colours are a tenth as many of these."""
    return tuple(map(float, through([[level / 255 for level in levels]], profile, "sRGB", ("CMYK", "RGB"))[0]))
