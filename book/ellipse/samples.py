"""The samples, and the model before it is trained.

The plane of y. Twenty-four numbered samples lie around the origin on a wide ellipse, unevenly spread. Inside it lies a
much flatter one with 48 dots: the untrained model's manifold. Its latent z runs from 0 at the left end through π/2 at
the top to π at the right end, and on below; the dots of these quarters are orange.
"""

import torch

from book.ellipse.data import samples
from book.ellipse.energy import LATENTS, UNTRAINED, circle, decode, free_energy
from book.ellipse.plane import HALF, LABELS, manifold
from pipeline.table import Points, Values

QUARTERS = LATENTS[::12]
APART = 0.17  # of a number from its sample
FLAT = torch.tensor([0.6, 1], dtype=torch.float64)  # numbers side by side need more room than those above one another


def directions(y):
    """Where each sample's number stands, in degrees: far from other samples, numbers and the axis, rather outwards."""
    angles = torch.arange(0, 360, 15)
    round_ = circle(angles.deg2rad().double())
    taken, found = y, []
    for k, sample in enumerate(y):
        spots, others = sample + APART * round_, torch.cat([taken[:k], taken[k + 1 :]])
        room = torch.cdist(spots * FLAT, others * FLAT).amin(dim=1).minimum(spots[:, 1].abs()).clamp(max=APART)
        best = (room + 0.1 * APART * round_ @ sample / sample.norm()).argmax()
        taken = torch.cat([taken, spots[best, None]])
        found.append(angles[best])
    return found


def tables():
    y = samples()
    return {
        "samples": Points(*y.T, LABELS),
        "manifold": manifold(UNTRAINED),
        "quarters": Points(*decode(UNTRAINED, QUARTERS).T, LABELS),
        "values": Values(
            samples=len(y), latents=len(LATENTS), w1=UNTRAINED[0], w2=UNTRAINED[1],
            distance=free_energy(y, UNTRAINED).sqrt().mean(),
            directions=directions(y),
            half=HALF,
        ),
    }  # fmt: skip


def preview(axes, tables):
    (ax,), manifold, samples = axes.panels(1, size=(5.5, 4.6)), tables["manifold"], tables["samples"]
    right, top = tables["values"]["half"]
    ends = {"xlim": (-right, right), "ylim": (-top, top)}
    axes.plane_axes(ax, **LABELS, **ends)
    axes.scale_bar(ax, 1)
    ax.plot(manifold.x, manifold.y, "o-", color=axes.colour("reconstruction"), linewidth=0.6, markersize=2.6)
    ax.plot(samples.x, samples.y, "o", color=axes.colour("target"), markersize=3)
    for number, (x, y, side) in enumerate(zip(samples.x, samples.y, tables["values"]["directions"], strict=True), 1):
        axes.note(ax, f"{number}", (x, y), "target", axes.aside(side, 8))
    axes.note(ax, r"$\vytilde$", (manifold.x[7], manifold.y[7]), place=(-7, 8), size=None)
    places = (r"$\cz=0$", (-18, -9)), (r"$\pi/2$", (15, 9)), (r"$\pi$", (8, 8)), (r"$3\pi/2$", (17, -9))
    ax.plot(tables["quarters"].x, tables["quarters"].y, "o", color=axes.colour("latent"), markersize=3.6)
    for x, y, (label, place) in zip(*tables["quarters"].columns.values(), places, strict=True):
        axes.note(ax, label, (x, y), "latent", place)
