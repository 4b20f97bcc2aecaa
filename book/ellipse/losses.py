"""Three losses that teach an energy.

Three curves against the energy of the right answer, from 0 to 4, while that of a wrong one stays at 2, where a dotted
line stands. The energy loss is a straight line through the origin. The hinge loss is zero up to 1, a margin below the
wrong answer's energy, and rises from there at an angle of 45°. The log loss follows a hinge without a margin far from
its corner, and rounds the corner off.
"""

import torch

from pipeline.table import Curve, Values

TOP, WRONG, MARGIN = 4, 2, 1


def tables():
    """LeCun et al. (2006), section 2.2: the energy loss, the hinge loss and the log loss."""
    right = torch.linspace(0, TOP, 121, dtype=torch.float64)
    difference = right - WRONG
    labels = {
        "x": r"$\Fcold(\vy)$",
        "y": r"$\loss$",
        "wrong": r"$\Fcold(\vyhat)$",
        "energy": "energy loss",
        "hinge": "hinge loss",
        "log": "log loss",
    }
    losses = {"hinge": (MARGIN + difference).clamp(min=0), "log": torch.nn.functional.softplus(difference)}
    return {
        "losses": Curve(right, labels, energy=right, **losses),
        "values": Values(top=TOP, wrong=WRONG, margin=MARGIN),
    }


def preview(axes, tables):
    (ax,), losses, values = axes.panels(1, size=(5.5, 3.5)), tables["losses"], tables["values"]
    axes.draw(ax, losses, roles=["loss"])
    for line, dash in zip(ax.lines, ("--", "-", ":"), strict=True):
        line.set_linestyle(dash)
    axes.name_lines(ax)
    wrong, margin = values["wrong"], values["margin"]
    axes.reference(ax, x=wrong, linestyle=":")
    ax.grid(visible=False)
    ax.spines[["top", "right"]].set_visible(False)
    ax.set(xlim=(0, values["top"]), ylim=(0, values["top"]), xticks=[0, wrong - margin, wrong], yticks=[0, margin])
    name = losses.labels["wrong"]
    axes.tick_names(ax, x=["0", f"{name}$-m$", name], y=["0", "$m$"])
    ax.tick_params(axis="x", pad=5)
    axes.label(ax, x=losses.labels["x"], y=losses.labels["y"])
    ax.yaxis.label.set(rotation=0, va="center")
