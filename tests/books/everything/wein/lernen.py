"""Wie das Netz lernt.

Zwei Kurven über der Epoche, beide Achsen logarithmisch: der Verlust auf den gezeigten Flaschen fällt von etwa eins auf
ein Zehntel; der auf den zurückgehaltenen, gestrichelt, fällt zuerst mit und bleibt dann darunter. Eine waagrechte Linie
zeigt, was bloßes Raten kostet, log 3.
"""

import math

import torch

from pipeline.table import Curve, Values


def tables(klassen):
    history = klassen.history
    epochs = len(history["loss"])
    shown = torch.logspace(0, math.log10(epochs), 120).round().long().unique()
    labels = {"x": "Epoche", "y": "mittlerer Verlust", "gezeigt": "gezeigt", "neu": "zurückgehalten"}
    curves = {"gezeigt": "loss", "neu": "out"}
    columns = {name: torch.tensor(history[key], dtype=torch.float64)[shown - 1] for name, key in curves.items()}
    return {
        "verlust": Curve(shown, labels, **columns),
        "values": Values(
            epochs=epochs, guess=math.log(3), start=history["loss"][0], end=history["loss"][-1], out=history["out"][-1]
        ),
    }


def preview(axes, tables):
    axes.draw(axes[0], tables["verlust"], roles=["messung", "modell"])
    axes[0].set(xscale="log", yscale="log")
    axes.label(axes[0], x="Epoche", y="mittlerer Verlust")
    axes.legend(axes[0])
