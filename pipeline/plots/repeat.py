"""What was drawn for the few rows of a specimen, for all rows of its table.

Each way takes what is there and returns it with all rows, or raises Unforeseen: a specimen must be just what its rows
foretell, at the places that they foretell.
"""

import re
from itertools import pairwise, product

import numpy as np

from pipeline.plots.specimen import NEAR, OPERATOR, Unforeseen, must, near

TINY = 0.01  # bp: PGF has a shorter arrow point upwards
DPI, DOT = 1200, 8  # of masks; bytes that a dot takes in a page, compressed
SHOWN = 100  # marks or arrows of a layer that preflight looks at, evenly spread
TIP = re.compile(r"(.*) ([-.\d]+) ([-.\d]+) ([-.\d]+) ([-.\d]+) ([-.\d]+) ([-.\d]+) cm (.*)", re.DOTALL)


def number(value):
    return f"{value:.3f}".rstrip("0").rstrip(".")


def drawn(path, points):
    """A path's operators with their operands."""
    at, text = 0, []
    for operator in path:
        count = {"m": 1, "l": 1, "c": 3, "h": 0}[operator]
        text.append(" ".join([*map(number, points[at : at + count].ravel()), operator]))
        at += count
    return "\n".join(text)


# ---- A path through the rows ----
def through(points, starts):
    """A path of lines, rounded to 0.01 bp; rows that fall together are one."""
    points = points.round(2)
    keep = starts | np.append(True, (points[1:] != points[:-1]).any(axis=1))
    keep[1:] |= starts[:-1]  # a piece of one place is a dot
    words = np.where(starts, "m", "l")[keep]
    return ("%g %g %s\n" * len(words)) % tuple(
        word for row in zip(*points[keep].T.tolist(), words, strict=True) for word in row
    )


def lines(found, rest, axes, plot, _page):
    """One path of all pieces, maybe painted more than once, or paths of some pieces each, as contours are."""
    rows, piece, places = plot.specimen, plot.piece, axes.places(plot.along)
    starts, first = (np.append(True, np.diff(pieces) > 0) for pieces in (piece, piece[rows]))
    expected, text, done = "".join(np.where(first, "m", "l")), [], 0
    whole = all(shape.path == expected for shape in found)
    must(whole or ("".join(shape.path for shape in found) == expected and first.sum() == starts.sum()))
    for shape in found:
        count = shape.path.count("m") if not whole else piece[-1] + 1
        must(
            shape.path[0] == "m"
            and near(shape.points, places[rows][(piece[rows] >= done) & (piece[rows] < done + count)])
        )
        of_shape = (piece >= done) & (piece < done + count)
        text += [shape.before, through(places[of_shape], starts[of_shape]) + shape.paint]
        done += 0 if whole else count
    return "\n".join([*text, rest])


# ---- Marks ----
def spread(count):
    """Chunks of rows, each with the first of them to look at: [(row, rows after it)]."""
    edges = np.unique(np.linspace(0, count, min(count, SHOWN) + 1).round().astype(int))
    return [(a, slice(a + 1, b)) for a, b in pairwise(edges)]


def hidden(text):
    """What preflight need not look at: it is like its neighbours."""
    return f"/Layer BMC\n{text}EMC" if text else ""


def stamped(stamp, places):
    """The operators of a mark at each place, one moved from another."""
    moves = np.diff(places, axis=0, prepend=0).round(2)
    return (
        "q\n" + (f"1 0 0 1 %g %g cm\n{stamp}\n" * len(moves)) % tuple(moves.ravel().tolist()) + "Q\n"
        if len(moves)
        else ""
    )


def dot(shape):
    """The radius of a filled circle, or None."""
    radius = np.abs(shape.points).max()
    ends = shape.points[[0, 3, 6, 9, 12]] if (shape.path, shape.paint) == ("mcccch", "f") else np.zeros((1, 2))
    return radius if np.allclose(np.abs(ends).sum(axis=1), radius, atol=NEAR) else None


def dotted(places, radius, page):
    """A mask of filled circles, of the resolution of printing, where it is smaller than they are."""
    corner = places.min(axis=0) - radius
    pixel = 72 / DPI
    width, height = (np.ceil((places.max(axis=0) + radius - corner) / pixel) + 1).astype(int)
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


