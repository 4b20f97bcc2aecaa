"""What TeX tells of frames (templates/film.tex), and what it is told so that all of them have one axis.

Coordinates are in bp, from the lower left corner of a frame's page.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

OURS = "film:"  # what begins a line that is for films
BP = 65536 * 72.27 / 72  # TeX's sp in a bp
PT = 72 / 72.27  # bp
NEAR = 1e-5  # of an axis' range: PGFPlots computes no better
STILL = 0.05  # bp: what moves by less is not seen to move
Place = tuple[float, float]
Range = tuple[float, float]


@dataclass
class Axis:
    """An axis of a frame. limits : along x, y, z, and meta, which is the scale of colours."""

    space: bool = False  # of three dimensions: its box follows from its view
    limits: dict[str, Range] = field(default_factory=dict)
    low: Place = 0, 0
    high: Place = 0, 0


@dataclass
class Told:
    """A frame. overhang : how much narrower than its measure it is drawn, in pt; origin : of its first picture."""

    overhang: float = 0
    origin: Place | None = None
    axes: dict[int, Axis] = field(default_factory=dict)


def limits(words: Sequence[str]) -> Range:
    """The least and greatest number along an axis, in its own units, of what is told: '0.5 2 0 10', the third whether
    it is linear, the fourth the basis of its logarithm."""
    least, most = float(words[0]), float(words[1])
    if words[2] == "1":
        return least, most
    base = float(words[3]) if len(words) > 3 else math.e
    return base**least, base**most


def told(log: str) -> Told:
    """What the log of a frame says."""
    found = Told()
    for line in log.splitlines():
        if not line.startswith(OURS):
            continue
        (what, *number), *pairs = (part.split() for part in line.removeprefix(OURS).split(";"))
        said = {pair[0].partition("=")[0]: [pair[0].partition("=")[2], *pair[1:]] for pair in pairs}
        x, y = (int(each) / BP for each in said.get("at", "00"))
        if what == "page":
            found.overhang = float(said["overhang"][0].removesuffix("pt"))
        elif what == "picture":
            found.origin = found.origin or (x, y)
        else:
            axis = found.axes.setdefault(int(number[0]), Axis())
            if what == "limits":
                axis.space = said.pop("space") == ["1"]
                axis.limits = {along: limits(words) for along, words in said.items() if along != "at"}
            else:
                low, high = ([float(each) * PT for each in said[corner]] for corner in ("low", "high"))
                axis.low, axis.high = (x + low[0], y + low[1]), (x + high[0], y + high[1])
    return found


def near(ranges: Sequence[Range]) -> bool:
    """Whether these are all the same."""
    within = NEAR * max(most - least for least, most in ranges)
    return all(max(ends) - min(ends) <= within for ends in zip(*ranges, strict=True))


def along(frames: Sequence[Told]) -> Iterator[tuple[int, str, list[Range]]]:
    """(number of an axis, x, y, z or meta, its ranges in those frames that have it)."""
    for number in sorted({number for frame in frames for number in frame.axes}):
        axes = [frame.axes[number] for frame in frames if number in frame.axes]
        for name in sorted({name for axis in axes for name in axis.limits}):
            yield number, name, [axis.limits[name] for axis in axes if name in axis.limits]


def common(frames: Sequence[Told]) -> str:
    r"""What \film says so that all frames have what they all need: empty where they have it."""
    lines, keys = list[str](), dict[int, list[str]]()
    if len({frame.overhang for frame in frames}) > 1:
        lines.append(rf"\narrowed{{{max(frame.overhang for frame in frames)}pt}}")
    for number, name, ranges in along(frames):
        if not near(ranges):
            least, most = min(low for low, _ in ranges), max(high for _, high in ranges)
            given = f"point meta min={least:.9g},point meta max={most:.9g}"
            if name != "meta":
                given = f"{name}min={least:.9g},{name}max={most:.9g},enlarge {name} limits=false"
            keys.setdefault(number, []).append(given)
    return "".join([*lines, *(rf"\common{{{number}}}{{{','.join(each)}}}" for number, each in keys.items())])


def anchors(frames: Sequence[Told]) -> list[Place]:
    """The point of each frame that stands in the same place in all: the corner of the first axis of two dimensions, or
    where the picture begins."""
    numbers = set.intersection(*({k for k, axis in frame.axes.items() if not axis.space} for frame in frames))
    if numbers:
        return [frame.axes[min(numbers)].low for frame in frames]
    return [frame.origin or (0, 0) for frame in frames]


def moved(frames: Sequence[Told]) -> Iterator[tuple[int, int]]:
    """(index of a frame, number of an axis) of the first frame in which an axis does not stand where it stood."""
    first: dict[int, list[float]] = {}
    for index, (frame, (x, y)) in enumerate(zip(frames, anchors(frames), strict=True)):
        for number, axis in frame.axes.items():
            if not axis.space:
                box = [axis.low[0] - x, axis.low[1] - y, axis.high[0] - x, axis.high[1] - y]
                if any(abs(a - b) > STILL for a, b in zip(first.setdefault(number, box), box, strict=True)):
                    yield index, number
                    return


def apart(frames: Sequence[Told]) -> Iterable[int]:
    """The numbers of axes whose limits are not the same in all frames."""
    return {number for number, _, ranges in along(frames) if not near(ranges)}
