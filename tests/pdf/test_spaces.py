"""Colours of all spaces: in words, and as a screen shows them."""

import numpy as np
import pikepdf
import pytest
from pikepdf import Name

from pipeline.pdf.spaces import picture, rounded, simple, words
from pipeline.style.icc import to_inks, to_screen

PROFILE = "FOGRA39L_coated.icc"
COLOURS = ("#2A788E", "#FDE725", "#FFFFFF", "#BB584E")


def through_profile(inks):
    return rounded(255 * v for v in to_screen(inks, PROFILE))


@pytest.mark.parametrize("indexed", [False, True])
def test_an_image_in_inks_looks_as_the_profile_has_it(indexed):
    """Not as the plain complement of its inks, in which a cyan is #00FFFF."""
    inks = np.rint(255 * np.array([to_inks(colour, PROFILE) for colour in COLOURS])).astype(np.uint8).tobytes()
    with pikepdf.new() as pdf:
        table = pikepdf.Array([Name.Indexed, Name.DeviceCMYK, 3, pikepdf.String(inks)])
        space, data = (table, bytes(range(4))) if indexed else (Name.DeviceCMYK, inks)
        image = pikepdf.Stream(pdf, data, Subtype=Name.Image, Width=2, Height=2, BitsPerComponent=8, ColorSpace=space)
        found, _ = picture(image, through_profile)
    expected = [list(bytes.fromhex(colour[1:])) for colour in COLOURS]
    assert np.abs(np.asarray(found).reshape(4, 3).astype(int) - expected).max() < 20


def test_colours_in_words():
    assert words((1, 0.5, 0)) == "#FF8000" and words((0.5,)) == "#808080" and words((0, 0.5, 1, 0)) == "C0 M50 Y100 K0"
    assert (
        simple((0, 0, 0, 1)) == (0, 0, 0) and simple((0.5, 0, 0, 0)) == (128, 255, 255) and simple("Separation") is None
    )