def marks(found, rest, axes, plot, page):
    drawn_ = axes.inside(plot.along)
    rows = plot.specimen[drawn_[plot.specimen]]
    must(len(rows) > 1 and len(found) % len(rows) == 0)
    count = len(found) // len(rows)
    marks_ = [found[k : k + count] for k in range(0, len(found), count)]
    for mark, centre in zip(marks_, axes.places(plot.along[:, rows]), strict=True):
        for shape in mark:
            shape.points -= centre
            if shape.path.endswith("hm"):  # PGF's circles end in their middle
                shape.path, shape.points = shape.path[:-1], shape.points[:-1]
    state, marks_[0][0].before = marks_[0][0].before, ""
    for alike in zip(*marks_, strict=True):  # a mark's shapes
        must(len({(shape.before, shape.path, shape.paint) for shape in alike}) == 1 and " cm" not in alike[0].before)
        must(all(near(shape.points, alike[0].points) for shape in alike))
        alike[0].points = np.mean([shape.points for shape in alike], axis=0)
    stamp = "\n".join("\n".join(filter(None, [s.before, drawn(s.path, s.points), s.paint])) for s in marks_[0])
    places = axes.places(plot.along[:, drawn_]).round(2)
    text = [state]
    if page.opaque and count == 1 and (radius := dot(marks_[0][0])) and (mask := dotted(places, radius, page)):
        text.append(hidden(mask))
        places = places[:: -(-len(places) // SHOWN)]
    for row, others in spread(len(places)):
        text += [stamped(stamp, places[row : row + 1]), hidden(stamped(stamp, places[others]))]
    return "\n".join([*text, rest])


# ---- Arrows ----
def arrows(found, rest, axes, plot, _page):
    """Each a line and a tip, which is turned and placed by a matrix."""
    must(plot.tips is not None and len(found) == 2 * len(plot.specimen))
    start, end = axes.places(plot.along), axes.places(plot.tips)
    length = np.hypot(*(end - start).T)[:, None]
    way = np.where(length > TINY, (end - start) / np.maximum(length, TINY), (0, 1))
    state, found[0].before = found[0].before, ""
    shafts, tips = found[::2], found[1::2]
    frames, closing = [TIP.fullmatch(tip.before) for tip in tips], {shaft.before for shaft in shafts[1:]}
    must(
        all(frames)
        and len(closing) <= 1
        and len({(f[1], f[8], t.path, t.paint) for f, t in zip(frames, tips, strict=True)}) == 1
    )
    (closed,) = closing or {"Q Q"}
    must(closed == "Q Q" and rest.startswith("Q Q"))
    matrix = np.array([[float(frame[k]) for k in range(2, 8)] for frame in frames])
    some, plain = plot.specimen, length[plot.specimen, 0] > 10 * TINY  # TeX rounds the others' direction
    must(plain.any())
    short, back = (
        ((end[some] - at) * way[some]).sum(axis=1)[plain].mean()
        for at in (np.array([s.points[-1] for s in shafts]), matrix[:, 4:])
    )
    turned = np.column_stack([way, -way[:, 1], way[:, 0]])
    stops, at = end - short * way * np.where(length > TINY, 1, -1), end - back * way
    for k, row in zip(np.flatnonzero(plain), some[plain], strict=True):
        must(shafts[k].path == "ml" and near(shafts[k].points, np.array([start[row], stops[row]])))
        must(near(matrix[k], np.append(turned[row], at[row])) and near(tips[k].points, tips[0].points))
    stamp = f"cm\n{frames[0][8]} {drawn(tips[0].path, tips[0].points)} {tips[0].paint}\n{closed}\n"
    shape = f"%g %g m %g %g l {shafts[0].paint}\n{frames[0][1]} " + "%.5f " * 4 + "%g %g " + stamp
    numbers = np.column_stack([start.round(2), stops.round(2), turned.round(5), at.round(2)])

    def many(rows):
        return shape * len(rows) % tuple(rows.ravel().tolist())

    text = [state]
    for row, others in spread(len(numbers)):
        text += [many(numbers[row : row + 1]), hidden(many(numbers[others]))]
    return "\n".join([*text, rest.removeprefix("Q Q")])


# ---- Surfaces ----
def corners(data, axes, shape):
    """(patches along y, along x, 4, 2): the corners of a grid's patches, in bp."""
    at = axes.places(data.reshape(3, -1)).reshape(*shape, 2)
    return np.stack([at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]], axis=2)


def means(z):
    """The mean height of each patch of a grid."""
    return (z[:-1, :-1] + z[:-1, 1:] + z[1:, 1:] + z[1:, :-1]) / 4


def ordered(grid, down, left, first):
    """What belongs to a grid's patches, one after another: from which ends, and whether along y first."""
    turned = grid[:: -1 if down else 1, :: -1 if left else 1]
    return (turned.swapaxes(0, 1) if first else turned).reshape(-1, *grid.shape[2:])


def surface(found, rest, axes, plot, _page):
    """Patches in the order in which PGFPlots draws the specimen's, coloured by their mean height as those are."""
    must(plot.grid and {(shape.path, shape.paint) for shape in found} == {(found[0].path, found[0].paint)})
    must(found[0].path in ("mlll", "mlllh"))
    expected, heights = corners(plot.sampled, axes, plot.sampled.shape[1:]), means(plot.sampled[2])
    given = np.array([shape.points for shape in found])
    must(len(given) == heights.size)
    for order in product((False, True), repeat=3):
        apart = np.abs(given[:, :, None] - ordered(expected, *order)[:, None]).max(axis=3)  # (patches, 4, 4)
        if (apart.min(axis=2) <= NEAR).all() and (apart.min(axis=1) <= NEAR).all():
            break
    else:
        raise Unforeseen
    words = [shape.before.split() for shape in found]
    state, words[0] = words[0][: -len(words[1])], words[0][-len(words[1]) :]
    levels = [k for k, word in enumerate(words[1]) if not OPERATOR.fullmatch(word)]
    pattern = " ".join("%.5f" if k in levels else word for k, word in enumerate(words[1]))
    must(all(pattern == " ".join("%.5f" if k in levels else word for k, word in enumerate(each)) for each in words))
    sampled = ordered(heights, *order)
    rising = sampled.argsort()
    height = ordered(means(plot.along[2].reshape(plot.grid)), *order)
    colours = np.array(
        [np.interp(height, sampled[rising], np.array([float(each[k]) for each in words])[rising]) for k in levels]
    ).T
    places = ordered(corners(plot.along, axes, plot.grid), *order).reshape(-1, 8).round(2)
    patch = f"{pattern}\n" + "%g %g m %g %g l %g %g l %g %g l" + f" h {found[0].paint}\n"
    return " ".join(state) + "\n" + patch * len(places) % tuple(np.hstack([colours, places]).ravel().tolist()) + rest
