"""Wie ein Stab auskühlt.

Die Temperatur längs eines Stabes zu sechs Zeiten, vom warmen Rot zum kalten Blau: erst ein Kasten in der Mitte, dann
eine Glocke, die breiter und flacher wird, zuletzt ein niedriger Sinusbogen zwischen den beiden Enden, die auf null
gehalten werden.
"""

import math

import torch

from pipeline.table import Curve, Values

CELLS, STEP = 200, 5e-5  # of the rod, whose length is 1; in units of its square over the conductivity
TIMES = (0, 0.001, 0.005, 0.02, 0.05, 0.1)
WARM = (0.35, 0.65)


def start(x):
    """1 in the middle of the rod, 0 elsewhere, and half at the corners."""
    half = torch.tensor(0.5, dtype=torch.float64)
    up, down = ((sign * (x - corner)).round(decimals=9) for sign, corner in zip((1, -1), WARM, strict=True))
    return torch.heaviside(up, half) * torch.heaviside(down, half)


def cooled(u, times):
    """The temperatures (CELLS + 1,) at some times, by implicit steps of Crank and Nicolson after four of Euler's halves."""
    n = CELLS - 1
    second = torch.diag(torch.full((n,), -2.0, dtype=torch.float64))
    second += torch.diag(torch.ones(n - 1, dtype=torch.float64), 1) + torch.diag(
        torch.ones(n - 1, dtype=torch.float64), -1
    )
    pull, one = STEP * CELLS**2 / 2 * second, torch.eye(n, dtype=torch.float64)
    gentle = torch.linalg.inv(one - pull)  # half a step, which damps the corners
    step = torch.linalg.solve(one - pull, one + pull)
    found, inner, done = [u], u[1:-1], 0
    for time in times[1:]:
        steps = round(time / STEP)
        for k in range(done, steps):
            inner = gentle @ (gentle @ inner) if k < 2 else step @ inner
        done = steps
        found.append(torch.nn.functional.pad(inner, (1, 1)))
    return found


def tables():
    x = torch.linspace(0, 1, CELLS + 1, dtype=torch.float64)
    u = cooled(start(x), TIMES)
    labels = {"x": "Ort $x/L$", "y": r"Temperatur $\hoehe$"}
    return {
        "temperatur": Curve(x, labels, **{f"zeit{k}": values for k, values in enumerate(u)}),
        "values": Values(
            times=TIMES,
            tops=[values.max() for values in u],
            slowest=math.pi**2,
            last=u[-1].max(),
            left=u[-1].mean() / u[0].mean(),
        ),
    }


def preview(axes, tables):
    ax, n = axes[0], len(tables["values"]["times"])
    table = tables["temperatur"]
    for k in range(n):
        ax.plot(table.x, getattr(table, f"zeit{k}"), color=axes.shade("waerme", k / (n - 1)))
    axes.label(ax, x=table.labels["x"], y=table.labels["y"])
