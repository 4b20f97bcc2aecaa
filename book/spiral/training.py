"""How the classifiers are trained.

Two panels against the epoch, on a logarithmic axis: the loss of a linear net and of one with (·)⁺, and their
accuracies. Both losses start near the level of a guess, ln 5. The linear net's soon stops falling, and its accuracy
stays where it is; the other's goes on falling, and its accuracy rises almost to one.
"""

import math

import torch
from matplotlib.ticker import MultipleLocator

from pipeline.table import Curve, Values


def tables(linear, classifier):
    nets = {"linear": linear.history, "relu": classifier.history}
    epochs = len(linear.history["loss"])
    shown = torch.logspace(0, math.log10(epochs), 300).round().long().unique()  # even steps on a logarithmic axis
    labels = {"x": "epoch", "linear": "linear", "relu": r"$\relu{\cdot}$"}

    def curve(quantity, label):
        return Curve(
            shown,
            labels | {"y": label},
            **{net: torch.tensor(history[quantity])[shown - 1] for net, history in nets.items()},
        )

    classes = classifier.net[-1].out_features
    values = {f"start_{net}": history["loss"][0] for net, history in nets.items()}
    values |= {
        f"final_{quantity}_{net}": history[quantity][-1] for net, history in nets.items() for quantity in history
    }
    return {
        "loss": curve("loss", r"loss $\Loss$"),
        "accuracy": curve("accuracy", "accuracy"),
        "values": Values(epochs=epochs, classes=classes, log_classes=math.log(classes), **values),
    }


def preview(axes, tables):
    values, k = tables["values"], tables["values"]["classes"]
    # Of each panel: its role, top, level of reference and that one's name, and where on the curves their names stand.
    panels = {
        "loss": ("loss", 1.15 * math.log(k), math.log(k), r"$\log\nclasses$", (0.97, (-22, -10)), (0.85, (-18, -10))),
        "accuracy": ("ink", 1, 1 / k, r"$1/\nclasses$", (0.97, (-22, -10)), (0.66, (-24, 10))),
    }
    for ax, quantity in zip(axes.panels(2, size=(6.5, 3)), panels, strict=True):
        table, (role, top, level, name, *places) = tables[quantity], panels[quantity]
        axes.draw(ax, table, roles=[role])
        ax.lines[0].set_linestyle("--")
        axes.reference(ax, name, 1, (-6, 8 if role == "loss" else -8), y=level, ha="right")
        for net, (share, place) in zip(table.series, places, strict=True):
            axes.name_curve(ax, table, net, share, place, role)
        ticks = [10**n for n in range(4)]
        ax.set(xscale="log", xlim=(1, values["epochs"]), ylim=(0, top), xticks=ticks, xticklabels=ticks)
        ax.yaxis.set_major_locator(MultipleLocator(0.5 if role == "loss" else 0.2))
        axes.label(ax, x=table.labels["x"], y=table.labels["y"])
