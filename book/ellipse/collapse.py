"""The weights after training, against the inverse temperature.

Two curves rise from zero over the inverse temperature, steeply at first and then ever more slowly, as square roots
do: the first weight's from about 0.26 and the second's from about 0.39. Dashed, each weight trained alone; the second
then wakes at about 0.42. Two vertical lines with names mark the thresholds that the samples predict, and a third the
one predicted for the second weight beside the first, where that is awake.
"""

import torch

from book.ellipse.data import samples
from book.ellipse.energy import circle, gibbs
from book.ellipse.models.collapse import BETAS
from pipeline.table import Curve, Values

AWAKE = 0.02  # what counts as a weight that has not vanished


def wakes(w):
    """The least β at which a weight, of shape (betas,), is awake."""
    return BETAS[w > AWAKE].min()


def together(y, w1):
    """The β at which w₂ = 0 stops being a minimum beside w₁(β), of shape (betas,): where ⟨s² (1 − 2β y₂²)⟩ changes
    sign.

    s² is the Gibbs mean of sin² z at the weights (w₁, 0), for each of the samples y (n, 2); linear between the two
    betas.
    """
    w = torch.stack([w1, torch.zeros_like(w1)], dim=-1)[:, None]  # (beta, 1, 2)
    s2 = (gibbs(y, w, BETAS[:, None]) * circle()[:, 1].square()).sum(dim=-1)  # (beta, sample)
    curvature = (s2 * (1 - 2 * BETAS[:, None] * y[:, 1].square())).mean(dim=1)
    k = int((curvature < 0).nonzero()[0, 0])
    a, b = curvature[k - 1], curvature[k]
    return BETAS[k - 1] + (BETAS[k] - BETAS[k - 1]) * a / (a - b)


def tables(collapse):
    y = samples()
    w = collapse.net.w.abs()  # (case, beta, weight)
    square = y.square().mean(dim=0)
    critical = 1 / (2 * square)
    labels = {
        "x": r"$\cbeta$",
        "y": r"$|w_i|$",
        "w1": r"$|w_1|$",
        "w2": r"$|w_2|$",
        "w1-alone": "alone",
        "w2-alone": "alone",
    }
    columns = {"w1": w[0, :, 0], "w2": w[0, :, 1], "w1-alone": w[1, :, 0], "w2-alone": w[2, :, 1]}
    values = Values(
        beta_1=critical[0],
        beta_2=critical[1],
        square_1=square[0],
        square_2=square[1],
        measured_1=wakes(w[0, :, 0]),
        measured_1_alone=wakes(w[1, :, 0]),
        measured_2_alone=wakes(w[2, :, 1]),
        measured_2_together=wakes(w[0, :, 1]),
        predicted_together=together(y, w[0, :, 0]),
        top=2,
    )
    return {"weights": Curve(BETAS, labels, **columns), "values": values}


def preview(axes, tables):
    weights, values = tables["weights"], tables["values"]
    (ax,), top, label = axes.panels(1, size=(5.5, 3.2)), values["top"], weights.labels
    axes.draw(ax, weights, roles=["ink", "ink", "axis", "axis"])
    for line in ax.lines[2:]:
        line.set(linestyle="--", zorder=1.9)
    first, second, beside = (values[name] for name in ("beta-1", "beta-2", "predicted-together"))
    for at in (first, second, beside):
        axes.reference(ax, x=at)
    for at, k in ((first, 1), (second, 2)):
        axes.note(ax, rf"$\cbeta_{{\mathrm{{c}},{k}}}$", (at, top), place=(0, 8))
    for said, role, down in (("beside", "annotation", 9), ("$w_1$", "ink", 20)):
        axes.note(ax, said, (beside, top), role, (-10, -down), ha="right")
    level = 0.92 * top  # of the line that leads there
    ax.plot([beside - 0.012, beside], [level, level], color=axes.colour("annotation"), linewidth=0.8, label="_")
    for name in ("w1", "w2"):
        axes.name_curve(ax, weights, name)
    axes.name_curve(ax, weights, "w2-alone", (weights.x < 0.53).mean(), (16, -7), "axis", size=8)
    ax.grid(visible=False, axis="x")
    ax.set(xlim=(weights.x[0], weights.x[-1]), ylim=(0, top), yticks=[0, 0.5, 1, 1.5, 2])
    for share, side, said in ((0, "left", r"$\leftarrow$ hot"), (1, "right", r"cold $\rightarrow$")):
        axes.note(ax, said, (share, 0), "annotation", (0, -24), xycoords="axes fraction", ha=side)
    axes.label(ax, x=label["x"])
