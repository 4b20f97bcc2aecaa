"""From energies to probabilities.

Three panels, for β = 0.1, 1 and 10: the probabilities of the five classes, proportional to exp(−βF), along a circle
that crosses all five arms. For small β they are nearly alike; for large β one class takes all, and it changes abruptly
between two arms. Below, for one class and β = 1, the negative log-likelihood as the sum of two curves: its energy
−s, which is lowest on its own arm and negative there, and the free energy with its sign changed, which all classes
share.
"""

import torch

from book.spiral.data import arms
from pipeline.table import Curve, Points, Values

RADIUS, WIDTH = 0.6, 0.03  # of the circle, and how near a sample must be to be shown
START = 20  # degrees, clockwise from x₂, as the arms wind: within the fifth class, past its arm and before the first
BETAS, CLASS = [0.1, 1, 10], 2
LABELS = {
    "x": rf"angle of $\vx$, clockwise from the $\cx_2$ axis, at the radius ${RADIUS:g}$",
    "y": r"$\Pr(\cy \mid \vx)$",
}
TERMS = {
    "title": r"$\cbeta=1$",
    "energy": rf"$\cbeta\,\energy(\vx, \cy={CLASS + 1}) = -\cbeta\,s_{CLASS + 1}$",
    "free": r"$\log\sum_{\cy'}\exp(-\cbeta\,\energy(\vx, \cy'))$",
    "loss": rf"$-{{\log\Pr(\cy={CLASS + 1} \mid \vx)}}$",
}


def near_circle():
    """{"arm-k": Points} of the samples near the circle by their angles in degrees, from START on: each arm in one
    piece."""
    x, y = arms()
    angle = (torch.atan2(*x.T).rad2deg() - START) % 360 + START
    near = (x.norm(dim=1) - RADIUS).abs() < WIDTH
    groups = [angle[near & (y == k)][::4] for k in range(5)]
    return {f"arm-{k}": Points(group, torch.zeros_like(group)) for k, group in enumerate(groups)}


def tables(classifier):
    angle = torch.linspace(START, START + 360, 241)
    energy = -classifier(RADIUS * torch.stack([angle.deg2rad().sin(), angle.deg2rad().cos()], dim=1))
    results, errors = near_circle(), []
    for k, beta in enumerate(BETAS):
        p = (-beta * energy).softmax(dim=1)
        errors.append((p.sum(dim=1) - 1).abs().max())
        columns = {f"class{c}": p[:, c] for c in range(5)}
        results[f"probability-{k}"] = Curve(angle, LABELS | {"title": rf"$\cbeta={beta:g}$"}, **columns)
    minus_free = (-energy).logsumexp(dim=1)
    own = energy[:, CLASS]
    results["terms"] = Curve(angle, LABELS | TERMS, energy=own, free=minus_free, loss=own + minus_free)
    log_likelihood = (-energy).log_softmax(dim=1)[:, CLASS]
    return results | {
        "values": Values(
            betas=BETAS, radius=RADIUS, chosen=CLASS, middles=[72 * (k + 1) for k in range(5)], sum_error=max(errors),
            identity_error=(log_likelihood + own + minus_free).abs().max(),
        )
    }  # fmt: skip


def preview(axes, tables):
    *panels, below = axes.mosaic("012;aaa", (6.5, 4.8))
    values, terms, classes = tables["values"], tables["terms"], axes.roles("class", 5)
    for k, ax in enumerate(panels):
        axes.draw(ax, tables[f"probability-{k}"], roles=classes)
        axes.label(ax, title=tables[f"probability-{k}"].labels["title"], y=LABELS["y"] if k == 0 else "")
        ax.set(ylim=(-0.14, 1.2), yticks=[0, 0.5, 1])
        axes.number(ax, [(middle, 1.1) for middle in values["middles"]], "class")
        for c, role in enumerate(classes):
            rug(axes, ax, tables[f"arm-{c}"], -0.07, role)
        if k:
            ax.tick_params(labelleft=False)
    axes.draw(below, terms, roles=["energy", "ink", "loss"])
    below.lines[1].set(linestyle="--", zorder=2.5)
    low = min(terms.energy)
    rug(axes, below, tables[f"arm-{values['chosen']}"], low - 4.2, classes[values["chosen"]])
    axes.label(below, title=TERMS["title"], x=LABELS["x"], y="nats")
    axes.name_curve(below, terms, "energy", 0.66, (44, -14), "energy")
    axes.name_curve(below, terms, "free", 0.55, (0, 16))
    axes.name_curve(below, terms, "loss", 0.09, (52, 6), "loss")
    below.set(ylim=(low - 6, max(terms.loss) + 2))
    for ax in (*panels, below):
        ax.set(xticks=(ticks := values["middles"]), xticklabels=[f"{tick}°" for tick in ticks])
        ax.margins(x=0)


def rug(axes, ax, points, at, role):
    """Marks a row of points below a panel's curves."""
    ax.plot(points.x, points.y + at, "|", color=axes.colour(role), markersize=4, markeredgewidth=0.5)
