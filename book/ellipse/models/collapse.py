"""Decoders trained to the end at many temperatures: both weights together, and each with the other held at zero."""

import torch
from torch import nn

from book.ellipse.data import samples
from book.ellipse.energy import UNTRAINED, free_energy, slope
from pipeline.training import Run

RUNS = (0.1, 0.24, 8), (0.24, 0.39, 61), (0.39, 0.41, 17), (0.41, 0.5, 37), (0.5, 1.01, 52)  # finer where weights wake
BETAS = torch.cat([torch.linspace(*run, dtype=torch.float64)[:-1] for run in RUNS])
FREE = torch.tensor([[1, 1], [1, 0], [0, 1]], dtype=torch.float64)  # (case, weight): which weights are trained
STEPS, RATE = 800, 0.9


class Sweep(nn.Module):
    """Weights w of shape (cases, betas, 2), all trained at once."""

    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(FREE[:, None] * UNTRAINED.expand(len(BETAS), 2))


def build():
    return Sweep()


@torch.no_grad()
def train(net, seed):
    y, beta = samples(), BETAS[:, None]
    run = Run(net, STEPS)
    for step in run:
        w = net.w[:, :, None]  # (case, beta, 1, 2), against samples (24, 2)
        if step % 100 == 0:
            run.record(loss=free_energy(y, w, beta).mean())
        net.w -= RATE * FREE[:, None] * slope(y, w, beta).mean(dim=2)
    return run.history, run.snapshots
