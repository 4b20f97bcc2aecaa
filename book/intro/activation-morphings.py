"""How three functions bend the plane.

Four planes. In the first, twelve circles and twenty-four rays around the origin lie under a round cloud of a thousand
dots, blue on the left and orange on the right, dark below and pale above. The positive part folds three quarters of it
away: all that was on the left stands on the vertical axis, all that was below on the horizontal one, and a quarter is
as it was. The sigmoid presses the plane into a square between 0 and 1, tanh into one between −1 and 1; near their
middles circles are still round, farther out they become squares with round corners. Under tanh the outer dots crowd
along the sides.
"""

import math

import torch

from book.intro.data import LABELS, cloud, moved
from pipeline.table import Path2D, Values

RINGS, RAYS = 12, 24
REACH = 3.6  # the greatest circle's radius: no point of the cloud lies beyond
FINE = 121  # points of a circle or a ray
NEAR = 0.02  # of a side of the square: so near the outer points crowd
MAPS = {  # title, function, and the window in both directions with its ticks
    "start": (r"$\vx$", lambda x: x, (-3.75, 3.75), [-3, 0, 3]),
    "relu": (r"$\relu{\vx}$", lambda x: x.clamp(min=0), (-0.25, 3.75), [0, 1, 2, 3]),
    "sigmoid": (r"$\sigma(\vx)$", torch.sigmoid, (-0.0625, 1.0625), [0, 0.5, 1]),
    "tanh": (r"$\tanh(\vx)$", torch.tanh, (-1.125, 1.125), [-1, 0, 1]),
}


def web():
    """Circles and rays around the origin: a list of lines, each of shape (FINE, 2)."""
    turn, out = torch.linspace(0, 2 * math.pi, FINE, dtype=torch.float64), torch.linspace(0, REACH, FINE).double()
    around = torch.stack([turn.cos(), turn.sin()], dim=1)
    circles = [REACH * (k + 1) / RINGS * around for k in range(RINGS)]
    angles = 2 * math.pi * torch.arange(RAYS, dtype=torch.float64) / RAYS
    return circles + [out[:, None] * torch.stack([angle.cos(), angle.sin()]) for angle in angles]


def tables():
    x, results = cloud(), {}
    for name, (title, function, _, _) in MAPS.items():
        results[name] = moved(function(x), x, LABELS | {"title": title})
        results[f"{name}-web"] = Path2D([function(line) for line in web()])
    relu, tanh = (MAPS[name][1](x) for name in ("relu", "tanh"))
    return results | {
        "values": Values(
            names=[*MAPS], swept="relu", windows=[window for *_, window, _ in MAPS.values()],
            **{f"ticks_{name}": ticks for name, (*_, ticks) in MAPS.items()}, points=len(x), rings=RINGS, rays=RAYS,
            origin=(relu == 0).all(dim=1).double().mean(), kept=(relu == x).all(dim=1).double().mean(),
            on_axes=((relu == 0).sum(dim=1) == 1).double().mean(),
            near_tanh=(1 - tanh.abs() < 2 * NEAR).any(dim=1).double().mean(),
            reach=x.norm(dim=1).max(),
        ),
    }  # fmt: skip


def preview(axes, tables):
    for ax, name in zip(axes.panels(2, 2, size=(6.5, 6.5)), MAPS, strict=True):
        title, _, window, ticks = MAPS[name]
        axes.plane(ax, xlim=window, ylim=window, xticks=ticks, yticks=ticks)
        for piece in (lines := tables[f"{name}-web"]).pieces():
            ax.plot(lines.x[piece], lines.y[piece], color=axes.colour("grid"), linewidth=0.4)
        axes.charted(ax, tables[name], size=2.2)
        if name == "relu":
            ax.plot(0, 0, "o", markerfacecolor="none", color=axes.colour("ink"), markersize=7)
        axes.label(ax, title=title)
