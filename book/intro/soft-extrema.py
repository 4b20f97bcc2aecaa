"""Soft maximum and minimum, from hot to cold.

Four curves of five numbers against the inverse temperature on a logarithmic axis, between dashed levels at the numbers'
minimum, average and maximum. Two bold ones begin at the average, on the left, where it is hot: softmax rises to the
maximum, softmin falls to the minimum. Two dashed ones, without the mean in the logarithm, end on the right where the
bold ones do, but come from plus and from minus infinity, which have places on the upright axis, for that is squashed:
the farther out, the closer its numbers.
"""

import math

import torch

from book.intro.softness import E, smax, smax_of_sum, smin, smin_of_sum
from pipeline.table import Curve, Values

DECADES, UNIT = (-2, 2), 2.0  # of β; the number that stands half way to infinity
TICKS = [-math.inf, -5, -2, -1, 0, 1, 2, 5, math.inf]
NAMES = [r"$-\infty$", "$-5$", "$-2$", "$-1$", "$0$", "$1$", "$2$", "$5$", r"$\infty$"]


def squashed(value):
    """The place of numbers on the upright axis: infinity is at 1."""
    return 2 / math.pi * torch.atan(torch.as_tensor(value, dtype=torch.float64) / UNIT)


def tables():
    beta = torch.logspace(*DECADES, 161, dtype=torch.float64)
    curves = {"smax": smax, "smin": smin, "smax_of_sum": smax_of_sum, "smin_of_sum": smin_of_sum}
    labels = {
        "beta": r"$\cbeta$", "value": r"value, on a scale of arctangents", "smax": r"$\smax_{\cbeta}(\ve)$",
        "smin": r"$\smin_{\cbeta}(\ve)$", "of-sum": "without $1/K$", "max": r"$\max_k \ce_k$", "min": r"$\min_k \ce_k$",
        "average": "average",
    }  # fmt: skip
    levels = torch.stack([E.min(), E.mean(), E.max()])
    one = torch.ones((), dtype=torch.float64)
    return {
        "curves": Curve(beta, labels, over="beta", **{name: squashed(f(E, beta)) for name, f in curves.items()}),
        "values": Values(
            size=len(E), least=E.min(), average=E.mean(), most=E.max(), levels=squashed(levels),
            level_names=["min", "average", "max"], ticks=squashed(TICKS), tick_names=NAMES,
            smax_1=smax(E, one), smin_1=smin(E, one), smax_of_sum_1=smax_of_sum(E, one),
            smax_of_sum_hot=smax_of_sum(E, beta[:1])[0], excess_1=smax_of_sum(E, one) - smax(E, one),
            hottest=beta[0], coldest=beta[-1],
        ),
    }  # fmt: skip


def preview(axes, tables):
    (ax,), curves, values = axes.panels(1, size=(6.2, 3.9)), tables["curves"], tables["values"]
    labels = curves.labels
    for level, name in zip(values["levels"], values["level-names"], strict=True):
        axes.reference(ax, y=level, role="neutral")
        axes.note(ax, labels[name], (values["coldest"], level), "ink", (5, 0), ha="left")
    for name, role in (("smax", "energy"), ("smin", "warm")):
        ax.plot(curves.beta, curves.columns[name], color=axes.colour(role), linewidth=2)
        of_sum = curves.columns[f"{name}_of_sum"]
        ax.plot(curves.beta, of_sum, color=axes.colour(role), linestyle=(0, (5, 2.5)), linewidth=1)
        way = 1 if name == "smax" else -1
        for label, y, k in ((labels[name], curves.columns[name], 32), (labels["of-sum"], of_sum, 62)):
            axes.note(ax, label, (curves.beta[k], y[k]), role, (6, 10 * way), ha="left", size=None if k == 32 else 8)
    ax.set(xscale="log", xlim=(values["hottest"], values["coldest"]), ylim=(-1, 1))
    ax.set_yticks(values["ticks"], values["tick-names"])
    ax.minorticks_off()
    ax.grid(visible=False)
    axes.label(ax, x=labels["beta"], y=labels["value"])
