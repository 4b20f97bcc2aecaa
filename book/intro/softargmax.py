"""Shares of five numbers, from hot to cold.

On the left five numbers as stems; the third is the largest, the fourth nearly as large, the fifth the least. Beside
them six panels with their softargmax as bars, from an inverse temperature of 0 to infinity. At 0 all five bars have a
fifth. The colder it is, the higher the third bar and the lower the others; the fourth rises with it at first, and falls
later. At infinity the third bar has all. Above it stands its share in each panel.
"""

import math

import torch

from book.intro.softness import E, softargmax
from pipeline.table import Bars, Curve, Values

BETAS = {"0": 0, "0p3": 0.3, "1": 1, "3": 3, "10": 10, "inf": math.inf}
NAMES = {"0": "0", "0p3": "0.3", "1": "1", "3": "3", "10": "10", "inf": r"\infty"}
HALF = 2.0  # of the window of the numbers


def tables():
    k = torch.arange(1, len(E) + 1)
    labels = {"x": "$k$", "share": r"$\softargmax_{\cbeta}(\ve)_k$"}
    shares = {name: softargmax(E, beta) for name, beta in BETAS.items()}
    results = {
        f"beta-{name}": Bars(k, labels | {"title": rf"$\cbeta={NAMES[name]}$"}, share=share)
        for name, share in shares.items()
    }
    return results | {
        "numbers": Curve(k, {"x": "$k$", "y": r"$\ce_k$"}, y=E),
        "values": Values(
            size=len(E), half=HALF, betas=[*BETAS], largest=[share.max() for share in shares.values()],
            place=E.argmax() + 1, **{f"largest_{name}": share.max() for name, share in shares.items()},
            **{f"second_{name}": share.sort().values[-2] for name, share in shares.items()},
        ),
    }  # fmt: skip


def preview(axes, tables):
    values, numbers = tables["values"], tables["numbers"]
    first, *panels = axes.mosaic("0123;0456", (6.5, 3.6), width_ratios=[1.25, 1, 1, 1])
    first.vlines(numbers.x, 0, numbers.y, color=axes.colour("energy"), linewidth=0.9)
    first.plot(numbers.x, numbers.y, "o", color=axes.colour("energy"), markersize=4)
    first.axhline(0, color=axes.colour("axis"), linewidth=0.5)
    first.set(xlim=(0.5, values["size"] + 0.5), ylim=(-values["half"], values["half"]), yticks=[-2, -1, 0, 1, 2])
    first.set_xticks(numbers.x)
    first.grid(visible=False, axis="x")
    axes.label(first, x=numbers.labels["x"], title=numbers.labels["y"])
    last = len(panels) - 1
    for n, (ax, name) in enumerate(zip(panels, values["betas"], strict=True)):
        bars = tables[f"beta-{name}"]
        ax.bar(bars.x, bars.share, 0.7, color=axes.shade("heat", 1 - n / last))
        ax.set(xlim=(0.3, values["size"] + 0.7), ylim=(0, 1.2), yticks=[0, 0.5, 1])
        ax.set_xticks(bars.x, labels=[] if n < 3 else None)
        ax.tick_params(axis="x", length=0)
        if n % 3:
            ax.tick_params(labelleft=False)
        ax.grid(visible=False, axis="x")
        axes.label(ax, title=bars.labels["title"], x=bars.labels["x"] if n >= 3 else "")
        if n % 3 == 0:
            axes.label(ax, y=bars.labels["share"])
        share = values["largest"][n]
        axes.note(ax, rf"{100 * share:.0f} %", (values["place"], share), place=(0, 7))
