"""The cold free energy as a bowl.

The untrained model's F∞ as a surface over the plane of y, seen from the side and from above: a long bowl, dark at the
bottom, cut off at a level rim. Its mesh is of level rings, equally far from one another, and of the ways down to the
nearest points of the manifold; the steps between the rings are higher the farther out they lie. Along the middle of
the bottom runs a sharp ridge, about a third as high as the rim. On the floor beneath lie three level rings with their
values, 0.04, 0.16 and 0.36, around the manifold, a flat ellipse.
"""

import math

import numpy as np
import torch

from book.ellipse.energy import UNTRAINED, circle, free_energy
from book.ellipse.plane import LABELS, manifold
from pipeline.table import Path2D, Points, Values

TOP = 0.36  # what is higher is cut off; the ridge rises to 0.13
STEPS = 8  # rings of the surface outside the manifold, equally far apart
ROWS = 3  # inside, up to the ridge
WAYS = 60  # the ways down, as many as points of a ring
RINGS = [0.04, 0.16, TOP]  # on the floor
WINDOW = 2.2, 1.1  # half of its width and height
FLOOR = -0.36  # where the floor lies on the axis of F∞, to be seen beneath the surface


def outwards(z):
    """Unit normals of the manifold at z, shape (k, 2)."""
    normal = circle(z) / UNTRAINED
    return normal / normal.norm(dim=-1, keepdim=True)


def beside(z, distance):
    """The points at a distance outside the manifold, nearest to g(z): shape (k, 2)."""
    return UNTRAINED * circle(z) + distance * outwards(z)


def ridge(z):
    """Where the normal at z meets the long axis: inside, the points that are equally near to two of the manifold. Shape
    (k, 2)."""
    a, b = UNTRAINED.abs()
    return torch.stack([UNTRAINED[0].sign() * (a - b**2 / a) * z.cos(), torch.zeros_like(z)], dim=-1)


def even():
    """WAYS + 1 latents once around, whose points half way up the bowl are equally far apart."""
    fine = torch.linspace(0, 2 * math.pi, 4001, dtype=torch.float64)
    steps = beside(fine, math.sqrt(TOP) / 2).diff(dim=0).norm(dim=-1)
    way = np.append(0, steps.cumsum(dim=0))
    return torch.as_tensor(np.interp(np.linspace(0, way[-1], WAYS + 1), way, fine))


def tables():
    z = even()
    share = torch.linspace(0, 1, ROWS + 1, dtype=torch.float64)[:-1, None, None]  # from the ridge to the manifold
    inside = (1 - share) * ridge(z) + share * UNTRAINED * circle(z)
    distances = torch.linspace(0, math.sqrt(TOP), STEPS + 1, dtype=torch.float64)
    y = torch.cat([inside, torch.stack([beside(z, distance) for distance in distances])])  # (ring, way, 2)
    height = free_energy(y, UNTRAINED).clamp(max=TOP)
    rings = [beside(z, math.sqrt(ring)) for ring in RINGS]
    return {
        "bowl": Points(*y.reshape(-1, 2).T, LABELS | {"value": r"$\Fcold(\vy)$"}, value=height.ravel()),
        "rings": Path2D(rings, LABELS),
        "manifold": manifold(UNTRAINED),
        "values": Values(
            window=WINDOW,
            top=TOP,
            floor=FLOOR,
            ways=WAYS + 1,
            levels=RINGS,
            ends=[ring[5 * WAYS // 8] for ring in rings],
        ),
    }


def preview(axes, tables):
    values = tables["values"]
    (ax,) = axes.panels(1, size=(5, 4), subplot_kw={"projection": "3d"})
    ax.computed_zorder = False  # the floor is drawn first
    bowl = [column.reshape(-1, values["ways"]) for column in tables["bowl"].columns.values()]
    for name, role in (("rings", "axis"), ("manifold", "reconstruction")):
        for piece in (table := tables[name]).pieces():
            ax.plot(table.x[piece], table.y[piece], values["floor"], color=axes.colour(role))
    ax.plot_surface(*bowl, cmap="relief", edgecolor=axes.colour("rim"), linewidth=0.2, rstride=1, cstride=1, zorder=3)
    right, top = values["window"]
    ax.set(
        xlim=(-right, right),
        ylim=(-top, top),
        zlim=(values["floor"], values["top"]),
    )
    axes.space(ax, (22, 48), (right, top, 1))
    ax.grid(False)
    axes.label(ax, **LABELS, z=tables["bowl"].labels["value"])
