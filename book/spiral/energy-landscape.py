"""One class's energy as a landscape.

The cross-entropy F(x, y = 1) of the trained classifier as a surface over the plane, dark where it is low: a valley
winds from the middle outwards between steep walls, cut off at 30 nats. Beneath it, on the floor, lie the level lines
and the data: the arm of class 1 in large dots under the valley, the other four, in small ones, under the walls; each
carries its number.
"""

import numpy as np
import torch

from book.spiral.data import LABELS, arms, by_arm, square
from book.spiral.energies import HALF, cross_entropies
from pipeline.table import Contours, Field, Values

RESOLUTION = 45
FINE = 201  # nodes along a side, where pits are looked for
CLASS = 0
TOP = 30  # in nats: what is above is cut off
LEVELS = [0.1, 1, 2.5, 5, 10, 15]
NAMES = [(0.95, -0.7), (-0.85, -0.74), (-1.1, 0.27), (-0.7, 0.9), (0.95, 0.93)]  # where the arms' numbers stand
FLOOR = -38  # where the floor lies on the axis of energies, to be seen beneath the surface


def pits(energy, deep=1):
    """(local minima above `deep`, the share of nodes from which the steepest way down ends in one) of an energy on a
    grid (n, n): each node leads to the lowest of its eight neighbours, or is a minimum."""
    n = len(energy)
    rim = torch.nn.functional.pad(energy, (1, 1, 1, 1), value=float("inf"))
    around = torch.stack([rim[i : i + n, j : j + n] for i in range(3) for j in range(3)])
    lowest = around.argmin(dim=0)
    rows, columns = torch.meshgrid(torch.arange(n), torch.arange(n), indexing="ij")
    onwards = ((rows + lowest // 3 - 1) * n + columns + lowest % 3 - 1).ravel()
    ends = onwards
    for _ in range(2 * n.bit_length()):  # twice as far each time
        ends = ends[ends]
    pit = (onwards == torch.arange(n * n)) & (energy.ravel() > deep)
    return pit, pit[ends].float().mean()


def tables(classifier):
    axis, plane = square(RESOLUTION, HALF)
    energy = cross_entropies(classifier(plane))[:, CLASS].reshape(RESOLUTION, RESOLUTION)
    label = rf"$\energy(\vx, \cy={CLASS + 1})$"
    _, finer = square(FINE, HALF)
    found = [pits(each.reshape(FINE, FINE)) for each in cross_entropies(classifier(finer)).T]
    return by_arm(*arms(), every=8) | {
        "energy": Field(axis, axis, energy.clamp(max=TOP), LABELS | {"value": label}),
        "levels": Contours(axis, axis, energy, LEVELS, LABELS),
        "values": Values(
            half=HALF,
            top=TOP,
            floor=FLOOR,
            ends=NAMES,
            chosen=CLASS,
            maps_with_pits=sum(bool(pit.any()) for pit, _ in found),
            stuck=sum(share for _, share in found) / len(found),
        ),
    }


def preview(axes, tables):
    values, (x, y, energy) = tables["values"], tables["energy"].grid
    half, top, floor, classes = values["half"], values["top"], values["floor"], axes.roles("class", 5)
    (ax,) = axes.panels(1, size=(5, 5))
    ax = axes.space(ax, (28, 24), (1, 1, 1.02), 0.9 / 0.83, xlim=(-half, half), ylim=(-half, half), zlim=(floor, top))
    ax.set(xticks=[-1, 0, 1], yticks=[-1, 0, 1], zticks=(heights := range(0, top + 1, 10)))
    axes.tick_names(ax, z=[*map(str, heights[:-1]), rf"$\geq {top}$"])
    for piece in (lines := tables["levels"]).pieces():
        ax.plot(lines.x[piece], lines.y[piece], floor, color=axes.colour("axis"), linewidth=0.4)
    for k, role in enumerate(classes):
        own = k == values["chosen"]
        colour, arm = axes.colour(role), tables[f"arm-{k}"]
        ax.plot(arm.x, arm.y, floor, ".", color=colour, markersize=4 if own else 3)
    axes.number(ax, values["ends"], "class", more=[floor])
    axes.surface(ax, *np.meshgrid(x, y), energy)
    axes.label(ax, **LABELS)
    beside = {"size": None, "rotation": 90, "zdir": "z"}
    axes.note(ax, tables["energy"].labels["value"], (-1.37 * half, -1.2 * half, top / 2), **beside)
