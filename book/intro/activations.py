"""Six functions between two linear maps, and their slopes.

Six panels, each with a function as a bold line and its slope as a dashed one, over s from −3 to 3. The identity is a
straight line of slope 1. The sigmoid σ climbs from 0 to 1 and is steepest at 0, where its slope is a quarter; tanh
climbs from −1 to 1 with slope 1 at 0. The positive part is nought on the left and the identity on the right, and its
slope a step; the leaky one has a slope of a tenth on the left; softplus rounds the corner, and its slope is the
sigmoid.
"""

import torch

from pipeline.table import Curve, Values

LEAK = 0.1
HALF, LOW, HIGH = 3.0, -1.25, 2.25  # of the windows
LABELS = {"x": "$s$", "value": "value", "slope": "slope"}


def sigmoid(s):
    return 1 / (1 + torch.exp(-s))


ACTIVATIONS = {  # title, function, slope; where a slope jumps, at 0, it has no value
    "identity": ("identity", lambda s: s, torch.ones_like),
    "sigmoid": (r"$\sigma$", sigmoid, lambda s: sigmoid(s) * sigmoid(-s)),
    "tanh": (r"$\tanh$", torch.tanh, lambda s: 1 - torch.tanh(s) ** 2),
    "relu": (r"$\relu{\cdot}$", lambda s: s.clamp(min=0), lambda s: step(s, 0)),
    "leaky": ("leaky", lambda s: torch.maximum(s, LEAK * s), lambda s: step(s, LEAK)),
    "softplus": ("softplus", lambda s: torch.log1p(torch.exp(s)), sigmoid),
}


def step(s, below):
    """1 where s is above 0, `below` where it is below, and nothing at 0."""
    return torch.full_like(s, torch.nan).masked_fill(s < 0, below).masked_fill(s > 0, 1)


def tables():
    s = torch.linspace(-HALF, HALF, 241, dtype=torch.float64)
    s[120] = 0
    zero = torch.zeros(1, dtype=torch.float64)
    results = {
        name: Curve(s, LABELS | {"title": title}, value=function(s), slope=slope(s))
        for name, (title, function, slope) in ACTIVATIONS.items()
    }
    return results | {
        "values": Values(
            half=HALF, low=LOW, high=HIGH, names=[*ACTIVATIONS], leak=LEAK,
            sigmoid_slope=ACTIVATIONS["sigmoid"][2](zero)[0], tanh_slope=ACTIVATIONS["tanh"][2](zero)[0],
            softplus_corner=ACTIVATIONS["softplus"][1](zero)[0],
        ),
    }  # fmt: skip


def preview(axes, tables):
    panels, values = axes.panels(3, 2, size=(6.5, 3.4), sharex=True, sharey=True), tables["values"]
    for ax, name in zip(panels, values["names"], strict=True):
        table = tables[name]
        ax.axhline(0, color=axes.colour("axis"), linewidth=0.5, zorder=1)
        ax.axvline(0, color=axes.colour("axis"), linewidth=0.5, zorder=1)
        ax.plot(table.x, table.value, color=axes.colour("decoder"), linewidth=2)
        ax.plot(table.x, table.slope, color=axes.colour("ink"), linestyle=(0, (4, 2)), linewidth=1)
        ax.set(xlim=(-HALF, HALF), ylim=(LOW, HIGH), xticks=[-2, 0, 2], yticks=[-1, 0, 1, 2], aspect="equal")
        axes.label(ax, x=LABELS["x"], title=table.labels["title"])
    axes.note(panels[0], "value", (0.1, -0.65), "decoder", (4, 0), ha="left")
    axes.note(panels[0], "slope", (-2, 1), "ink", (0, 8))
    axes.outer()
