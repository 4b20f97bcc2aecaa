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
    left, right = axes.panels(2, size=(7.5, 2.9), width_ratios=[1, 1.35])
    axes.draw(left, tables["energy"], roles=["energy"])
    axes.draw(right, tables["manifold"], tables["sample"], roles=["reconstruction", "target"])
    for ax, suffix in ((left, ""), (right, "-plane")):
        for name, start, end, role in (("right", "o", "x", "cold"), ("wrong", "o", "o", "energy")):
            starts, (x, y) = tables[f"starts-{name}{suffix}"], tables[f"end-{name}{suffix}"].columns.values()
            ax.plot(
                starts.x,
                starts.y,
                start,
                color=axes.colour("latent"),
                fillstyle="full" if name == "right" else "none",
                markersize=3,
            )
            ax.plot(x, y, end, color=axes.colour(role), fillstyle="none", markeredgewidth=1.5)
    turn(left)
    left.set_ylim(0)
    axes.plane(right)
    right.margins(0.12)
    axes.note(right, r"$\vy$", (tables["sample"].x[0], tables["sample"].y[0]), "target", (0, 9))
    for name, role in (("right", "cold"), ("wrong", "energy")):
        (x,), (y,) = tables[f"end-{name}"].columns.values()
        axes.note(left, f"{len(tables[f'starts-{name}'].x)} starts", (x, y), role, (0, -12))
    axes.label(left, **OVER_Z)
    axes.label(right, **LABELS)
