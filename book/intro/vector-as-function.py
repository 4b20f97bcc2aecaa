"""A vector is a function, and a function a vector.

Four panels of one wave, which rises and falls about nought. In the first three, stems with dots stand at 5, at 15 and
at 60 places, as many as the vector has components, and each is as high as its component. In the last one the stems have
merged into an area under a curve: a component for each real number.
"""

import torch

from pipeline.table import Curve, Path2D, Values

SIZES = [5, 15, 60]
TICKS = {5: [1, 2, 3, 4, 5], 15: [1, 5, 10, 15], 60: [1, 20, 40, 60]}
HALF, HEIGHT = 3.0, 2.0  # of the stretch of real numbers that is shared out, and of all panels
RIM = 0.03  # of it: what panels show beyond, at either end
LABELS = {"x": "$k$", "y": r"$\ce_k$", "t": "$t$"}


def wave(t):
    """A function of the real numbers, of which all panels show values."""
    return 1.1 * torch.sin(1.7 * t + 1) + 0.7 * torch.cos(4.1 * t + 0.8)


def places(size):
    """The middles of so many equal parts of the stretch, (size,)."""
    return HALF * (2 * torch.arange(size, dtype=torch.float64) + 1 - size) / size


def tables():
    results = {f"vector-{size}": Curve(torch.arange(1, size + 1), LABELS, y=wave(places(size))) for size in SIZES}
    end = HALF * (1 + 2 * RIM)
    t = torch.linspace(-end, end, 401, dtype=torch.float64)
    curve = torch.stack([t, wave(t)], dim=1)
    ends = torch.tensor([[end, 0], [-end, 0]], dtype=torch.float64)
    return results | {
        "function": Curve(t, LABELS, y=wave(t)),
        "under": Path2D([torch.cat([curve, ends])]),
        "values": Values(
            sizes=SIZES, half=end, rim=RIM, height=HEIGHT, **{f"ticks_{size}": ticks for size, ticks in TICKS.items()}
        ),
    }  # fmt: skip


def preview(axes, tables):
    for ax, size in zip(axes.panels(2, 2, size=(6.5, 3.8), sharey=True), SIZES, strict=False):
        table = tables[f"vector-{size}"]
        ax.vlines(table.x, 0, table.y, color=axes.colour("energy"), linewidth=0.9)
        ax.plot(table.x, table.y, "o", color=axes.colour("energy"), markersize=3.2 if size < 60 else 2.2)
        ax.set(xlim=(0.5 - RIM * size, size * (1 + RIM) + 0.5), xticks=TICKS[size])
        axes.label(ax, x=LABELS["x"], y=LABELS["y"] if size != 15 else "", title=rf"$\ve \in \R^{{{size}}}$")
    last, function = axes.all[-1], tables["function"]
    axes.area(last, tables["under"].x, tables["under"].y, "energy")
    last.plot(function.x, function.y, color=axes.colour("energy"))
    last.set(xlim=(min(function.x), max(function.x)), xticks=[-2, 0, 2])
    axes.label(last, x=LABELS["t"], title=r"$\ce\colon \R \to \R$")
    for ax in axes.all:
        ax.set(ylim=(-HEIGHT, HEIGHT), yticks=[-1, 0, 1])
        ax.grid(visible=False, axis="x")
        ax.axhline(0, color=axes.colour("axis"), linewidth=0.5, zorder=1)
