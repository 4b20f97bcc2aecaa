"""Ein Ton einer Trommel: $J_2(kr)\\cos 2\\varphi$.

Ein kreisrundes Fell als Fläche im Raum, am Rand eingespannt: zwei Berge und zwei Täler innen, und außen, jenseits eines
ruhenden Kreises, noch einmal vier, flacher und umgekehrt. Darunter liegen am Boden die Linien, auf denen nichts schwingt:
ein Kreis und zwei gekreuzte Durchmesser.
"""

import math

import torch

from pipeline.table import Path2D, Points, Values

ORDER, RINGS, WAYS = 2, 18, 60
FLOOR = -2.2
FIRST = 2.404825557695773  # the first zero of J₀: the drum’s lowest note


def bessel(x):
    """J₂ of numbers from 0 on, by J₂ = 2J₁/x − J₀ and, near 0, by x²/8."""
    safe = x.clamp(min=1e-2)
    return torch.where(x < 1e-2, x**2 / 8, 2 / safe * torch.special.bessel_j1(safe) - torch.special.bessel_j0(safe))


def zero(low, high):
    """Where J₂ is 0 between two numbers, by halving."""
    low, high = (torch.tensor(float(end), dtype=torch.float64) for end in (low, high))
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if bessel(low) * bessel(middle) > 0 else (low, middle)
    return (low + high) / 2


def tables():
    inner, rim = zero(4, 6), zero(7, 9)
    r, turn = torch.meshgrid(
        torch.linspace(0, 1, RINGS + 1, dtype=torch.float64),
        torch.linspace(0, 2 * math.pi, WAYS + 1, dtype=torch.float64),
        indexing="ij",
    )
    top = bessel(torch.linspace(0, float(rim), 4001, dtype=torch.float64)).max()
    u = bessel(rim * r) * torch.cos(ORDER * turn) / top
    x, y = r * turn.cos(), r * turn.sin()
    once = torch.linspace(0, 2 * math.pi, 97, dtype=torch.float64)
    circle = torch.stack([once.cos(), once.sin()], dim=1)
    cross = [
        torch.tensor([[math.cos(a), math.sin(a)], [-math.cos(a), -math.sin(a)]]) for a in (math.pi / 4, 3 * math.pi / 4)
    ]
    labels = {"x": "$x$", "y": "$y$", "value": r"$\hoehe$"}
    return {
        "fell": Points(x.ravel(), y.ravel(), labels, value=u.ravel()),
        "ruhe": Path2D([circle * (inner / rim), *cross], labels),
        "rand": Path2D([circle], labels),
        "values": Values(ways=WAYS + 1, floor=FLOOR, inner=inner, rim=rim, ratio=inner / rim, overtone=rim / FIRST),
    }


def preview(axes, tables):
    (ax,) = axes.panels(1, size=(5, 4), subplot_kw={"projection": "3d"})
    table, ways = tables["fell"], tables["values"]["ways"]
    shape = (-1, ways)
    ax.plot_surface(*(column.reshape(shape) for column in (table.x, table.y, table.value)), cmap="fell", linewidth=0)
    axes.label(ax, **{k: table.labels[k] for k in ("x", "y")})
