"""Colours in a figure that are none of the book's: they stay as they are when an edition has another palette."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from coloraide import Color
from numpy.typing import NDArray

from pipeline.checks.finding import Finding, Unread, record
from pipeline.checks.palette import Palette
from pipeline.checks.tints import Written
from pipeline.pdf.document import Document
from pipeline.pdf.painted import Paint
from pipeline.style.foreign import mix
from pipeline.style.vivid import vivid

NEAR = 0.004  # of a component: what digits in a PDF, and two roundings, may differ by
STEPS, LOOSE = 17, 0.024  # of a scale's colours, between which PGFPlots draws others
EDGES = ("ink", "paper", "rim", "shine")
OWN = r"or give it a name in preamble.tex, \colour{…} or, for what is meant literally, \shade{…}"


Colours = NDArray[np.float64]  # the components of one, or of each, in the last dimension
Mixes = tuple[Colours, Colours, Colours]


class Known:
    """The colours of an edition's style and its scales, and what two of them mix to."""

    def __init__(self, palette: Palette) -> None:
        self.palette = palette

    @cached_property
    def mixes(self) -> Mixes:
        """Where mixes of two colours begin, and end, each of shape (mixes, components); how far a colour may be from
        one: of a scale's colours, which PGFPlots has darker at edges, there are STEPS from stop to stop; of a chart's,
        mixes of those above one another."""
        named = {name: np.array(colour) for name, colour in self.palette.components.items()}
        vividly = [np.array(vivid(colour, self.palette.saturation)) for colour in self.palette.components.values()]
        each = list({colour.tobytes(): colour for colour in named.values()}.values())
        found = [(one, other, NEAR) for k, one in enumerate(each) for other in each[k:]]
        found += [(one, named["paper"], NEAR) for one in vividly]  # areas
        light = [np.array(self.palette.luminous(name)) for name in self.palette.components]
        found += [(one, one, NEAR) for one in light]  # marks on a field
        for stops in self.palette.style.scales.values():
            written = [np.array(self.palette.written(stop)) for stop in stops]
            for start, end in pairwise([*written, written[-1]]):
                found.append((start, end, NEAR))
                for share in np.linspace(0, 1, STEPS):
                    found += [(start + share * (end - start), named[name], LOOSE) for name in EDGES]
        for rows in self.palette.style.charts.values():
            drawn = [self.along(row) for row in rows]
            found += [
                (one, other, LOOSE) for low, high in pairwise(drawn) for one, other in zip(low, high, strict=True)
            ]
        start, end, near = zip(*found, strict=True)
        return np.array(start), np.array(end), np.array(near)

    def along(self, stops: Sequence[str]) -> Colours:
        """Colours of a scale, 2 · STEPS of them, evenly from end to end."""
        written = np.array([self.palette.written(stop) for stop in stops])
        shares = np.linspace(0, 1, 2 * STEPS)
        return np.stack([np.interp(shares, np.linspace(0, 1, len(stops)), each) for each in written.T], axis=1)

    def strange(self, colours: Iterable[Written]) -> list[Written]:
        """Those of the colours, as TeX writes them, that are none of these.

        A mix that one of them is, is held against all others at once: a surface has thousands of colours, and few
        mixes.
        """
        start, end, near = self.mixes
        components = start.shape[1]
        whole = [(colour, full(colour, components)) for colour in colours if not black(colour)]
        known = [(colour, plain) for colour, plain in whole if len(plain) == components]
        points, left, found = np.array([plain for _, plain in known]), np.arange(len(known)), list[Written]()
        while len(left):
            first, left = left[0], left[1:]
            fits = np.flatnonzero(apart(points[first], start, end) <= near)
            if len(fits):
                mix = fits[((end - start)[fits] ** 2).sum(axis=1).argmax()]  # the longest: it may be most of them
                left = left[apart(points[left], start[mix], end[mix]) > near[mix]]
            else:
                found.append(known[first][0])
        return found

    def nearest(self, colour: Written) -> str:
        """The palette's colour, or the mix, that stands for one which has no name."""
        return mix("", Color(self.palette.screen(full(colour))), self.palette.style.inks)


def apart(points: Colours, start: Colours, end: Colours) -> Colours:
    """How far colours are from the mixes of two, by the component that differs most."""
    way = end - start
    length = np.maximum((way**2).sum(axis=-1), 1e-12)
    share = np.clip(((points - start) * way).sum(axis=-1) / length, 0, 1)
    return np.abs(start + share[..., None] * way - points).max(axis=-1)


def black(colour: Written) -> bool:
    """Whether a colour in printing inks is as black as ink, whatever lies below its black."""
    return len(colour) == 4 and colour[3] > 1 - NEAR


def full(colour: Written, components: int = 3) -> Written:
    """A grey as a colour of three or four components; others as they are."""
    if len(colour) > 1:
        return colour
    return (*colour * 3,) if components == 3 else (0, 0, 0, 1 - colour[0])


def painted(paints: Sequence[Paint]) -> dict[Written, list[Paint]]:
    """{colour: what is painted in it} of type, lines, marks and areas."""
    found: dict[Written, list[Paint]] = {}
    for paint in paints:
        for colour in (paint.colour, paint.edge) if paint.kind not in ("image", "shading") else ():
            if isinstance(colour, tuple):
                found.setdefault(colour, []).append(paint)
    return found


def check(palette: Palette, documents: Sequence[Document], unread: Unread) -> dict[str, Any]:
    """A record for the report, as those of promises are: a breach a figure, which names its colours by what comes
    next."""
    known, judged, found, checked = Known(palette), dict[Written, bool](), list[Finding](), 0
    for document in (document for document in documents if document.figure):
        with unread.told(document.template or document.path, document.figure, document.path):
            colours = painted(document.pages[0].paints)
            new = [colour for colour in colours if colour not in judged]
            judged |= dict.fromkeys(new, False) | dict.fromkeys(known.strange(new), True)
            checked += len(colours)
            if strange := {colour: colours[colour] for colour in colours if judged[colour]}:
                found.append(told(known, document, strange))
    return record(
        "colours", "figures are painted in the book's colours and mixes of two of them", checked, breaches=found
    )


def told(known: Known, document: Document, strange: Mapping[Written, Sequence[Paint]]) -> Finding:
    """The strange colours of a figure, the most used one first."""
    ranked = sorted(strange, key=lambda colour: -len(strange[colour]))
    screens = [known.palette.screen(full(colour)) for colour in ranked]
    first = strange[ranked[0]][0]
    what = f"{screens[0]} is no colour of the book's"
    if len(ranked) > 1:
        what += f", nor are {', '.join(screens[1:3])}" + (f" and {len(ranked) - 3} more" if len(ranked) > 3 else "")
    where = document.line(0, first.box, first.source) or document.template or document.path
    advice = f"'{known.nearest(ranked[0])}' comes next to it; {OWN}"
    objects = sum(map(len, strange.values()))
    return Finding(where, what, advice, document.figure, document.path, 0, first.box, float(objects), objects)
