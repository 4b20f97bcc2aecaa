"""A specimen as TeX left it in the page, between /Layer <<where data lie>> BDC and EMC: painted paths, and the axes
that they stand in."""

import re
from dataclasses import dataclass

import numpy as np

BP = 72 / 72.27  # big points in TeX's points
NEAR = 0.02  # bp: how far from its place a specimen may be
ENTRY = re.compile(rb"/(\w+) ?(?:\[([^]]*)\]|([-.\d]+))")
OPERATOR = re.compile(r"[A-Za-z]+\*?")
PAINTS, PATHS = {"f", "f*", "S", "B", "B*", "s", "b", "b*"}, {"m", "l", "c", "h"}


class Unforeseen(Exception):
    """A specimen is not what its rows foretell."""


def must(true):
    if not true:
        raise Unforeseen


@dataclass
class Shape:
    """A painted path, and the operators before it, as text."""

    before: str
    path: str  # operators: mlll
    points: np.ndarray  # (points, 2), in bp
    paint: str


def shapes(body):
    """([Shape], what follows the last) of a specimen's content."""
    found, before, operands, path, points = [], [], [], [], []
    for word in body.decode("latin-1").split():
        if not OPERATOR.fullmatch(word):
            operands.append(word)
            continue
        must(word not in ("BT", "Do", "sh", "W", "W*", "v", "y"))
        if word == "re":
            x, y, width, height = map(float, operands)
            path.append("mlllh")
            points += x, y, x + width, y, x + width, y + height, x, y + height
        elif word in PATHS:
            path.append(word)
            points += map(float, operands)
        elif word in PAINTS:
            if points:  # a path of nothing paints nothing
                found.append(Shape(" ".join(before), "".join(path), np.array(points).reshape(-1, 2), word))
                before = []
            path, points = [], []
        else:
            before += [*operands, word]
        operands = []
    must(not points)
    return found, " ".join(before)


class Axes:
    """Where PGFPlots puts data: `geometry` is what it stated in the page, `reach` the least and greatest numbers along
    each axis."""

    def __init__(self, geometry, reach):
        entries = {m[1].decode(): np.array((m[2] or m[3]).split(), float) for m in ENTRY.finditer(geometry)}
        names = "xyz"[: len(reach)]
        must("Filter" not in entries and (len(reach) == 3) == ("z" in entries))
        self.clip, self.reach = entries["Clip"][0], reach
        self.axes = [
            entries[name] for name in names
        ]  # least, greatest, limits, whether linear, whether the limits are given
        self.origin = entries["O"] * BP
        self.edges = np.array([entries[name.upper()] * BP - self.origin for name in names])  # (axes, 2)

    def shares(self, data):
        """0…1 from the least number to the greatest; data and result have shape (axes, rows)."""
        found = []
        for numbers, (least, most), (*_, linear, _, _) in zip(data, self.reach, self.axes, strict=True):
            if not linear:
                with np.errstate(all="ignore"):  # what has no logarithm is not foreseen
                    numbers, least, most = np.log(numbers), np.log(least), np.log(most)
            found.append((numbers - least) / (most - least) if most > least else np.zeros(len(numbers)))
        return np.array(found)

    def places(self, data):
        """(rows, 2), in bp."""
        return self.origin + self.shares(data).T @ self.edges

    def inside(self, data):
        """Whether each row has its mark: where the axis clips, within its limits."""
        return (
            np.logical_and.reduce([*self.above(data), *self.below(data)]) if self.clip else np.ones(data.shape[1], bool)
        )

    def above(self, data):
        """Whether each row is above the least that an axis shows, of shape (axes, rows)."""
        return np.array([self.at(k, data) >= axis[2] - 1e-3 for k, axis in enumerate(self.axes)])

    def below(self, data):
        return np.array([self.at(k, data) <= axis[3] + 1e-3 for k, axis in enumerate(self.axes)])

    def at(self, k, data):
        """Where data lie along an axis, in its own units."""
        start, end, *_ = self.axes[k]
        return start + self.shares(data)[k] * (end - start)

    def settled(self, data, limits, rows=None):
        """Whether these rows alone give an axis the limits that all do: PGFPlots leaves out what is beyond the limits
        given for others.

        limits : [(axis, least, greatest)] as the picture gives them, which must not have been enlarged; without `rows`,
            whether nothing is left out.
        """
        fixed = np.array([axis[-2:] for axis in self.axes], bool)  # (axes, 2)
        if fixed.all() or not fixed.any():
            return True  # no axis looks for its limits, or in all rows
        for (k, *values), given in zip(limits, fixed, strict=False):
            for value, at in zip(np.array(values)[given], self.axes[k][2:4][given], strict=True):
                point = np.array([[value if j == k else least] for j, (least, _) in enumerate(self.reach)])
                if self.reach[k][0] < self.reach[k][1] and not abs(self.at(k, point)[0] - at) < 0.01:
                    return False
        within = (self.above(data) | ~fixed[:, :1]) & (self.below(data) | ~fixed[:, 1:])  # (axes, rows)
        for k in np.flatnonzero(~fixed.all(axis=1)):
            counts = np.delete(within, k, axis=0).all(axis=0)
            few, all_ = data[k, counts if rows is None else rows[counts[rows]]], data[k, counts]
            if rows is None and not counts.all():
                return False
            if len(all_) and not (len(few) and np.ptp(few) == np.ptp(all_)):
                return False
        return True


@dataclass
class Page:
    """What a page has besides its content: whether all paint is opaque, and masks, [(bits, packed, of shape (rows,
    bytes), width)]."""

    opaque: bool
    masks: list


def near(a, b):
    return a.shape == b.shape and (np.abs(a - b) <= NEAR).all()
