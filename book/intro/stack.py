"""A trained net in half-steps.

Five panels. First a plane with a disc of points and a ring around it. Second, in space, the same points on a flat sheet
that stands at a slant. Third the sheet has been bent into a cube whose walls are at −1 and 1: the disc sits in one
corner, and the ring is spread over the three edges and walls that are farthest from it. Fourth all points are on a
line, disc on the left and ring on the right, as two heaps that do not meet. Fifth the heaps are pressed against −1 and
1.
"""

import torch

from book.intro.models.sandwich import KINDS, STEPS, sample
from pipeline.table import Histogram, Points, Values, nearness, towards

VIEW = (310, 30)  # from where both boxes are seen
HALF = 2.1  # of the plane's window
ROOM = 1.05  # of the box of the sheet, by what its points need
LABELS = {
    "x": r"$\cx_1$", "y": r"$\cx_2$", "input": r"$\vx$", "linear": r"$\mW_1\vx + \vb_1$",
    "bent": r"$\vh = \tanh(\cdot)$", "number": r"$s = \vw_2\tr\vh + b_2$",
    "answer": r"$\tanh(s)$",
}  # fmt: skip


def in_space(x, y, limits):
    """Points x (n, 3) in a box, the farthest first; `value` is 1 for the disc and 0 for the ring."""
    near = torch.as_tensor(nearness(x, towards(VIEW, limits, (1, 1, 1))))
    order = near.argsort()
    a, b, c = x[order].T
    return Points(a, b, LABELS, z=c, value=1.0 - y[order], near=near[order])


def tables(sandwich):
    x, y = sample()
    steps = [x]
    for layer in sandwich.net:
        steps.append(layer(steps[-1]))
    _, linear, bent, s, answer = steps
    least, most = linear.amin(dim=0), linear.amax(dim=0)
    half = ROOM * (most - least).max() / 2
    box = torch.stack([(least + most) / 2 - half, (least + most) / 2 + half], dim=1)  # (axis, end)
    low, high = s.min().floor(), s.max().ceil()
    results = {name: Points(*x[y == k].T, LABELS) for k, name in enumerate(KINDS)}
    for step, values, ends in (("number", s, (low, high)), ("answer", answer, (-1, 1))):
        bins = torch.linspace(*map(float, ends), 25)
        results[step] = Histogram(bins=bins, **{name: values[y == k, 0] for k, name in enumerate(KINDS)})
    return results | {
        "linear": in_space(linear, y, box.tolist()),
        "bent": in_space(bent, y, [(-1, 1)] * 3),
        "values": Values(
            view=VIEW, half=HALF, box=box, low=low, high=high, epochs=STEPS, kinds=[*KINDS],
            accuracy=((s[:, 0] > 0) == (y == 1)).double().mean(), gap=s[y == 1].min() - s[y == 0].max(),
        ),
    }  # fmt: skip


def preview(axes, tables):
    values = tables["values"]
    plane, linear, bent, number, answer = axes.mosaic("001122;001122;333444", (6.8, 4.6))
    half, roles = values["half"], ("class0", "class3")
    axes.plane(plane, xlim=(-half, half), ylim=(-half, half), xticks=[-2, 0, 2], yticks=[-2, 0, 2])
    axes.draw(plane, *(tables[kind] for kind in values["kinds"]), roles=roles)
    axes.label(plane, title=LABELS["input"])
    for ax, name, box, ticks in (
        (linear, "linear", values["box"], [-5, 0, 5]),
        (bent, "bent", [(-1, 1)] * 3, [-1, 0, 1]),
    ):
        ax = axes.space(ax, values["view"], **{f"{axis}lim": ends for axis, ends in zip("xyz", box, strict=True)})
        for axis, ends in zip("xyz", box, strict=True):
            crowded = name == "bent" and axis != "z"  # two axes meet at −1
            ax.set(**{f"{axis}ticks": [tick for tick in ticks[crowded:] if ends[0] <= tick <= ends[1]]})
        axes.dots(ax, tables[name], "given")
        axes.label(ax, title=LABELS[name])
    for ax, name, ends in ((number, "number", (values["low"], values["high"])), (answer, "answer", (-1, 1))):
        axes.draw(ax, tables[name], roles=roles)
        ax.set(xlim=ends, yticks=[], xticks=[-1, 0, 1] if name == "answer" else [-2, 0, 2])
        ax.grid(visible=False)
        axes.label(ax, x=LABELS[name])
    axes.note(number, "disc", (0.2, 0.8), "class0", xycoords="axes fraction")
    axes.note(number, "ring", (0.82, 0.8), "class3", xycoords="axes fraction")
