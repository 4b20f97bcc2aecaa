"""What tables ask for when Matplotlib draws them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

TINT = 25  # per cent, where no edition says it


def tint(
    axes: "Axes", colours: Iterator["ColorType"], colour: "ColorType", share: float | None = None
) -> tuple[float, float, float]:
    """A colour as an area has it: mixed with the paper and not transparent.

    share : of the colour, in per cent, where it is not as much as the edition says.
    """
    from matplotlib.colors import to_rgb  # slow to import, and needed only here

    share = (getattr(colours, "tint", TINT) if share is None else share) / 100
    red, green, blue = (
        a * share + b * (1 - share) for a, b in zip(to_rgb(colour), to_rgb(axes.get_facecolor()), strict=True)
    )
    return red, green, blue


def strengths(series: int) -> list[float | None]:
    """How much of its colour fills each of several bars, as templates/spread.tex has it; None is the edition's tint."""
    return [None, 100] if series == 2 else [None, 71, 100, 0]
