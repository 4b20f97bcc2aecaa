"""How the classifiers are trained.

Two panels against the epoch, on a logarithmic axis: the loss of a linear net and of one with (·)⁺, and their
accuracies. Both losses start near the level of a guess, ln 5. The linear net's soon stops falling, and its accuracy
stays where it is; the other's goes on falling, and its accuracy rises almost to one.
"""

import math

import torch

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
    panels = axes.panels(2)
    for ax, quantity in zip(panels, ("loss", "accuracy"), strict=True):
        axes.draw(ax, tables[quantity], roles=["neutral", "loss"])
        axes.label(ax, x=tables[quantity].labels["x"], y=tables[quantity].labels["y"])
        ax.set_xscale("log")
    panels[0].axhline(tables["values"]["log-classes"], color=axes.colour("annotation"), linestyle="--")
    axes.legend(panels[0])
