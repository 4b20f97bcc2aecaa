"""Three losses that teach an energy.

Three curves against the energy of the right answer, from 0 to 4, while that of a wrong one stays at 2, where a dashed
line stands. The energy loss is a straight line through the origin. The hinge loss is zero up to 1, a margin below the
wrong answer's energy, and rises from there at an angle of 45°. The log loss follows a hinge without a margin far from
its corner, and rounds the corner off.
"""

import math

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
    (ax,), losses, values = axes.panels(1, size=(5.5, 3.6)), tables["losses"], tables["values"]
    axes.draw(ax, losses, roles=["loss"])
    for line, dash in zip(ax.lines, ("--", "-", ":"), strict=True):
        line.set_linestyle(dash)
    wrong, margin = values["wrong"], values["margin"]
    axes.reference(ax, x=wrong, role="neutral")
    for name, at, up in (("energy", 0.36, 0.1), ("hinge", 0.8, 0.1), ("log", 0.86, -0.1)):
        k, x, y = round(at * (len(losses.x) - 1)), losses.x, losses.columns[name]
        slope = math.degrees(math.atan2(y[k + 1] - y[k - 1], x[k + 1] - x[k - 1]))
        text = ax.text(x[k], y[k] + up, "", rotation=slope, transform_rotates_text=True, rotation_mode="anchor")
        text.set(ha="center", va="bottom" if up > 0 else "top")
        axes.write(text, losses.labels[name], axes.colour("loss"))
    ax.grid(visible=False)
    ax.spines[["top", "right"]].set_visible(False)
    end = values["top"] + 0.15
    ax.set(xlim=(0, end), ylim=(0, end), xticks=[0, wrong - margin, wrong], yticks=[0, margin])
    name = losses.labels["wrong"]
    axes.tick_names(ax, x=["0", f"{name}$-m$", name], y=["0", "$m$"])
    ax.tick_params(axis="x", pad=5)
    for name, corner, place in (("x", (1, 0), (16, 0)), ("y", (0, 1), (0, 10))):
        axes.note(ax, losses.labels[name], corner, place=place, xycoords="axes fraction", size=None)
    for place, head in (((1, 0), ">"), ((0, 1), "^")):
        ax.plot(*place, head, color=axes.colour("axis"), markersize=4, clip_on=False, transform=ax.transAxes)
