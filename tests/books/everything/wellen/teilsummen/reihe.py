"""A square wave and the partial sums of its Fourier series, which four figures share."""

import math

import torch

from pipeline.table import Curve, Values

POINTS = 401


def partial_sum(x, terms):
    """4/π Σ sin(kx)/k over the first odd k, at x of shape (n,)."""
    k = torch.arange(1, 2 * terms, 2, dtype=torch.float64)
    return 4 / math.pi * (torch.sin(k * x[:, None]) / k).sum(dim=1)


def tables_of(terms):
    """The tables of the figure with so many terms."""
    x = torch.linspace(-math.pi, math.pi, POINTS, dtype=torch.float64)
    fine = torch.linspace(0, math.pi, 20001, dtype=torch.float64)
    labels = {"x": "$x$", "y": rf"$S_{{{terms}}}(x)$"}
    return {
        "summe": Curve(x, labels, y=partial_sum(x, terms)),
        "stufe": Curve([-math.pi, 0, 0, math.pi], labels, y=[-1, -1, 1, 1]),
        "values": Values(terms=terms, top=partial_sum(fine, terms).max()),
    }


def preview_of(axes, tables):
    axes.draw(axes[0], tables["stufe"], tables["summe"], roles=["vergleich", "modell"])
    axes.label(axes[0], **tables["summe"].labels)
