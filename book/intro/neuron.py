"""A neuron and its truth table.

On the left a diagram from the bottom to the top: three observed inputs x₁, x₂, x₃, with weights 2, 4 and −1 on their
arrows, and a one with the bias −2 go into a sum s, and through sign to the answer y. On the right a table with a row
for each of the eight cases: filled discs with a plus and rings with a minus for the inputs, the sum, and the answer. It
is plus where the second input is plus and, besides, the first is plus or the third minus: in three rows.
"""

from itertools import product

import torch

from pipeline.table import Points, Values

W, B = torch.tensor([2.0, 4.0, -1.0]), -2.0
LABELS = {"x1": r"$\cx_1$", "x2": r"$\cx_2$", "x3": r"$\cx_3$", "s": "$s$", "y": r"$\cy$"}
LOGIC = r"$\cy = \cx_2\,(\cx_1 + \pink{\bar{x}_3})$"


def tables():
    x = torch.tensor([*product((-1.0, 1.0), repeat=3)])  # (case, input)
    s = x @ W + B
    y = torch.sign(s)
    columns = {f"x{k + 1}": column for k, column in enumerate(x.T)}
    return {
        "truth": Points(0 * s, -torch.arange(len(x)), LABELS, **columns, s=s, answer=y),
        "values": Values(
            w=W, b=B, cases=len(x), yes=(y > 0).sum(), least=s.abs().min(), logic=LOGIC,
            columns=["x1", "x2", "x3", "s", "answer"],
        ),
    }  # fmt: skip


def switch(axes, ax, at, on, role):
    """A disc with a plus, or a ring with a minus."""
    fill = axes.colour(role if on else "paper")
    ax.plot(*at, "o", color=fill, markeredgecolor=axes.colour(role), markersize=13, markeredgewidth=1.2)
    sign = ax.annotate("", at, ha="center", va="center_baseline", size=10)
    axes.write(sign, "$+$" if on else "$-$", axes.colour("paper" if on else role))


def preview(axes, tables):
    truth, values = tables["truth"], tables["values"]
    left, right = axes.panels(2, size=(6.5, 3.7))
    for ax in (left, right):
        ax.axis("off")
    inputs = [(k, 0, rf"$\cx_{k}$", "input") for k in (1, 2, 3)]
    flow = {"arrowstyle": "-|>", "color": axes.colour("ink"), "shrinkA": 11, "shrinkB": 11}
    for (x, y, *_), weight, side in zip(inputs, values["w"], (-9, 9, 11), strict=True):
        left.annotate("", (2, 1.75), (x, y), arrowprops=flow)
        axes.note(left, f"${weight:.0f}$", (x + 0.45 * (2 - x), 0.45 * 1.75), place=(side, 0), size=None)
    left.annotate("", (2, 1.75), (0.2, 1.75), arrowprops=flow)
    axes.note(left, f"${values['b']:.0f}$", (1.05, 1.75), place=(0, 8), size=None)
    left.annotate("", (2, 3.5), (2, 1.75), arrowprops=flow)
    box = {"boxstyle": "square,pad=0.5", "facecolor": axes.colour("paper"), "edgecolor": axes.colour("decoder")}
    axes.note(left, "sign", (2, 2.65), "decoder", size=None, bbox=box)
    for x, y, name, role in [*inputs, (2, 1.75, "$s$", "ink"), (2, 3.5, r"$\cy$", "target")]:
        fill = axes.colour("observed") if role == "input" else axes.colour("paper")
        left.plot(x, y, "o", color=fill, markeredgecolor=axes.colour(role), markersize=22, markeredgewidth=1.2)
        axes.note(left, name, (x, y), role, size=None)
        left.texts[-1].set_path_effects([])
    axes.note(left, "$1$", (0.2, 1.75), size=None)
    left.set(xlim=(-0.2, 3.5), ylim=(-0.5, 4))
    names = values["columns"]
    for k, name in enumerate(names):
        axes.note(right, LABELS["y" if name == "answer" else name], (k, 1), size=None)
        for row, value in enumerate(truth.columns[name]):
            if name == "s":
                axes.note(right, f"${value:.0f}$", (k, -row), size=10)
            else:
                switch(axes, right, (k, -row), value > 0, "target" if name == "answer" else "input")
    right.axhline(0.5, color=axes.colour("axis"), linewidth=0.8)
    axes.note(right, values["logic"], (2, -len(truth)), place=(0, -4), size=None)
    right.set(xlim=(-0.6, 4.6), ylim=(-8.7, 1.6))
