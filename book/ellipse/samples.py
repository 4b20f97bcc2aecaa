"""The samples, and the model before it is trained.

The plane of y. Twenty-four numbered samples lie around the origin on a wide ellipse, unevenly spread. Inside it lies a
much flatter one with 48 dots: the untrained model's manifold. Its latent z runs from 0 at the left end through π/2 at
the top to π at the right end, and on below.
"""

import math

import torch

from book.ellipse.data import samples
from book.ellipse.energy import LATENTS, UNTRAINED, circle, decode, free_energy
from book.ellipse.plane import HALF, LABELS, manifold
from pipeline.table import Points, Values

QUARTERS = LATENTS[::12]
APART = 0.17  # of a number from its sample


def directions(y):
    """Where each sample's number stands, in degrees: far from other samples and numbers, and rather outwards."""
    angles = torch.arange(0, 360, 15)
    round_ = circle(angles.deg2rad().double())
    taken, found = y, []
    for sample in y:
        spots = sample + APART * round_
        room = torch.cdist(spots, taken).amin(dim=1)  # at most APART, which is the sample's own distance
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
    ax = axes[0]
    axes.draw(
        ax, tables["manifold"], tables["samples"], tables["quarters"], roles=["reconstruction", "target", "latent"]
    )
    for number, (x, y) in enumerate(zip(tables["samples"].x, tables["samples"].y, strict=True), 1):
        angle = math.radians(tables["values"]["directions"][number - 1])
        ax.annotate(
            number, (x, y), (8 * math.cos(angle), 8 * math.sin(angle)), textcoords="offset points",
            ha="center", va="center", fontsize=7, color=axes.colour("target"),
        )  # fmt: skip
    axes.plane(ax)
    ax.margins(0.1)
    axes.label(ax, **LABELS)
