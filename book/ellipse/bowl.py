"""The cold free energy as a bowl.

The untrained model's F∞ as a surface over the plane of y, seen from the side and from above: a long bowl, dark at the
bottom, cut off at a level rim. Its mesh is of level rings, equally far from one another, and of the ways down to the
nearest points of the manifold; the steps between the rings are higher the farther out they lie. Along the middle of
the bottom runs a sharp ridge, a heavy white line, about a third as high as the rim. On the floor beneath lie three
level rings with their values, 0.04, 0.16 and 0.36, around the manifold, a flat ellipse.
"""

import math

import numpy as np
import torch

from book.ellipse.energy import UNTRAINED, circle, free_energy
from book.ellipse.plane import LABELS, manifold
from pipeline.table import Path2D, Path3D, Points, Values, towards

TOP = 0.36  # what is higher is cut off; the ridge rises to 0.13
STEPS = 9  # rings of the surface outside the manifold, equally far apart
ROWS = 3  # inside, up to the ridge
WAYS = 80  # the ways down, as many as points of a ring
RINGS = [0.04, 0.16, TOP]  # on the floor
WINDOW = 2.2, 1.1  # half of its width and height
FLOOR = -0.36  # where the floor lies on the axis of F∞, to be seen beneath the surface
GAP = 0.18  # to both sides of a ring's value, where the ring is not drawn
VIEW, RATIO = (22, 60), (2.2, 1.1, 1)  # from where the box is seen, and its edges
LIMITS = (-WINDOW[0], WINDOW[0]), (-WINDOW[1], WINDOW[1]), (FLOOR, TOP)
TOWARDS = torch.as_tensor(towards(VIEW, LIMITS, RATIO))[:2]  # the eye, in the plane


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
    """WAYS latents once around: from each to the next the rim goes on, and turns, by an equal share of both.

    The first and the last lie on the two sides of that way which leads straight towards the eye.
    """
    towards_eye = UNTRAINED * TOWARDS
    fine = torch.atan2(*towards_eye.flip(0)) + torch.linspace(0, 2 * math.pi, 4001, dtype=torch.float64)
    steps, turns = (path.diff(dim=0).norm(dim=-1) for path in (beside(fine, math.sqrt(TOP)), outwards(fine)))
    way = np.append(0, (steps / steps.sum() + turns / turns.sum()).cumsum(dim=0))
    return torch.as_tensor(np.interp((np.arange(WAYS) + 0.5) / WAYS * way[-1], way, fine))


def runs(z):
    """The ways in four runs, in the order in which they are drawn: two of far ones, then two of near ones.

    Each run begins with its farthest way, and those of a side have a way in common.
    """
    far = WAYS // 2
    sides = [*range(far, -1, -1)], [*range(far, WAYS), 0]
    nearer = outwards(z) @ TOWARDS
    turns = [next(k for k, way in enumerate(side) if nearer[way] > 0) for side in sides]
    return [s[: k + 1] for s, k in zip(sides, turns, strict=True)] + [s[k:] for s, k in zip(sides, turns, strict=True)]


def ring(level, z):
    """A level ring, open about its point beside g(z), where its value stands, and that point: shapes (n, 2), (2,)."""
    y = beside(z + torch.linspace(0, 2 * math.pi, 361, dtype=torch.float64), math.sqrt(level))
    return y[(y - y[0]).norm(dim=-1) > GAP], y[0]


def tables():
    z = even()
    share = torch.linspace(0, 1, ROWS + 1, dtype=torch.float64)[:-1, None, None]  # from the ridge to the manifold
    inside = (1 - share) * ridge(z) + share * UNTRAINED * circle(z)
    distances = torch.linspace(0, math.sqrt(TOP), STEPS + 1, dtype=torch.float64)
    y = torch.cat([inside, torch.stack([beside(z, distance) for distance in distances])])  # (ring, way, 2)
    height = free_energy(y, UNTRAINED).clamp(max=TOP)
    rings, ends = zip(*(ring(level, z[3 * k + 2]) for k, level in enumerate(RINGS)), strict=True)
    along = ridge(torch.linspace(0, math.pi, 61, dtype=torch.float64))  # from one end to the other
    results = {}
    for k, run in enumerate(runs(z)):
        corners, values = y[:, run], height[:, run]
        if k < 2:  # on the far side the rim is farther away than the ridge
            corners, values = corners.flip(0), values.flip(0)
        results[f"bowl-{k}"] = Points(
            *corners.transpose(0, 1).reshape(-1, 2).T, LABELS | {"value": r"$\Fcold(\vy)$"}, value=values.T.ravel()
        )
    return results | {
        "rings": Path2D(rings, LABELS),
        "manifold": manifold(UNTRAINED),
        "crease": Path3D([torch.cat([along, free_energy(along, UNTRAINED)[:, None]], dim=-1)]),
        "values": Values(
            window=WINDOW, top=TOP, floor=FLOOR, rows=len(y), levels=RINGS, ends=ends, view=VIEW, ratio=RATIO
        ),
    }


def preview(axes, tables):
    values, floor, height = tables["values"], tables["values"]["floor"], tables["values"]["top"]
    right, top = values["window"]
    (ax,) = axes.panels(1, size=(5.5, 4))
    limits = {"xlim": (-right, right), "ylim": (-top, top), "zlim": (floor, height)}
    ax = axes.space(ax, values["view"], values["ratio"], 0.861 / 0.568, **limits)
    ax.set(xticks=[-2, 0, 2], yticks=[-1, 0, 1], zticks=[0, *values["levels"][1:]])
    for name, role, weight in (("rings", "axis", 0.6), ("manifold", "reconstruction", 1.5)):
        for piece in (table := tables[name]).pieces():
            ax.plot(table.x[piece], table.y[piece], floor, color=axes.colour(role), linewidth=weight)
    for level, end in zip(values["levels"], values["ends"], strict=True):
        axes.note(ax, f"{level:g}", (*end, floor))
    for k in range(4):
        bowl = [column.reshape(-1, values["rows"]) for column in tables[f"bowl-{k}"].columns.values()]
        axes.surface(ax, *bowl, 0, height)
    crease = tables["crease"]
    ax.plot(crease.x, crease.y, crease.z, color=axes.colour("shine"), linewidth=1.5)
    axes.label(ax, **LABELS, z=tables["bowl-0"].labels["value"])
