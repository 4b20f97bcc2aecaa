"""What the colours that are painted in a figure mean: colours of the palette, and mixes of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

DIGITS = 0.003  # as far as those in a PDF tell colours apart
CHUNK = 256  # colours that are looked up at once

Written = tuple[float, ...]  # a colour's components in 0…1: (r, g, b) or, in printing inks, (c, m, y, k)


@dataclass(frozen=True)
class Tints:
    """What colours mean in a figure. exact : {components: '#RRGGBB' of the palette, or None}; ranges : (from, to, the
    same) of mixes whose shares are told when TeX runs."""

    exact: dict[Written, str | None]
    ranges: list[tuple[Written, Written, str]]
    known: dict[Written, str | None] = field(default_factory=dict)  # what was asked for before

    @cached_property
    def by_length(self) -> dict[int, tuple[NDArray[np.float64], list[str | None]]]:
        """{number of components: (exact colours of so many, what they mean)}: a surface has thousands of colours."""
        lengths = {len(colour) for colour in self.exact}
        rows = {n: {colour: value for colour, value in self.exact.items() if len(colour) == n} for n in lengths}
        return {n: (np.array([*row]), [*row.values()]) for n, row in rows.items()}

    def meaning(self, colour: Written) -> str | None:
        """The colour of the palette, '#RRGGBB', that a painted one is or is mixed of."""
        self.learn([colour])
        return self.known[colour]

    def learn(self, colours: Iterable[Written]) -> None:
        """Looks up what colours mean, many at once."""
        new = [colour for colour in colours if colour not in self.known]
        for n in {len(colour) for colour in new}:
            alike = [colour for colour in new if len(colour) == n]
            for at in range(0, len(alike), CHUNK):
                self.look_up(alike[at : at + CHUNK], *self.by_length.get(n, (np.empty((0, n)), [])))

    def look_up(self, colours: list[Written], exact: NDArray[np.float64], values: list[str | None]) -> None:
        """Colours of one length, among exact ones, with their values, and ranges."""
        near = (abs(exact - np.array(colours)[:, None]) < DIGITS).all(axis=2)
        for colour, row, known in zip(colours, near, near.any(axis=1), strict=True):
            mixes = (value for start, end, value in self.ranges if between(colour, start, end))
            self.known[colour] = values[int(row.argmax())] if known else next(mixes, None)


def same(one: Written, other: Written) -> bool:
    """Whether two colours are one, as far as the digits in a PDF tell."""
    return len(one) == len(other) and all(abs(a - b) < DIGITS for a, b in zip(one, other, strict=True))


def between(colour: Written, start: Written, end: Written) -> bool:
    """Whether a colour is a mix of two, as far as the digits in a PDF tell."""
    if not len(colour) == len(start) == len(end):
        return False
    way = [b - a for a, b in zip(start, end, strict=True)]
    share = sum((c - a) * w for c, a, w in zip(colour, start, way, strict=True)) / (sum(w * w for w in way) or 1)
    mix = tuple(a + share * w for a, w in zip(start, way, strict=True))
    return 0 <= share < 0.99 and same(colour, mix)  # of the other end itself nothing is known
