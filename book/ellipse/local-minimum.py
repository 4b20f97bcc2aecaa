"""A local search may end in the wrong valley.

Two panels for one sample y above the untrained model's manifold. Left, its energy E(y, z) against the latent z has a
deep valley and, beyond a high ridge, a shallow one. Twenty-four dots on the curve, evenly spaced, are where searches
start: the filled ones end at a cross, at the bottom of the deep valley, the hollow ones at a ring, at the bottom of the
shallow one. Right, the same starts and ends on the manifold: the cross lies on the side that faces y, the ring on the
far side; dashed lines join y to both.
"""

import torch

from book.ellipse.data import samples
from book.ellipse.energy import LATENTS, UNTRAINED, decode, energy, free_energy
from book.ellipse.plane import LABELS, OVER_Z, TURN, manifold, turn
from pipeline.table import Curve, Points, Values

SAMPLE = 10  # its number, from 1; one with two valleys
STARTS = LATENTS[::2]
SAME = 1e-6  # what L-BFGS leaves of an energy to its minimum is less, and the two valleys differ by more
NEAR = 0.01  # two places of a latent that are one
WINDOW = [-2.0, 2.0, -0.8, 1.8]  # of the plane: left, right, bottom, top


def search(y, start, w=UNTRAINED):
    """Where L-BFGS on the continuous z ends on E(y, z), from z = start, with steps that satisfy the strong Wolfe
    conditions."""
    z = start.clone().requires_grad_()
    optimiser = torch.optim.LBFGS([z], tolerance_grad=1e-9, tolerance_change=1e-12, line_search_fn="strong_wolfe")

    def closure():
        optimiser.zero_grad()
        e = energy(y, w, z[None]).sum()
        e.backward()
        return e

    optimiser.step(closure)
    return z.detach() % (2 * torch.pi)


def valleys(y, z, w=UNTRAINED, around=4800):
    """The bottom of the valley of E(y, ·) that holds each of z (k,), downhill on a fine grid: shape (k,)."""
    grid = torch.arange(around, dtype=torch.float64) * 2 * torch.pi / around
    e = energy(y, w, grid)
    neighbours = torch.stack([e.roll(1), e, e.roll(-1)]).argmin(dim=0) - 1
    onwards = (torch.arange(around) + neighbours) % around
    for _ in range(around.bit_length()):  # twice as far each time
        onwards = onwards[onwards]
    return grid[onwards[(z / (2 * torch.pi) * around).round().long() % around]]


def tables():
    y = samples()
    ends = torch.stack([torch.stack([search(sample, start) for start in STARTS]) for sample in y])  # (sample, start)
    reached = torch.stack([energy(sample, UNTRAINED, z) for sample, z in zip(y, ends, strict=True)])
    least = free_energy(y, UNTRAINED)  # by exhaustive search
    wrong = reached > least[:, None] + SAME

    own_valley = torch.stack([valleys(sample, STARTS) for sample in y])
    stray = ((ends - own_valley + torch.pi) % (2 * torch.pi) - torch.pi).abs() > NEAR

    chosen, own = y[SAMPLE - 1], wrong[SAMPLE - 1]
    results = {"energy": Curve(TURN, OVER_Z, energy=energy(chosen, UNTRAINED, TURN)), "manifold": manifold(UNTRAINED)}
    for name, group in (("right", ~own), ("wrong", own)):
        starts, end = STARTS[group], ends[SAMPLE - 1, group][:1]
        for what, z in (("starts", starts), ("end", end)):
            results[f"{what}-{name}"] = Points(z, energy(chosen, UNTRAINED, z), OVER_Z)
            results[f"{what}-{name}-plane"] = Points(*decode(UNTRAINED, z).T, LABELS)
    return results | {
        "sample": Points(*chosen[:, None], LABELS),
        "values": Values(
            sample=SAMPLE, starts=len(STARTS), right=(~own).sum(), wrong=own.sum(), search=least[SAMPLE - 1],
            energy_right=reached[SAMPLE - 1, ~own].max(), energy_wrong=reached[SAMPLE - 1, own].max(),
            searches=wrong.numel(), stray=stray.sum(), share_wrong=100 * wrong.double().mean(), window=WINDOW, top=6,
        ),
    }  # fmt: skip


def preview(axes, tables):
    left, right = axes.panels(2, size=(6.5, 2.7), width_ratios=[1, 1.35])
    values, sample, manifold = tables["values"], tables["sample"], tables["manifold"]
    x0, x1, y0, y1 = values["window"]
    axes.plane_axes(right, **LABELS, xlim=(x0, x1), ylim=(y0, y1))
    axes.draw(left, tables["energy"], roles=["energy"])
    right.plot(manifold.x, manifold.y, color=axes.colour("reconstruction"), linewidth=0.6)
    y = sample.x[0], sample.y[0]
    for ax, suffix in ((left, ""), (right, "-plane")):
        for name, mark, role in (("right", "X", "cold"), ("wrong", "o", "energy")):
            starts, end = tables[f"starts-{name}{suffix}"], tables[f"end-{name}{suffix}"]
            full = axes.colour("latent" if name == "right" else "paper")
            ax.plot(starts.x, starts.y, "o", color=axes.colour("latent"), markerfacecolor=full, markersize=3.5)
            fill, rim = (axes.colour(each) for each in ((role, "paper") if mark == "X" else ("paper", role)))
            style = {"markersize": 7, "markeredgewidth": 0.6 if mark == "X" else 1.5, "zorder": 3}
            ax.plot(end.x, end.y, mark, color=fill, markeredgecolor=rim, **style)
            if suffix:
                axes.distance(ax, y, (end.x[0], end.y[0]), role)
            else:
                axes.note(ax, f"{values[name]} starts", (end.x[0], end.y[0]), "latent", (0, -12))
    axes.scale_bar(right, 1)
    right.plot(*y, "o", color=axes.colour("target"), markersize=4)
    axes.note(right, r"$\vy$", y, place=(-8, 5), size=None)
    axes.note(right, r"$\vytilde$", (min(manifold.x), 0), place=(-7, 8), size=None)
    turn(left)
    left.set(ylim=(0, values["top"]), yticks=range(0, values["top"] + 1, 2))
    axes.label(left, **OVER_Z)
