"""Wie viel jede Achse trägt.

Dreizehn Balken, die von links nach rechts kürzer werden: der Anteil jeder Hauptachse an der gesamten Varianz. Eine
Linie mit Punkten zählt sie zusammen; bei zwei Achsen steht sie über der Hälfte, bei fünf über vier Fünfteln.
"""

import torch

from book.wein.data import axes, wines
from pipeline.table import Bars, Curve, Values


def tables():
    share = axes(wines()[0])[1]
    share = 100 * share / share.sum()
    number = torch.arange(1, len(share) + 1)
    labels = {"x": "Hauptachse", "y": r"Anteil in \%"}
    total = share.cumsum(0)
    enough = int((total < 80).sum()) + 1
    return {
        "anteil": Bars(number, labels, anteil=share),
        "summe": Curve(number, labels, summe=total),
        "values": Values(enough=enough, at_enough=total[enough - 1], at_two=total[1], first=share[0]),
    }
