"""Where PGFPlots puts data in a page: the axes that specimens stand in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.plots.columns import Array
from pipeline.plots.specimen import must

BP = 72 / 72.27  # big points in TeX's points
NEAR = 0.02  # bp: how far from its place a specimen may be
OWN = ("Plot", "Clip", "Filter", "Axis", "Geometry")  # what each plot states; the rest is its axis's

Reach = list[tuple[float, float]]  # the least and greatest numbers along each axis
Limits = Iterable[tuple[int, float, float]]  # (axis, least, greatest)


class Axes:
    """Where PGFPlots puts data: `geometry` is what it stated in the page, `reach` the least and greatest numbers along
    each axis."""

    def __init__(self, geometry: Mapping[str, Array], reach: Reach) -> None:
        names = "xyz"[: len(reach)]
        points = dict.fromkeys(["O", "Low", "High", *names.upper()], 2)
        lengths = {"Clip": 1, "Box": 4} | dict.fromkeys(names, 7) | points
        must(all(name in geometry and len(geometry[name]) == length for name, length in lengths.items()))
        must("Filter" not in geometry and (len(reach) == 3) == ("z" in geometry))
        self.clip, self.reach = geometry["Clip"][0], reach
        # least, greatest, limits, whether linear, whether the limits are given
        self.axes = [geometry[name] for name in names]
        self.origin = geometry["O"] * BP
        # what it clips at, and its bounding box: (least, greatest) x and y
        self.window, self.box = np.array([geometry["Low"], geometry["High"]]) * BP, geometry["Box"].reshape(2, 2) * BP
        self.edges = np.array([geometry[name] * BP - self.origin for name in names.upper()])  # (axes, 2)

    def shares(self, data: Array) -> Array:
        """0…1 from the least number to the greatest; data and result have shape (axes, rows)."""
        found = []
        for numbers, (least, most), (*_, linear, _, _) in zip(data, self.reach, self.axes, strict=True):
            if not linear:
                with np.errstate(all="ignore"):  # what has no logarithm is not foreseen
                    numbers, least, most = np.log(numbers), np.log(least), np.log(most)
            found.append((numbers - least) / (most - least) if most > least else np.zeros(len(numbers)))
        return np.array(found)

    def places(self, data: Array) -> Array:
        """(rows, 2), in bp."""
        return self.origin + self.shares(data).T @ self.edges

    def inside(self, data: Array) -> NDArray[np.bool_]:
        """Whether each row has its mark: where the axis clips, within its limits."""
        if not self.clip:
            return np.ones(data.shape[1], bool)
        return np.logical_and.reduce([*self.above(data), *self.below(data)])

    def beyond(self, points: Array, margins: Array | None) -> Array:
        """How far points lie beyond the axis's bounding box, in bp, of shape (points, 4): left, below, right, above.

        margins : of what is drawn around each, (2, 2); None where it is clipped
        """
        if margins is None and self.clip:
            points = points.clip(*self.window)
        low, high = np.zeros((2, 2)) if margins is None else margins
        return np.hstack([self.box[0] - (points + low), points + high - self.box[1]])

    def widened(self, extra: Array, points: Array) -> bool:
        """Whether points of the specimen's own may give the axis its bounding box on a side that the rows' do not
        reach; both of shape (points, 2)."""
        far, rows = (self.beyond(each, None).max(axis=0) for each in (extra, points))
        return bool(((far > -NEAR) & (rows < far - NEAR)).any())

    def above(self, data: Array) -> NDArray[np.bool_]:
        """Whether each row is above the least that an axis shows, of shape (axes, rows)."""
        return np.array([self.at(k, data) >= axis[2] - 1e-3 for k, axis in enumerate(self.axes)])

    def below(self, data: Array) -> NDArray[np.bool_]:
        return np.array([self.at(k, data) <= axis[3] + 1e-3 for k, axis in enumerate(self.axes)])

    def at(self, k: int, data: Array) -> Array:
        """Where data lie along an axis, in its own units."""
        start, end, *_ = self.axes[k]
        return start + self.shares(data)[k] * (end - start)

    def settled(self, data: Array, limits: Limits, rows: NDArray[np.intp] | None = None) -> bool:
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
        for k in np.flatnonzero(~fixed.all(axis=1)).tolist():
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
    masks: list[tuple[NDArray[np.uint8], int]]


def near(a: Array, b: Array) -> bool:
    return a.shape == b.shape and bool((np.abs(a - b) <= NEAR).all())
