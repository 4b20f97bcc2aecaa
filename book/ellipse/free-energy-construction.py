"""The free energy of three energies, by construction.

Two panels with energies along the horizontal axis and a falling exponential curve, steep on the left, where it is
cold, and nearly straight on the right, where it is hot. Three energies on the axis are sent up to the curve and
across to the vertical axis; the mean of the three heights, marked there, goes back across to the curve and down to
the axis. In the cold panel it comes down close to the least energy, in the hot one just short of the arithmetic mean
of the three.
"""

import torch

from book.ellipse.energy import UNTRAINED, energy, free_energy
from pipeline.table import Curve, Points, Values

Y = torch.tensor([-1.3, 0.9], dtype=torch.float64)  # one observation
Z = torch.tensor([0.6, 1.2, 4.8], dtype=torch.float64)  # and three latents
BETAS = {"cold": 3, "hot": 0.25}


def tables():
    energies = energy(Y, UNTRAINED, Z)
    end = 1.12 * energies.max()
    e = torch.linspace(0, end, 100, dtype=torch.float64)
    results = {}
    values = {"energies": energies, "mean": energies.mean(), "least": energies.min(), "end": end}
    for name, beta in BETAS.items():
        heights = (-beta * energies).exp()
        free = free_energy(Y, UNTRAINED, beta, Z)
        results[f"{name}-curve"] = Curve(e, {"x": r"$\cE$", "y": r"$\exp(-\cbeta\,\cE)$"}, y=(-beta * e).exp())
        results[f"{name}-points"] = Points(energies, heights)
        values |= {
            f"beta_{name}": beta,
            f"f_{name}": free,
            f"heights_{name}": heights,
            f"height_{name}": heights.mean(),
            f"share_{name}": heights.max() / heights.sum(),  # of the heights, that of the least energy
        }
    return results | {"values": Values(**values)}


def preview(axes, tables):
    values = tables["values"]
    for ax, name in zip(axes.panels(2, size=(6.5, 3.4)), BETAS, strict=True):
        labels, heights = tables[f"{name}-curve"].labels, values[f"heights-{name}"]
        free, height, mean = values[f"f-{name}"], values[f"height-{name}"], values["mean"]
        axes.draw(ax, tables[f"{name}-curve"], roles=["ink"])
        for k, (e, h) in enumerate(zip(values["energies"], heights, strict=True), 1):
            ax.plot([e, e, 0], [0, h, h], color=axes.colour("energy"), linestyle="--", linewidth=0.7)
            ax.plot(e, 0, "o", color=axes.colour("energy"), markersize=4, clip_on=False)
            ax.plot([e, 0], [h, h], "o", color=axes.colour("energy"), markersize=2.6, clip_on=False)
            axes.note(ax, rf"$\cE_{k}$", (e, 0), place=(0, -9))
        ax.plot([0, free, free], [height, height, 0], color=axes.colour("warm"))
        ax.plot(free, 0, "v", color=axes.colour("warm"), markersize=5, clip_on=False)
        ax.plot([mean, mean], [0, 0.05], color=axes.colour("neutral"))
        axes.note(ax, r"$\Fwarm$", (free, 0), place=(0, -21))
        axes.note(ax, "mean", (0, height), "warm", (-4, 0), ha="right")
        axes.note(ax, r"mean of the $\cE$", (mean, 0.05), "neutral", (4, 4), ha="left")
        ax.spines[["top", "right"]].set_visible(False)
        ax.grid(visible=False)
        ax.set(xlim=(0, values["end"]), ylim=(0, 1), xticks=[], yticks=[0, 1])
        axes.label(ax, y=labels["y"] if name == "cold" else "", title=rf"{name}, $\cbeta={values[f'beta-{name}']}$")
        axes.note(ax, labels["x"], (values["end"], 0), place=(5, 0), ha="left", size=None)
