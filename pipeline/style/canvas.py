"""What the parts of Axes draw on: a figure, its panels, and colours by their roles."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from matplotlib.colors import to_rgb
from matplotlib.text import Text

from pipeline.style.stylesheet import Stylesheet
from pipeline.style.vivid import luminous, vivid


class Canvas:
    """all : the panels; write : gives a text a label in the book's macros."""

    style: Stylesheet
    figure: Any
    all: list[Any]
    rows: list[tuple[Sequence[Any], Sequence[Any]]]  # of panels that begin and end where others below them do
    decimal: str  # what parts a number's whole from its decimals
    bars: Counter[str]  # how many stand beside the panels, "upright", and lie below them, "lying"
    boxes: dict[Any, Sequence[float]]  # {axes in space: the ratio of their box's edges}

    def write(self, text: Text, label: str, colour: Any = None) -> None:
        raise NotImplementedError

    def colour(self, role: str) -> str:
        return self.style.colours[role]

    def mixed(self, role: str, share: float) -> list[float]:
        """A role on paper, so much of it."""
        return self.between(self.colour(role), self.colour("paper"), share)

    def between(self, first: Any, second: Any, share: float) -> list[float]:
        """So much of the first colour, mixed with the second."""
        return [share * a + (1 - share) * b for a, b in zip(to_rgb(first), to_rgb(second), strict=True)]

    def percents(self) -> tuple[float, float]:
        """(how much of its colour fills an area in this edition, in per cent; how saturated that colour is)"""
        tint, saturation = (float(self.style.expand(rf"\{name}")) for name in ("tint", "areasaturation"))
        return tint, saturation

    def luminous(self, colour: Any) -> tuple[float, ...]:
        """What marks and type on a field have instead of a colour."""
        return luminous(to_rgb(colour), float(self.style.expand(r"\luminoussaturation")))

    def tinted(self, role: str) -> list[float]:
        """What fills an area of a role."""
        tint, saturation = self.percents()
        return self.between(vivid(to_rgb(self.colour(role)), saturation), self.colour("paper"), tint / 100)
