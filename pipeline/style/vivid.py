"""The colours of which areas are mixed, and those of marks on a field, as templates/maths-preamble.tex makes them."""

from colorsys import hsv_to_rgb, rgb_to_hsv

GREY = 0.05  # what has less saturation stays as it is


def vivid(rgb: tuple[float, ...], least: float) -> tuple[float, ...]:
    """A colour (r, g, b) in 0…1 with at least this saturation, in HSB; what is grey stays grey, printing inks too."""
    if len(rgb) != 3:
        return rgb
    hue, saturation, brightness = rgb_to_hsv(*rgb)
    return rgb if saturation < GREY else hsv_to_rgb(hue, max(saturation, least), brightness)


def luminous(rgb: tuple[float, ...], saturation: float) -> tuple[float, ...]:
    """A colour (r, g, b) in 0…1 as light as can be, with this saturation, in HSB; what is grey becomes nearly white."""
    hue, found, _ = rgb_to_hsv(*rgb)
    return hsv_to_rgb(hue, found if found < GREY else saturation, 1)
