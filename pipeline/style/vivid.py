"""The colours of which areas are mixed, as templates/maths-preamble.tex makes them."""

from colorsys import hsv_to_rgb, rgb_to_hsv

GREY = 0.05  # what has less saturation stays as it is


def vivid(rgb: tuple[float, ...], least: float) -> tuple[float, ...]:
    """A colour (r, g, b) in 0…1 with at least this saturation, in HSB; what is grey stays grey, printing inks too."""
    if len(rgb) != 3:
        return rgb
    hue, saturation, brightness = rgb_to_hsv(*rgb)
    return rgb if saturation < GREY else hsv_to_rgb(hue, max(saturation, least), brightness)
