"""The labels of ticks, which the stylesheet marks in a figure's page: /Tick <</Axis (3 x)>> BDC … EMC."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from pipeline.pdf.geometry import Box, Matrix, bounds

NEAR = 0.2  # bp: places that differ by less are one

Glyphs = tuple[Any, float, tuple[bytes | float, ...], float, float]  # font, size, strings and kerns, where they begin


@dataclass
class TickLabel:
    """A tick's label. axis : its number in the figure and its name; glyphs : what is shown, in bp of the page; source :
    the line of the picture, where the page says so."""

    axis: str
    glyphs: list[Glyphs] = field(default_factory=list)
    source: int | None = None

    def show(self, font: Any, size: float, pieces: Iterable[Any], matrix: Matrix) -> None:
        shown = (bytes(p) if isinstance(p, pikepdf.String) else round(float(p)) for p in pieces)
        self.glyphs.append((font, size, tuple(shown), *matrix[4:]))

    @property
    def box(self) -> Box:
        return bounds([(x, y) for *_, x, y in self.glyphs])

    def reads_as(self, other: "TickLabel") -> bool:
        """Whether two labels show the same type in the same arrangement."""
        (left, bottom, *_), (others_left, others_bottom, *_) = self.box, other.box
        return len(self.glyphs) == len(other.glyphs) and all(
            one[:3] == two[:3]
            and abs(one[3] - left - two[3] + others_left) < NEAR
            and abs(one[4] - bottom - two[4] + others_bottom) < NEAR
            for one, two in zip(self.glyphs, other.glyphs, strict=True)
        )

    def stands_by(self, other: "TickLabel") -> bool:
        """Whether two labels stand in one place, as those of a tick that is asked for twice."""
        return all(abs(a - b) < 1 for a, b in zip(self.box, other.box, strict=True))


def alike(labels: Sequence[TickLabel]) -> Iterator[tuple[TickLabel, bool]]:
    """(label, whether one before it on its axis reads as it does) of all labels that show something."""
    for at, label in enumerate(labels):
        if label.glyphs:
            before = (one for one in labels[:at] if one.axis == label.axis and one.glyphs)
            yield label, any(label.reads_as(one) and not label.stands_by(one) for one in before)
