"""A mark at each row, or a mask of all of them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.plots.columns import Array
from pipeline.plots.geometry import NEAR, Axes, Page, near
from pipeline.plots.plot import Plot
from pipeline.plots.repeat.shown import SHOWN, hidden, spread
from pipeline.plots.specimen import Instruction, Shape, must, number, operator, written

COLOURS = {"g", "rg", "k", "sc", "scn", "cs"}  # operators that choose what fills
DPI, DOT = 1200, 8  # of masks; bytes that a dot takes in a page, compressed


def stamped(stamps: str | Sequence[str], places: Array) -> str:
    """The operators of a mark at each place, one moved from another; stamps : one, or that of each."""
    if not len(places):
        return ""
    moves = np.diff(places, axis=0, prepend=0).round(2)
    each = [stamps] * len(moves) if isinstance(stamps, str) else stamps
    parts = (f"1 0 0 1 {x:g} {y:g} cm\n{stamp}\n" for (x, y), stamp in zip(moves.tolist(), each, strict=True))
    return f"q\n{''.join(parts)}Q\n"


def dot(shape: Shape) -> float | None:
    """The radius of a filled circle."""
    radius = float(np.abs(shape.points).max())
    ends = shape.points[[0, 3, 6, 9, 12]] if (shape.path, shape.paint) == ("mcccch", "f") else np.zeros((1, 2))
    return radius if np.allclose(np.abs(ends).sum(axis=1), radius, atol=NEAR) else None


def dotted(places: Array, radius: float, page: Page) -> str | None:
    """A mask of filled circles, of the resolution of printing, where it is smaller than they are."""
    corner = places.min(axis=0) - radius
    pixel = 72 / DPI
    width, height = (np.ceil((places.max(axis=0) + radius - corner) / pixel) + 1).astype(int).tolist()
    if width * height / 8 > DOT * len(places):
        return None
    centres = ((places - corner) / pixel).astype(int) @ (1, width + 1)
    centres, reach = np.unique(centres), int(radius / pixel)
    # of each row of pixels: 1 where a circle begins, -1 behind its end
    edges = np.zeros(height * (width + 1), np.int16)
    for row in range(-reach, reach + 1):
        half = int(np.sqrt((radius / pixel) ** 2 - row**2))
        np.add.at(edges, centres + row * (width + 1) - half, 1)
        np.add.at(edges, centres + row * (width + 1) + half + 1, -1)
    bits = edges.reshape(height, width + 1).cumsum(axis=1, dtype=np.int16)[:, :-1] > 0
    page.masks.append((np.packbits(~bits[::-1], axis=1), width))
    size = " ".join(map(number, (width * pixel, 0, 0, height * pixel, *corner)))
    return f"q {size} cm /Layer{len(page.masks) - 1} Do Q\n"


def centred(shape: Shape, centre: Array) -> Shape:
    """A mark's path as it is around its row's place."""
    closed = shape.path.endswith("hm")  # PGF's circles end in their middle
    return replace(
        shape,
        path=shape.path[:-1] if closed else shape.path,
        points=(shape.points[:-1] if closed else shape.points) - centre,
    )


def typical(alike: Sequence[Shape]) -> Shape:
    """One shape for these of all marks."""
    must(len({(shape.state, shape.path, shape.paint) for shape in alike}) == 1)
    must("cm" not in map(operator, alike[0].before))
    must(all(near(shape.points, alike[0].points) for shape in alike))
    return replace(alike[0], points=np.mean([shape.points for shape in alike], axis=0))


def around(found: Sequence[Shape], axes: Axes, plot: Plot) -> tuple[list[Shape], NDArray[np.bool_]]:
    """(the shapes of one mark, around their row's place; whether each row has its mark)."""
    drawn = axes.inside(plot.along)
    rows = plot.specimen[drawn[plot.specimen]]
    must(len(rows) > 1 and len(found) % len(rows) == 0)
    if plot.shades is not None:
        found = [replace(shape, before=[]) for shape in found]
    count = len(found) // len(rows)
    each = [replace(found[0], before=[]), *found[1:]]
    centres = axes.places(plot.along[:, rows]).repeat(count, axis=0)
    each = [centred(shape, centre) for shape, centre in zip(each, centres, strict=True)]
    return [typical(each[k::count]) for k in range(count)], drawn


def margins(found: Sequence[Shape], axes: Axes, plot: Plot) -> Array:
    """How far a mark reaches from its row's place, (least, greatest) x and y, in bp."""
    points = np.vstack([shape.points for shape in around(found, axes, plot)[0]])
    return np.array([points.min(axis=0), points.max(axis=0)])


def scoped(before: Sequence[Instruction]) -> tuple[list[Instruction], str]:
    """(what stands before the innermost scope, the colours that are chosen in it) of what stands before a mark."""
    opens = [k for k, each in enumerate(before) if operator(each) == "q"]
    must(opens and all(operator(each) in COLOURS for each in before[opens[-1] + 1 :]))
    return [*before[: opens[-1]]], written(before[opens[-1] + 1 :])


def charted(
    mark: Shape, drawn: NDArray[np.bool_], found: Sequence[Shape], rest: Sequence[Instruction], axes: Axes, plot: Plot
) -> str:
    """The same of marks of which each has a colour, in a scope of its own: of rows of one shade the specimen's has
    it."""
    must(rest and operator(rest[0]) == "Q")
    shades, colours = np.asarray(plot.shades), dict[int, str]()
    (outer, _), *others = [scoped(shape.before) for shape in found]
    must(all([*map(operator, between)] == ["Q"] for between, _ in others))
    for shape, shade in zip(found, shades[plot.specimen[drawn[plot.specimen]]].tolist(), strict=True):
        colour = scoped(shape.before)[1]
        must(colours.setdefault(shade, colour) == colour)
    must(set(shades[drawn].tolist()) <= set(colours))
    places, stamps = (
        axes.places(plot.along[:, drawn]).round(2),
        [f"{colours[k]}\n{mark.drawn()}" for k in shades[drawn]],
    )
    text = [written(outer)]
    for row, after in spread(len(places)):
        text += [stamped(stamps[row : row + 1], places[row : row + 1]), hidden(stamped(stamps[after], places[after]))]
    return "\n".join([*text, written(rest[1:])])


def marks(found: Sequence[Shape], rest: Sequence[Instruction], axes: Axes, plot: Plot, page: Page) -> str:
    (mark, drawn), state = around(found, axes, plot), found[0].state
    if plot.shades is not None:
        must(len(mark) == 1)
        return charted(mark[0], drawn, found, rest, axes, plot)
    stamp = "\n".join("\n".join(filter(None, [shape.state, shape.drawn()])) for shape in mark)
    places = axes.places(plot.along[:, drawn]).round(2)
    text = [state]
    if page.opaque and len(mark) == 1 and (radius := dot(mark[0])) and (mask := dotted(places, radius, page)):
        text.append(hidden(mask))
        places = places[:: -(-len(places) // SHOWN)]
    for row, others in spread(len(places)):
        text += [stamped(stamp, places[row : row + 1]), hidden(stamped(stamp, places[others]))]
    return "\n".join([*text, written(rest)])
