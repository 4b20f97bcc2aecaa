"""Turn, stretch, turn.

Four planes in a square, joined by arrows. At the upper left a lavender circle, run through counter-clockwise, with two
arrows at right angles to its rim, v₁ and v₂. An arrow downwards, the transpose of V, leads to the same circle turned,
so that v₁ lies along the first axis and v₂ along the second. An arrow to the right, Σ, leads to an aqua ellipse, longer
than wide, whose half axes lie along the axes of the plane. An arrow upwards, U, leads to the ellipse turned, with half
axes σ₁u₁ and σ₂u₂. A last arrow, from the upper left to the upper right, is W itself. Dots on the rims show where
points of the circle go; one of them has a ring around it, and arrowheads show that all rims are run through the same
way.
"""

import math

import torch

from pipeline.table import Arrows, Path2D, Points, Values

W = torch.tensor([[0.4, -0.8], [1.4, 1.2]], dtype=torch.float64)
DOTS, FINE = 24, 240  # of each rim; points of its line
HEADS = [73, 193]  # the points of the line at which arrowheads stand
HALF = 2.05  # of the windows
STAGES = {"r": r"$\vr$", "turned": r"$\mV\tr\vr$", "stretched": r"$\mSigma\mV\tr\vr$", "s": r"$\vsmap = \mW\vr$"}
AXES = {
    "r": [r"$\vrsv_1$", r"$\vrsv_2$"],
    "turned": [r"$\mV\tr\vrsv_1$", r"$\mV\tr\vrsv_2$"],
    "stretched": [r"$\mSigma\mV\tr\vrsv_1$", r"$\mSigma\mV\tr\vrsv_2$"],
    "s": [r"$\sigma_1\vlsv_1$", r"$\sigma_2\vlsv_2$"],
}
ONTO = [  # of the preview's panels: from where, to where, the map's name and its place
    (0, 1, (1.05, 0.5), (-0.05, 0.5), r"$\mW$", (1.1, 0.56)),
    (0, 2, (0.5, -0.05), (0.5, 1.05), r"$\mV\tr$", (0.58, -0.1)),
    (2, 3, (1.05, 0.5), (-0.05, 0.5), r"$\mSigma$", (1.1, 0.56)),
    (3, 1, (0.5, 1.05), (0.5, -0.05), r"$\mU$", (0.57, 1.1)),
]
NAMED = {  # of each arrow: where along it its name stands, and on which side, in degrees
    "r": [(1, 45), (1, 135)],
    "turned": [(1, 315), (1, 45)],
    "stretched": [(0.36, 270), (1, 45)],
    "s": [(0.5, 0), (1, 225)],
}


def factors(w):
    """U, σ, V of w (2, 2) = U diag(σ) Vᵀ, of which V is a rotation, and v₁ points up."""
    u, sigma, vt = torch.linalg.svd(w)
    signs = torch.ones(2, dtype=w.dtype)
    signs[0] = torch.sign(vt[0, 1])
    signs[1] = torch.sign(torch.linalg.det(vt)) * signs[0]
    return u * signs, sigma, vt.T * signs


def circle(points):
    """The unit circle, counter-clockwise from the right and closed, of shape (points + 1, 2)."""
    turn = torch.linspace(0, 2 * math.pi, points + 1, dtype=torch.float64)
    return torch.stack([turn.cos(), turn.sin()], dim=1)


