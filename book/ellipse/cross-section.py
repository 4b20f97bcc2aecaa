"""Free energies along a line, from cold to hot.

Two panels of F_β along the vertical axis of the plane, y₁ = 0, with a dot for each of 17 values of y₂: six curves in
each, from β = ∞ at the bottom to β = 0.1 at the top. Dashed lines mark where the manifold crosses. Left, untrained: a
valley around the middle, with a little hump in it while it is cold. Right, trained: the cold curves reach down to two
deep valleys beside the dashed lines, with a peak between them; the hotter, the higher they lie and the lower the peak
rises above the valleys, until for β = 0.32 and below one wide valley is left, in the middle.
"""

import math

import numpy as np
import torch

from book.ellipse.energy import UNTRAINED, free_energy
from pipeline.table import Curve, Values

BETAS = {"inf": math.inf, "10": 10, "3p16": 10**0.5, "1": 1, "0p316": 10**-0.5, "0p1": 0.1}
NAMES = {"inf": r"\infty", "10": "10", "3p16": "10^{1/2}", "1": "1", "0p316": "10^{-1/2}", "0p1": "10^{-1}"}
HALF, POINTS, TOP = 2.0, 17, 6.5


def tables(cold):
    y2 = torch.linspace(-HALF, HALF, POINTS, dtype=torch.float64)
    y = torch.stack([torch.zeros_like(y2), y2], dim=1)
    weights = {"untrained": UNTRAINED, "trained": cold.net.w}
    columns = {f"{name}-{b}": free_energy(y, w, beta) for name, w in weights.items() for b, beta in BETAS.items()}
    labels = {"y2": r"$\cy_2$", "free": r"$\Fwarm(0, \cy_2)$"} | {
        f"trained-{b}": rf"$\cbeta={name}$" for b, name in NAMES.items()
    }
    centre = POINTS // 2
    return {
        "free-energy": Curve(y2, labels, over="y2", **columns),
        "values": Values(
            coefficient_hot=np.polyfit(y2, columns["trained-0p1"], 2)[0],  # of the parabola that fits best
            half=HALF, top=TOP, points=POINTS, betas=len(BETAS), crossing=[w[1].abs() for w in weights.values()],
            centre_cold_trained=columns["trained-inf"][centre], centre_hot_trained=columns["trained-0p1"][centre],
            centre_cold_untrained=columns["untrained-inf"][centre],
            centre_hot_untrained=columns["untrained-0p1"][centre],
        ),
    }  # fmt: skip


def preview(axes, tables):
    table, values, last = tables["free-energy"], tables["values"], len(BETAS) - 1
    panels = axes.panels(2, size=(6.5, 3.6), sharey=True)
    for ax, name, crossing in zip(panels, ("untrained", "trained"), values["crossing"], strict=True):
        for at in (-crossing, crossing):
            ax.axvline(at, color=axes.colour("reconstruction"), linestyle=(0, (4, 3)), linewidth=0.6)
        for k, b in enumerate(BETAS):
            shade, column = axes.shade("heat", k / last), f"{name}-{b}"
            ax.plot(table.y2, table.columns[column], ".-", color=shade, clip_on=False)
            if name == "trained":
                end = table.y2[-1], table.columns[column][-1]
                axes.note(ax, table.labels[column], end, shade, (4, -4 * (k == 0)), ha="left")
        ax.set(xlim=(-HALF, HALF), ylim=(0, TOP), xticks=[-1, 0, 1], yticks=range(7))
        ax.grid(visible=False, axis="x")
        axes.label(ax, x=table.labels["y2"], y=table.labels["free"], title=name)
    axes.note(panels[0], "manifold", (values["crossing"][0], 0.84 * TOP), "reconstruction", rotation=90)
    axes.outer()
