"""Decision regions: where on a plane each class has the largest linear output. The figures of two nets side by side
share the rest."""

import torch

from book.spiral.data import LABELS, accuracy, by_arm, square
from pipeline.table import Points, Region

HALF, RESOLUTION = 1.35, 180


def lead(s):
    """s_k − max_{j≠k} s_j for linear outputs s of shape (n, K): shape (n, K), positive where class k wins."""
    first, second = s.topk(2, dim=1).values.split(1, dim=1)
    return s - torch.where(s == first, second, first)


def regions(name, net):
    """{"name-0": Region, …}: where each class wins."""
    axis, plane = square(RESOLUTION, HALF)
    leads = lead(net(plane)).T.reshape(-1, RESOLUTION, RESOLUTION)
    return {f"{name}-{k}": Region(axis, axis, field, 0, float("inf"), LABELS) for k, field in enumerate(leads)}


def comparison(x, y, linear, relu, every, names):
    """Tables of two classifiers of x (n, 2) with targets y (n,), each in a panel of its own; names: of each, where
    those of its regions stand, (classes, 2). Points that the second gets wrong are in a table of their own."""
    results = by_arm(x, y, every) | regions("linear", linear) | regions("relu", relu)
    nets = {"linear": linear, "relu": relu}
    accuracies = {f"accuracy_{name}": accuracy(net(x), y) for name, net in nets.items()}
    shown = torch.cat([(y == k).nonzero()[::every, 0] for k in y.unique()])
    wrong = shown[relu(x[shown]).argmax(dim=1) != y[shown]]
    results["wrong"] = Points(*x[wrong].T, labels=LABELS)
    places = {f"names_{name}": names[name] for name in nets}
    below = {f"below_{name}": net(torch.tensor(names[name])).argmax(dim=1) for name, net in nets.items()}  # the names
    return results, {"half": HALF} | accuracies | places | below


def preview(axes, tables):
    values, ticks = tables["values"], [-1, 0, 1]
    classes, half = len(values["names-relu"]), values["half"]
    panels = axes.panels(2, size=(6.5, 3.8), sharey=True)
    axes.plane(*panels, xlim=(-half, half), ylim=(-half, half), xticks=ticks, yticks=ticks)
    for ax, (net, title) in zip(panels, {"linear": "linear", "relu": r"$\relu{\cdot}$"}.items(), strict=True):
        for kind in (net, "arm"):
            axes.draw(ax, *(tables[f"{kind}-{k}"] for k in range(classes)), roles=axes.roles("class", classes))
        axes.borders(ax)
        axes.number(ax, values[f"names-{net}"], "class", r"$\cy={}$", values[f"below-{net}"])
        axes.label(ax, **tables["arm-0"].labels, title=f"{title}, accuracy {100 * values['accuracy-' + net]:.1f} %")
    x, y = tables["wrong"].columns.values()
    panels[1].plot(x, y, "o", markersize=4.5, markeredgewidth=0.7, color=axes.colour("annotation"), fillstyle="none")
    axes.outer()
