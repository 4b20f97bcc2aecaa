"""What misses and doubts cost.

Two panels, both from 0 to 3 upwards. On the left three curves against the residual from −3 to 3, all nought in the
middle: half its square, a parabola; its absolute value, a V; and the Huber loss, which follows the parabola up to 1 on
both sides and goes on straight from there, beside the V and half a unit below it. On the right two curves against the
probability of yes: one falls from far above to nought where it is 1, the other is its mirror image. They cross at a
half, where both are the logarithm of two.
"""

import math

import torch

from pipeline.table import Curve, Values

HALF, TOP, DELTA = 3.0, 3.0, 1.0  # of the residuals; of both panels; where the Huber loss goes on straight
LEAST = math.exp(-TOP)  # the probability at which the log loss leaves its panel


def huber(r):
    """Half the square up to δ, and a straight line of slope δ beyond (Huber, 1964)."""
    return torch.where(r.abs() <= DELTA, r**2 / 2, DELTA * (r.abs() - DELTA / 2))


def tables():
    r = torch.linspace(-HALF, HALF, 241, dtype=torch.float64)
    r[len(r) // 2] = 0
    p = torch.linspace(LEAST, 1, 201, dtype=torch.float64)
    residual = {
        "x": r"$\cy - \violet{\tilde{y}}$", "squared": "half the square", "absolute": "absolute value",
        "huber": "Huber loss",
    }  # fmt: skip
    probability = {
        "x": r"$\Pr(\text{yes} \mid \vx)$",
        "y": r"$\loss$",
        "yes": r"$\cy=\text{yes}$",
        "no": r"$\cy=\text{no}$",
    }
    half = torch.tensor(0.5, dtype=torch.float64)
    return {
        "residual": Curve(r, residual, squared=r**2 / 2, absolute=r.abs(), huber=huber(r)),
        "yes": Curve(p, probability, y=-torch.log(p)),
        "no": Curve(1 - p, probability, y=-torch.log(p)),
        "values": Values(half=HALF, top=TOP, delta=DELTA, toss=-torch.log(half), huber_2=huber(2 + 0 * half)),
    }


def preview(axes, tables):
    values, residual = tables["values"], tables["residual"]
    left, right = axes.panels(2, size=(6.5, 3.0), sharey=True)
    styles = {"squared": ((0, (6, 3)), 1.2), "absolute": ((0, (1, 2)), 1.5), "huber": ("-", 2)}
    for name, (style, width) in styles.items():
        y, label = residual.columns[name], residual.labels[name]
        left.plot(residual.x, y, color=axes.colour("loss"), linestyle=style, linewidth=width, label=label)
    box = {"framealpha": 1, "facecolor": axes.colour("paper"), "edgecolor": "none"}
    left.legend(loc="upper center", labelcolor=axes.colour("loss"), handlelength=2.4, **box)
    for name, style, x in (("yes", "-", 0.24), ("no", (0, (6, 3)), 0.76)):
        table = tables[name]
        right.plot(table.x, table.y, color=axes.colour("loss"), linestyle=style, linewidth=1.4)
        axes.note(right, table.labels[name], (x, 2.22), "target")
    axes.note(right, r"$\log 2$", (0.5, values["toss"]), place=(0, 9))
    right.plot(0.5, values["toss"], "o", color=axes.colour("ink"), markersize=3.5)
    left.set(xlim=(-HALF, HALF), xticks=[-2, 0, 2])
    right.set(xlim=(0, 1), ylim=(0, TOP), xticks=[0, 0.5, 1], yticks=range(4))
    axes.label(left, x=residual.labels["x"], y=tables["yes"].labels["y"])
    axes.label(right, x=tables["yes"].labels["x"])
