"""Wie viel Prolin im Wein ist.

Drei Felder untereinander, eines für jede Sorte, über derselben Achse von 200 bis 1800 mg/l: Balken zählen die Flaschen
in Schritten von 100 mg/l, eine gestrichelte Glockenkurve hat dieselbe Mitte und dieselbe Streuung. Barolo liegt weit
rechts und breit, Grignolino und Barbera liegen links; bei den Grignolino ragt der Gipfel links aus der Glocke heraus.
"""

import math

import torch

from book.wein.data import SORTS, column, wines
from pipeline.table import Bars, Curve, Values

LOW, HIGH, STEP = 200, 1800, 100  # in mg/l


def tables():
    x, y = wines()
    proline = x[:, column("proline")]
    edges = torch.arange(LOW, HIGH + STEP, STEP, dtype=torch.float64)
    grid = torch.linspace(LOW, HIGH, 161, dtype=torch.float64)
    counts, bells, values = {}, {}, {}
    for k, name in enumerate(SORTS):
        own = proline[y == k]
        counts[f"sorte{k}"] = torch.histogram(own, edges).hist
        mean, spread = own.mean(), own.std()
        bell = torch.exp(-(((grid - mean) / spread) ** 2) / 2) / (spread * math.sqrt(2 * math.pi))
        bells[f"sorte{k}"] = len(own) * STEP * bell
        values |= {f"mean_{name.lower()}": mean, f"spread_{name.lower()}": spread, f"count_{name.lower()}": len(own)}
    labels = {"x": "Prolin in mg/l", "y": "Flaschen"}
    return {
        "zahl": Bars(edges[:-1] + STEP / 2, labels, **counts),
        "glocke": Curve(grid, labels, **bells),
        "values": Values(low=LOW, high=HIGH, step=STEP, sorts=3, **values),
    }


def preview(axes, tables):
    axes.draw(axes[0], tables["zahl"], roles=["sorte0", "sorte1", "sorte2"])
    axes.label(axes[0], **tables["zahl"].labels)
