"""Colours of all spaces: in words, and as a screen shows them."""

from pipeline.pdf.spaces import simple, words


def test_colours_in_words():
    assert words((1, 0.5, 0)) == "#FF8000" and words((0.5,)) == "#808080" and words((0, 0.5, 1, 0)) == "C0 M50 Y100 K0"
    assert (
        simple((0, 0, 0, 1)) == (0, 0, 0) and simple((0.5, 0, 0, 0)) == (128, 255, 255) and simple("Separation") is None
    )
