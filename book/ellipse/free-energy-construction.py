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
    for ax, name in zip(axes.panels(2), BETAS, strict=True):
        axes.draw(ax, tables[f"{name}-curve"], roles=["ink"])
        for e, h in zip(values["energies"], values[f"heights-{name}"], strict=True):
            ax.plot([e, e, 0], [0, h, h], color=axes.colour("energy"), linestyle="--", linewidth=0.7)
        free, height = values[f"f-{name}"], values[f"height-{name}"]
        ax.plot([0, free, free], [height, height, 0], color=axes.colour("warm"))
        ax.set(xlim=(0, values["end"]), ylim=(0, 1))
        axes.label(ax, **tables[f"{name}-curve"].labels, title=rf"{name}, $\cbeta={values[f'beta-{name}']}$")
