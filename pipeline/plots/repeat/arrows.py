"""An arrow at each row: a line, and a tip that is turned and placed by a matrix."""

from collections.abc import Sequence

import numpy as np

from pipeline.plots.columns import Array
from pipeline.plots.geometry import Axes, Page, near
from pipeline.plots.plot import Plot
from pipeline.plots.repeat.shown import hidden, spread
from pipeline.plots.specimen import Instruction, Shape, Unforeseen, must, numbers, operator, written

TINY = 0.01  # bp: PGF has a shorter arrow point upwards
CLOSED = ["Q", "Q"]  # what ends an arrow


def framed(tip: Shape) -> tuple[str, list[float], str]:
    """What stands before a tip's matrix, its numbers, and what follows it."""
    at = next((k for k in reversed(range(len(tip.before))) if operator(tip.before[k]) == "cm"), None)
    if at is None:
        raise Unforeseen
    matrix = numbers(tip.before[at].operands)
    must(len(matrix) == 6)
    return written(tip.before[:at]), matrix, written(tip.before[at + 1 :])


def closes(instructions: Sequence[Instruction]) -> bool:
    return [*map(operator, instructions)] == CLOSED


def arrows(found: Sequence[Shape], rest: Sequence[Instruction], axes: Axes, plot: Plot, _page: Page) -> str:
    if plot.tips is None:
        raise Unforeseen
    some = plot.specimen
    must(len(found) == 2 * len(some))
    start, end = axes.places(plot.along), axes.places(plot.tips)
    length = np.hypot(*(end - start).T)[:, None]
    way = np.where(length > TINY, (end - start) / np.maximum(length, TINY), (0, 1))
    shafts, tips = found[::2], found[1::2]
    must(all(closes(shaft.before) for shaft in shafts[1:]) and closes(rest[: len(CLOSED)]))
    befores, matrices, afters = zip(*map(framed, tips), strict=True)
    must(len({*befores}) == len({*afters}) == len({(tip.path, tip.paint) for tip in tips}) == 1)
    matrix = np.array(matrices)
    plain = length[some, 0] > 10 * TINY  # TeX rounds the others' direction
    must(plain.any())
    short, back = (
        ((end[some] - at) * way[some]).sum(axis=1)[plain].mean()
        for at in (np.array([shaft.points[-1] for shaft in shafts]), matrix[:, 4:])
    )
    turned = np.column_stack([way, -way[:, 1], way[:, 0]])
    stops, at = end - short * way * np.where(length > TINY, 1, -1), end - back * way
    for k, row in zip(np.flatnonzero(plain).tolist(), some[plain], strict=True):
        must(shafts[k].path == "ml" and near(shafts[k].points, np.array([start[row], stops[row]])))
        must(near(matrix[k], np.append(turned[row], at[row])) and near(tips[k].points, tips[0].points))
    stamp = "\n".join(["cm", afters[0], tips[0].drawn(), *CLOSED, ""])
    arrow = f"%g %g m %g %g l {shafts[0].paint}\n{befores[0]}\n" + "%.5f " * 4 + "%g %g " + stamp
    values = np.column_stack([start.round(2), stops.round(2), turned.round(5), at.round(2)])

    def many(rows: Array) -> str:
        return arrow * len(rows) % tuple(rows.ravel().tolist())

    text = [shafts[0].state]
    for row, others in spread(len(values)):
        text += [many(values[row : row + 1]), hidden(many(values[others]))]
    return "\n".join([*text, written(rest[len(CLOSED) :])])
