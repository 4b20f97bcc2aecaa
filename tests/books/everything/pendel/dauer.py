"""Wie lange ein Pendel braucht: $T/T_0$.

Die Schwingungsdauer über dem Ausschlag, im Verhältnis zu der kleiner Schwingungen: eine Kurve, die bei eins flach
beginnt und vor 180 Grad steil ansteigt. Die gestrichelte Näherung mit dem ersten Glied folgt ihr bis etwa 90 Grad.
Sechs Punkte, mit der Rechnung Schritt für Schritt gestoppt, liegen auf der Kurve.
"""

import math

import torch

from book.pendel.bewegung import period, swing
from pipeline.table import Curve, Points, Values

TIMED = (15, 45, 75, 105, 135, 165)  # in degrees
STEPS = 1200


def timed(start):
    """T/T₀ of pendulums let go at angles (n,): four times the time until they hang straight down, interpolated."""
    times = torch.linspace(0, 4, STEPS + 1, dtype=torch.float64)
    theta = swing(start, times)
    row = (theta > 0).sum(dim=0) - 1
    before, after = theta.gather(0, row[None])[0], theta.gather(0, row[None] + 1)[0]
    return 4 * (times[row] + times[1] * before / (before - after)) / (2 * math.pi)


def tables():
    degrees = torch.linspace(0, 172, 87, dtype=torch.float64)
    start = degrees * math.pi / 180
    labels = {"x": r"Ausschlag $\winkel_0$ in Grad", "y": r"$T/T_0$"}
    first = torch.tensor(TIMED, dtype=torch.float64)
    exact = period(torch.tensor([20.0, 90.0], dtype=torch.float64) * math.pi / 180)
    return {
        "dauer": Curve(degrees, labels, genau=period(start), naeherung=1 + start**2 / 16),
        "gestoppt": Points(first, timed(first * math.pi / 180), labels),
        "values": Values(
            at_twenty=exact[0], at_ninety=exact[1], excess_twenty=exact[0] - 1, excess_ninety=exact[1] - 1
        ),
    }


def preview(axes, tables):
    axes.draw(axes[0], tables["dauer"], tables["gestoppt"], roles=["theorie", "vergleich", "messung"])
    axes.label(axes[0], x=tables["dauer"].labels["x"], y=tables["dauer"].labels["y"])
