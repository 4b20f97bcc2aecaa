"""The patches of a surface."""

from collections.abc import Sequence
from itertools import product

import numpy as np

from pipeline.plots.columns import Array
from pipeline.plots.geometry import NEAR, Axes, Page
from pipeline.plots.plot import Plot
from pipeline.plots.specimen import Instruction, Shape, Unforeseen, must, numbers, operator, written

Order = tuple[bool, bool, bool]  # from which ends, and whether along y first


def corners(data: Array, axes: Axes, shape: tuple[int, ...]) -> Array:
    """(patches along y, along x, 4, 2): the corners of a grid's patches, in bp."""
    at = axes.places(data.reshape(3, -1)).reshape(*shape, 2)
    return np.stack([at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]], axis=2)


def means(z: Array) -> Array:
    """The mean height of each patch of a grid."""
    return (z[:-1, :-1] + z[:-1, 1:] + z[1:, 1:] + z[1:, :-1]) / 4


def ordered(grid: Array, order: Order) -> Array:
    """What belongs to a grid's patches, one after another."""
    down, left, first = order
    turned = grid[:: -1 if down else 1, :: -1 if left else 1]
    return (turned.swapaxes(0, 1) if first else turned).reshape(-1, *grid.shape[2:])


def order_of(found: Sequence[Shape], expected: Array) -> Order:
    """In which order patches are drawn that are expected at these places."""
    given = np.array([shape.points for shape in found])
    for down, left, first in product((False, True), repeat=3):
        places = ordered(expected, (down, left, first))
        must(given.shape == places.shape)
        apart = np.abs(given[:, :, None] - places[:, None]).max(axis=3)  # (patches, 4, 4)
        if (apart.min(axis=2) <= NEAR).all() and (apart.min(axis=1) <= NEAR).all():
            return down, left, first
    raise Unforeseen


def colours(befores: Sequence[Sequence[Instruction]]) -> tuple[str, Array]:
    """What sets the colours of patches, as a pattern, and the numbers that each fills in."""
    each = [[(numbers(instruction.operands), operator(instruction)) for instruction in before] for before in befores]
    patterns = {
        " ".join(" ".join(["%.5f"] * len(values) + [name]) for values, name in instructions) for instructions in each
    }
    must(len(patterns) == 1)
    levels = [[value for values, _ in instructions for value in values] for instructions in each]
    return patterns.pop(), np.array(levels)


def surface(found: Sequence[Shape], rest: Sequence[Instruction], axes: Axes, plot: Plot, _page: Page) -> str:
    """Patches in the order in which PGFPlots draws the specimen's, coloured by their mean height as those are."""
    if plot.grid is None:
        raise Unforeseen
    must({(shape.path, shape.paint) for shape in found} == {(found[0].path, found[0].paint)})
    must(found[0].path in ("mlll", "mlllh") and len(found) > 1)
    order = order_of(found, corners(plot.sampled, axes, plot.sampled.shape[1:]))
    first, *others = (shape.before for shape in found)
    settings = len(first) - len(others[0])  # what stands before the first patch's colours
    must(settings >= 0)
    pattern, levels = colours([first[settings:], *others])
    sampled = ordered(means(plot.sampled[2]), order)
    rising = sampled.argsort()
    heights = ordered(means(plot.along[2].reshape(plot.grid)), order)
    levels = np.array([np.interp(heights, sampled[rising], level[rising]) for level in levels.T]).T
    places = ordered(corners(plot.along, axes, plot.grid), order).reshape(-1, 8).round(2)
    patch = f"{pattern}\n" + "%g %g m %g %g l %g %g l %g %g l" + f" h {found[0].paint}\n"
    patches = patch * len(places) % tuple(np.hstack([levels, places]).ravel().tolist())
    return "\n".join(filter(None, [written(first[:settings]), patches + written(rest)]))
