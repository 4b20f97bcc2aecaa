"""Rotes Rauschen: das Spektrum $S(f)$.

Auf zwei logarithmischen Achsen die Leistung über der Frequenz: Punkte aus 64 gemittelten Stücken eines verrauschten
Signals streuen eng um eine Kurve, die links flach ist und rechts mit dem Quadrat der Frequenz fällt. Eine senkrechte
gestrichelte Linie bezeichnet den Knick.
"""

import math

import numpy as np

from pipeline.table import Curve, Points, Values

MEMORY = 0.9  # what is left of a value in the next one
PIECES, LENGTH = 64, 512


def signal(count):
    """x of shape (count,): each value is MEMORY times the one before and a new standard normal number."""
    chance = np.random.default_rng(11)
    x = chance.standard_normal(count)
    x[0] /= math.sqrt(1 - MEMORY**2)  # so that it is stationary from the beginning
    for n in range(1, count):
        x[n] += MEMORY * x[n - 1]
    return x


def power(f):
    """The spectral density of the process at frequencies in cycles a step: 1/|1 − φ exp(−2πif)|²."""
    return 1 / (1 + MEMORY**2 - 2 * MEMORY * np.cos(2 * math.pi * f))


def tables():
    x = signal(PIECES * LENGTH).reshape(PIECES, LENGTH)
    f = np.fft.rfftfreq(LENGTH)[1:-1]
    mean = (abs(np.fft.rfft(x)) ** 2 / LENGTH).mean(axis=0)[1:-1]
    labels = {"x": "Frequenz $f$ je Schritt", "y": "Leistung $S(f)$"}
    corner = (1 - MEMORY) / (2 * math.pi * math.sqrt(MEMORY))
    fine = np.geomspace(f[0], f[-1], 121)
    return {
        "gemessen": Points(f, mean, labels),
        "gesetz": Curve(fine, labels, y=power(fine)),
        "values": Values(
            memory=MEMORY, pieces=PIECES, length=LENGTH, corner=corner, plateau=power(0.0), least=f[0],
            scatter=np.std(np.log(mean / power(f))),
        ),
    }  # fmt: skip


def preview(axes, tables):
    axes.draw(axes[0], tables["gemessen"], tables["gesetz"], roles=["messung", "theorie"])
    axes[0].set(xscale="log", yscale="log")
    axes.label(axes[0], **tables["gemessen"].labels)