def area(outline):
    """The area within a closed outline (n, 2) that is run through counter-clockwise, by Gauss's formula."""
    x, y = outline.T
    return (x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2


def tables():
    u, sigma, v = factors(W)
    maps = {"r": torch.eye(2, dtype=W.dtype), "turned": v.T, "stretched": sigma[:, None] * v.T}
    maps["s"] = u @ maps["stretched"]
    results = {}
    for name, stage in maps.items():
        rim, dots, axes = (xy @ stage.T for xy in (circle(FINE), circle(DOTS)[:-1], v.T))
        results[f"{name}-rim"] = Path2D([rim])
        results[f"{name}-dots"] = Points(*dots.T)
        results[f"{name}-axes"] = Arrows(*torch.zeros_like(axes).T, *axes.T)
    rims = [circle(FINE) @ stage.T for stage in (maps["r"], maps["s"])]
    return results | {
        "values": Values(
            half=HALF, heads=HEADS, stages=[*STAGES], titles=[*STAGES.values()],
            names=[*AXES.values()], named=[*NAMED.values()],
            w_1_1=W[0, 0], w_1_2=W[0, 1], w_2_1=W[1, 0], w_2_2=W[1, 1],
            sigma_1=sigma[0], sigma_2=sigma[1], determinant=torch.linalg.det(W),
            area_ratio=area(rims[1]) / area(rims[0]),
            error=(W @ v - u * sigma).abs().max(),
            turn_v=-math.degrees(torch.atan2(v[1, 0], v[0, 0])),  # by which the transpose of V turns
            turn_u=math.degrees(torch.atan2(u[1, 0], u[0, 0])),
        ),
    }  # fmt: skip


def preview(axes, tables):
    values, panels = tables["values"], axes.panels(2, 2, size=(6, 6), sharex=True, sharey=True)
    order = [panels[0], panels[2], panels[3], panels[1]]
    for k, (ax, name) in enumerate(zip(order, values["stages"], strict=True)):
        role = "predictor" if k < 2 else "decoder"
        axes.plane(ax, xlim=(-HALF, HALF), ylim=(-HALF, HALF), xticks=[-1, 0, 1], yticks=[-1, 0, 1])
        cross(axes, ax, tables[f"{name}-rim"], tables[f"{name}-dots"], role)
        arrows = tables[f"{name}-axes"]
        axes.arrows(ax, arrows, ["ink"], width=1.3, head=6)
        for label, u, v, (along, side) in zip(AXES[name], arrows.u, arrows.v, NAMED[name], strict=True):
            ways = {0: "left", 45: "left", 315: "left", 135: "right", 225: "right"}
            place = {"ha": ways.get(side, "center"), "size": None, "on": role if along < 1 else ""}
            axes.note(
                ax, label, (along * u, along * v), place=axes.aside(side, 12 if side % 180 == 90 else 10), **place
            )
        axes.note(ax, STAGES[name], (0.03, 0.97), xycoords="axes fraction", ha="left", va="top", size=None)
    axes.figure.get_layout_engine().set(wspace=0.16, hspace=0.16)
    for start, end, tail, tip, name, place in ONTO:
        shaft = {"arrowstyle": "-|>", "color": axes.colour("ink"), "linewidth": 1.2, "mutation_scale": 14}
        panels[start].annotate(
            "", tip, tail, xycoords=panels[end].transAxes, textcoords=panels[start].transAxes, arrowprops=shaft,
            annotation_clip=False,
        ).set_in_layout(False)  # fmt: skip
        axes.note(panels[start], name, place, xycoords="axes fraction", size=None)
        panels[start].texts[-1].set_in_layout(False)


def cross(axes, ax, rim, dots, role):
    """A tinted area with its rim and its dots, the first in a ring, over the axes of the plane."""
    ax.fill(rim.x, rim.y, color=axes.tinted(role), zorder=1)
    for line in (ax.axhline(0), ax.axvline(0)):
        line.set(color=axes.colour("axis"), linewidth=0.5, zorder=2)
    ax.plot(rim.x, rim.y, color=axes.colour(role))
    tip = {"arrowstyle": "-|>", "color": axes.colour(role), "shrinkA": 0, "shrinkB": 0, "mutation_scale": 12}
    for k in HEADS:
        ax.annotate("", (rim.x[k + 3], rim.y[k + 3]), (rim.x[k], rim.y[k]), arrowprops=tip)
    ax.plot(dots.x, dots.y, "o", color=axes.colour(role), markersize=3)
    ax.plot(dots.x[:1], dots.y[:1], "o", markerfacecolor="none", color=axes.colour("ink"), markersize=5.5)
