"""The plane of y, with the manifold on it, and energies over a turn of the latent: what the chapter's figures share."""

import math

import torch

from book.ellipse.energy import LATENTS, decode
from pipeline.table import Path2D

LABELS = {"x": r"$\cy_1$", "y": r"$\cy_2$"}
OVER_Z = {"x": r"$\cz$", "y": r"$\cE(\vy, \cz)$"}
HALF = [2.5, 2.0]  # of the window that shows the samples
TURN = torch.cat([LATENTS, LATENTS.new_tensor([2 * math.pi])])  # the latents, and the first again


def manifold(w):
    """The closed line through the points g(z)."""
    return Path2D([decode(w, TURN)], LABELS)


def turn(ax):
    """Gives Matplotlib's axes one turn of the latent."""
    ax.set(xlim=(0, 2 * math.pi), xticks=[0, math.pi, 2 * math.pi], xticklabels=["0", r"$\pi$", r"$2\pi$"])
