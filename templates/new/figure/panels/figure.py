"""A square made of waves.

Three panels side by side. In each a dashed curve jumps between minus one and one; a smooth one follows it, with one
bump in the first panel, three in the second, nine in the third, and overshoots at each jump.
"""

import numpy as np

from pipeline.table import Curve, Values

TERMS = (1, 3, 9)


def tables():
    turn = np.linspace(0, 2 * np.pi, 401)
    square = np.sign(np.sin(turn).round(9))
    odd = 2 * np.arange(max(TERMS)) + 1
    waves = 4 / np.pi * np.sin(odd[:, None] * turn) / odd[:, None]  # a row for each term
    labels = {"x": r"angle $\alpha$"}
    sums = {f"sum-{k}": Curve(turn, waves=waves[:k].sum(axis=0), square=square, labels=labels) for k in TERMS}
    return sums | {"values": Values(terms=TERMS)}


def preview(axes, tables):
    for ax, count in zip(axes.panels(len(TERMS), sharey=True), TERMS, strict=True):
        axes.draw(ax, table := tables[f"sum-{count}"], roles=["@first", "@second"])
        axes.label(ax, x=table.labels["x"], title=f"{count} waves" if count > 1 else "1 wave")
