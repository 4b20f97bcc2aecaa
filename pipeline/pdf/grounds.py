"""What is painted and cannot be seen: whether it parts what comes after it from what is behind, or is lost.

What differs from what is behind it by less than LEVELS of 255, or by a contrast of less than ALIKE, is unseen, whatever
colour it has: black on a dark page as much as paper on paper. A tint of 5 % is seen; only lines, marks and type, which
are thin, have to stand out by more than that (pipeline/checks/visible.py).

What is unseen, or in the paper's colour, is no fault where it is a halo, or the ground of a label: something that can
be seen is painted upon it later, and stands on it with at least half of its length; upon a line only what is at least
half as long, or a tick on a black axis would excuse the axis. Nor is it where it is one patch of many: it adjoins areas
of its own size that can be seen, such as the cell of a heat map whose colour is the paper's. All else that is unseen is
told, with a contrast of about 1.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from PIL import Image, ImageChops

from pipeline.pdf.geometry import Box
from pipeline.pdf.painted import Paint
from pipeline.pdf.spaces import RGB

LEVELS = 6
ALIKE = 1.1
TOUCH = 0.2  # bp: there is no gap between what is as near as this


def unseen(colour: RGB, behind: RGB) -> bool:
    return max(abs(a - b) for a, b in zip(colour, behind, strict=True)) < LEVELS


def unchanged(before: Image.Image, after: Image.Image) -> bool:
    """Whether two pictures are one to the eye."""
    differences: Any = ImageChops.difference(before, after).getextrema()
    return all(most < LEVELS for _, most in differences)


def long(box: Box) -> float:
    return max(box[2] - box[0], box[3] - box[1])


class Grounds:
    """The unseen objects of a page, and what comes to stand upon them."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        self.items: list[Paint] = []
        self.upon: set[int] = set()
        self.image: Image.Image | None = (
            None  # at each pixel the number, from 1, of what was painted there and is unseen
        )

    @property
    def unseen(self) -> bool:
        """Whether there is any."""
        return self.image is not None

    def layer(self) -> Image.Image:
        if self.image is None:
            self.image = Image.new("I", self.size)
        return self.image

    def add(self, item: Paint) -> int:
        """The number of an object that cannot be seen."""
        self.items.append(item)
        return len(self.items)

    def rest(self, item: Paint, pixels: Iterable[tuple[float, float]]) -> None:
        """Takes note of what is painted upon an object, at the pixels where it was looked at."""
        if self.image is None:
            return
        (width, height), found = self.size, self.image.load()
        shown = [(int(x), int(y)) for x, y in pixels if 0 <= x < width and 0 <= y < height]
        if found is None or not shown:
            return
        number, count = Counter(int(found[x, y]) for x, y in shown).most_common(1)[0]  # type: ignore[arg-type]
        if number and 2 * count >= len(shown):
            ground = self.items[number - 1]
            if ground.kind != "line" or 2 * long(item.box) >= long(ground.box):
                self.upon.add(number)

    def excuse(self, paints: Sequence[Paint]) -> None:
        """Leaves a contrast only to what is lost."""
        patches: list[Paint] | None = None
        for number, item in enumerate(self.items, 1):
            if number in self.upon:
                item.contrast = None
            elif item.kind == "area" and item.edge is None and item.contrast is not None:
                if patches is None:
                    lost = {id(one) for k, one in enumerate(self.items, 1) if k not in self.upon}
                    patches = [one for one in paints if one.kind == "area" and id(one) not in lost]
                if patched(item.box, [other.box for other in patches]):
                    item.contrast = None


def patched(box: Box, others: Sequence[Box]) -> bool:
    """Whether a box is one patch of many: two others of about its size adjoin it, across and along; or one of its very
    size. Bars side by side are of one width, and seldom of one height."""
    about = [side for other in others if (side := adjoins(box, other, 0.25)) is not None]
    return len(set(about)) == 2 or any(adjoins(box, other, 0.02) is not None for other in others)


def adjoins(box: Box, other: Box, share: float) -> int | None:
    """0 where two boxes of one size, but for a share of it, lie side by side, 1 where one is above the other."""
    sizes = [(b[2] - b[0], b[3] - b[1]) for b in (box, other)]
    if any(abs(a - b) > share * max(a, b) for a, b in zip(*sizes, strict=True)):
        return None
    apart = [max(box[k] - other[k + 2], other[k] - box[k + 2]) for k in (0, 1)]
    near = max(apart)
    return apart.index(near) if min(apart) < 0 and abs(near) <= TOUCH else None
