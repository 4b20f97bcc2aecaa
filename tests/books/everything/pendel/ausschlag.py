"""Drei Ausschläge, drei Takte.

Der Winkel über der Zeit, geteilt durch den anfänglichen, für drei Pendel, die bei 20, 90 und 170 Grad losgelassen
werden. Das erste schwingt wie ein Kosinus; das zweite kommt etwas später zurück; das dritte verweilt oben, fällt rasch
durch und hat nach drei Takten des ersten erst gut einen vollendet.
"""

import math

import torch

from book.pendel.bewegung import period, swing
from pipeline.table import Curve, Values

DEGREES = (20, 90, 170)
PERIODS, STEPS = 3, 240


def tables():
    start = torch.tensor(DEGREES, dtype=torch.float64) * math.pi / 180
    times = torch.linspace(0, 2 * math.pi * PERIODS, STEPS + 1, dtype=torch.float64)
    shares = swing(start, times) / start
    labels = {"x": r"Zeit $t/T_0$", "y": r"$\winkel/\winkel_0$"}
    columns = {f"von{d}": share for d, share in zip(DEGREES, shares.T, strict=True)}
    return {
        "winkel": Curve(times / (2 * math.pi), labels, **columns),
        "values": Values(degrees=DEGREES, ratios=period(start), periods=PERIODS, ratio_far=period(start)[-1]),
    }


def preview(axes, tables):
    axes.draw(axes[0], tables["winkel"], roles=["lage", "flieder", "kraft"])
    axes.label(axes[0], x=tables["winkel"].labels["x"], y=tables["winkel"].labels["y"])
