"""Drei Rebsorten in zwei Zahlen.

Jede Flasche ist ein Zeichen in der Ebene von Alkohol und Flavonoiden. Die Barolo liegen rechts oben, die Grignolino
links in der Mitte, die Barbera unten; jede Sorte hat ihre Farbe und ihr Zeichen, Kreis, Quadrat oder Dreieck, und ein
Kreuz in der Mitte ihrer Wolke.
"""

import torch

from book.wein.data import SORTS, by_sort, column, wines
from pipeline.table import Points, Values

X, Y = "alcohol", "flavanoids"


def tables():
    x, y = wines()
    xy = x[:, [column(X), column(Y)]]
    labels = {"x": r"Alkohol in Vol.-\%", "y": "Flavonoide"}
    centres = torch.stack([xy[y == k].mean(dim=0) for k in range(len(SORTS))])
    counts = {f"count_{name.lower()}": (y == k).sum() for k, name in enumerate(SORTS)}
    means = {f"mean_{name.lower()}": centres[k, 0] for k, name in enumerate(SORTS)}
    return by_sort(xy, y, labels) | {
        "mitten": Points(*centres.T, labels=labels),
        "values": Values(bottles=len(y), measurements=x.shape[1], **counts, **means),
    }


def preview(axes, tables):
    ax = axes[0]
    axes.draw(ax, *(tables[f"sorte-{k}"] for k in range(3)), roles=["sorte0", "sorte1", "sorte2"])
    axes.label(ax, **tables["sorte-0"].labels)
