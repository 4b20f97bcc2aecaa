"""Five spiral arms.

Five arms of 1,000 points each wind about the origin by two fifths of a turn; each arm has its own colour and number.
They are the data of the chapter: K arms of M points,
θ_k(t) = (2t + k − 1) 2π/K + 0.2 ε,  x = a(t) [sin θ, cos θ],  t from 0 to 1, ε ~ N(0, 1).
"""

import math

import torch

from pipeline.table import Points, Values

SEED = 0  # of the data, which all models of the chapter share


def arms(classes=5, points=1000, radius=lambda t: 0.8 * t + 0.2):
    """x of shape (classes · points, 2), a coordinate a row in memory, and y of shape (classes · points,), the arms'
    numbers, arm by arm."""
    generator = torch.Generator().manual_seed(SEED)
    t = torch.linspace(0, 1, points).repeat(classes)
    y = torch.arange(classes).repeat_interleave(points)
    theta = (2 * t + y) * 2 * math.pi / classes + 0.2 * torch.randn(len(t), generator=generator)
    return torch.stack([radius(t) * theta.sin(), radius(t) * theta.cos()]).T, y


def three_arms():
    """The classic three arms, which start at the origin."""
    return arms(classes=3, radius=lambda t: t)


def square(resolution, half=1.25):
    """A square grid: its axis of shape (resolution,) and its points of shape (resolution², 2), row by row."""
    axis = torch.linspace(-half, half, resolution)
    x2, x1 = torch.meshgrid(axis, axis, indexing="ij")
    return axis, torch.stack([x1.ravel(), x2.ravel()], dim=1)


def accuracy(s, y):
    """The share of linear outputs s, of shape (…, n, classes), that are largest at y, of shape (n,)."""
    return (s[..., torch.arange(len(y)), y] == s.amax(dim=-1)).float().mean()


NAMES = [(0.81, -0.84), (-0.62, -0.98), (-0.99, 0.69), (-0.12, 1.12), (1.1, 0.45)]  # of the arms, clear of points
LABELS = {"x": r"$\cx_1$", "y": r"$\cx_2$"}


def by_arm(xy, y, every=1, name="arm", labels=LABELS):
    """{"arm-0": Points, …} of points (n, 2) by their classes y (n,); `every` thins them."""
    groups = {k: xy[y == k][::every] for k in range(int(y.max()) + 1)}
    return {f"{name}-{k}": Points(*group.T, labels=labels) for k, group in groups.items()}


def ends(classes, turned=0, radius=1.19):
    """Where the arms' names stand, beyond their outer ends θ_k(1), turned by an angle: shape (classes, 2).

    radius : one, or one in each direction, for names that are wider than high.
    """
    theta = (2 + torch.arange(classes)) * 2 * math.pi / classes + turned
    return radius * torch.stack([theta.sin(), theta.cos()], dim=1)


def tables():
    x, y = arms()
    values = Values(
        points=len(x),
        classes=5,
        points_each=1000,
        ends=NAMES,
        half=1.35,
    )
    return by_arm(x, y) | {"values": values}


def preview(axes, tables):
    (ax,), half, ticks = axes.panels(1, size=(4.5, 4.5)), tables["values"]["half"], [-1, 0, 1]
    axes.plane(ax, xlim=(-half, half), ylim=(-half, half), xticks=ticks, yticks=ticks)
    axes.draw(ax, *(tables[f"arm-{k}"] for k in range(5)), roles=axes.roles("class", 5))
    axes.number(ax, tables["values"]["ends"], "class", r"$\cy={}$", size=None)
    axes.label(ax, **LABELS)
