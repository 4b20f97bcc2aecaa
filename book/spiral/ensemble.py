"""Where ten nets agree.

Five regression nets with (·)⁺, left, and five with tanh, right, fitted to a hundred noisy points of a cubic between −1
and 1: each net's prediction, their mean and a band of two standard deviations about it. Beyond the data they spread,
and none follows the cubic: they go straight on with (·)⁺ and level off with tanh. Below, between −1 and 1, how far they
are off, the cubic taken away: those with (·)⁺ agree on one zigzag in a narrow band, which crosses the level of nought
only now and then; the wider band of those with tanh mostly holds it.
"""

import torch

from book.spiral.models.ensemble import sample
from pipeline.table import Curve, Path2D, Points, Values

FAR, HEIGHT = 3, 5  # half the sides of the upper panels
OFF = 0.28  # half the height of the lower ones
LABELS = {"x": r"$\cx$", "y": r"$\cy$, $\violet{\tilde{y}}$", "cubic": r"$\E[\cy \mid \cx]$"}
OFF_LABELS = {"x": LABELS["x"], "y": r"$\cy$, $\violet{\tilde{y}}$ less $\E[\cy \mid \cx]$"}
GROUPS = {"relu": slice(0, 5), "tanh": slice(5, 10)}
TITLES = {"relu": r"$\relu{\cdot}$", "tanh": r"$\tanh$"}


def cubic(x):
    """The mean of y at x."""
    return x**3 + 0.15


def curves(name, x, nets, labels):
    """Of nets (net, position) at x: {name: their curves and their mean's, name-spread: the band of two deviations}."""
    mean, spread = nets.mean(dim=0), nets.std(dim=0)
    edge = torch.cat([torch.stack([x, mean + 2 * spread], dim=1), torch.stack([x, mean - 2 * spread], dim=1).flip(0)])
    each = {f"net{k}": net for k, net in enumerate(nets)}
    return {name: Curve(x, labels, mean=mean, **each), f"{name}-spread": Path2D([edge], labels)}


def tables(ensemble):
    x, y = sample()
    grid = torch.linspace(-FAR, FAR, 241)
    inside = grid.abs() <= 1
    predictions = ensemble(grid[:, None])[..., 0]  # (net, position)
    mse = (ensemble(x) - y).square().mean(dim=(1, 2))
    near = torch.linspace(-1.8, 1.8, 91)
    results = {
        "data": Points(x[:, 0], y[:, 0], labels=LABELS),
        "noise": Points(x[:, 0], (y - cubic(x))[:, 0], labels=OFF_LABELS),
        "cubic": Curve(near, LABELS, y=cubic(near)),
    }
    values = {"far": FAR, "height": HEIGHT, "off": OFF, "noise_floor": 0.3**2 / 12}
    for name, members in GROUPS.items():
        nets = predictions[members]
        mean, spread = nets.mean(dim=0), nets.std(dim=0)
        results |= curves(name, grid, nets, LABELS | {"title": TITLES[name]})
        results |= curves(f"{name}-off", grid[inside], (nets - cubic(grid))[:, inside], OFF_LABELS)
        values |= {
            f"mse_{name}": mse[members].mean(),
            f"mse_{name}_least": mse[members].min(),
            f"mse_{name}_greatest": mse[members].max(),
        }
        values[f"leaves_{name}"] = ((cubic(grid) - mean).abs() > 2 * spread)[inside].float().mean()
        values |= {f"spread_inside_{name}": spread[inside].mean(), f"spread_outside_{name}": spread[~inside].mean()}
    spread = predictions.std(dim=0)
    return results | {
        "values": Values(spread_inside=spread[inside].mean(), spread_outside=spread[~inside].mean(), **values)
    }


def preview(axes, tables):
    cubic, (low, high) = tables["cubic"], (min(tables["data"].x), max(tables["data"].x))
    panels = axes.panels(2, 2, size=(6.5, 4.6))
    true, found, single = axes.colour("target"), axes.colour("reconstruction"), axes.mixed("reconstruction", 0.85)
    for k, ax in enumerate(panels):
        name, off = [*GROUPS][k % 2], k > 1  # the lower ones are less the cubic
        curves, points = tables[f"{name}-off" if off else name], tables["noise" if off else "data"]
        (mean, *nets), edge = curves.series.values(), tables[f"{name}-off-spread" if off else f"{name}-spread"]
        ax.plot(points.x, points.y, ".", markersize=2.5, color=true, label="data")
        x, y = ([low, high], [0, 0]) if off else (cubic.x, cubic.y)
        ax.plot(x, y, "--", color=true, label=LABELS["cubic"], zorder=3)
        ax.plot(curves.x, mean, color=found, linewidth=1.6, label="mean of five", zorder=2.5)
        for n, net in enumerate(nets):
            ax.plot(curves.x, net, color=single, linewidth=0.6, label="_" if n else "one net")
        axes.area(ax, edge.x, edge.y, "reconstruction", label="mean ± 2 s.d.")
        axes.label(ax, x=LABELS["x"] if off else "", y="" if k % 2 else (OFF_LABELS if off else LABELS)["y"])
        if off:
            ax.set(xlim=(1.1 * low, 1.1 * high), ylim=(-OFF, OFF), yticks=[-0.2, -0.1, 0, 0.1, 0.2])
            continue
        ax.set(xlim=(-FAR, FAR), ylim=(-HEIGHT, HEIGHT), xticks=range(-2, 3))
        axes.label(ax, title=TITLES[name])
        for at in (low, high):
            axes.reference(ax, x=at)
        axes.note(ax, "data", (0, HEIGHT), "annotation", (0, -8))
    axes.legend(panels[0], below=True)
