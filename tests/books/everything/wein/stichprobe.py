"""Mittelwerte werden schmaler: $\\sigma\\,n^{-1/2}$.

Auf zwei logarithmischen Achsen die Streuung eines Mittelwerts über der Zahl der gezogenen Flaschen, von 1 bis 512:
Punkte aus je 2000 gezogenen Stichproben liegen auf einer Geraden, die bei jeder Vervierfachung auf die Hälfte fällt.
"""

import numpy as np

from book.wein.data import column, wines
from pipeline.table import Curve, Points, Values

DRAWS, POWERS = 2000, 10


def tables():
    x, y = wines()
    proline = x[y == 0, column("proline")].numpy()
    chance = np.random.default_rng()
    sizes = 2 ** np.arange(POWERS)
    spreads = [chance.choice(proline, (DRAWS, size)).mean(axis=1).std() for size in sizes]
    labels = {"x": "gezogene Flaschen $n$", "y": "Streuung in mg/l"}
    ends = np.array([sizes[0], sizes[-1]])
    return {
        "gezogen": Points(sizes, spreads, labels),
        "gesetz": Curve(ends, labels, y=proline.std() / np.sqrt(ends)),
        "values": Values(draws=DRAWS, sigma=proline.std(), at_sixteen=spreads[4], largest=sizes[-1]),
    }


def preview(axes, tables):
    axes.draw(axes[0], tables["gesetz"], tables["gezogen"], roles=["theorie", "messung"])
    axes[0].set(xscale="log", yscale="log")
    axes.label(axes[0], **tables["gezogen"].labels)
