"""Predictors 1-8-8-2 with (·)⁺ that bend the decoder's radii with x, several seeds side by side, at zero
temperature."""

from itertools import pairwise

import torch
from torch import nn

from book.ellipse.data import horn
from book.ellipse.energy import free_energy
from pipeline.linear import Linears
from pipeline.training import Run

SEEDS, EPOCHS = 8, 2500
LAYERS = (1, 8, 8, 2)


class Predictors(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = pairwise(LAYERS)
        self.layers = nn.ModuleList(
            Linears([nn.Linear(inputs, outputs) for _ in range(SEEDS)]) for inputs, outputs in sizes
        )

    def forward(self, x):
        """f(x) of shape (seeds, n, 2) for x of shape (n,)."""
        h = x[None].float()
        for layer in self.layers[:-1]:
            h = layer(h).relu()
        return self.layers[-1](h).mT


def build():
    return Predictors()


def losses(net, x, y):
    """The mean F∞ of each seed's predictor, shape (seeds,)."""
    return free_energy(y, net(x)).mean(dim=1)


def train(net, seed):
    optimiser = torch.optim.Adam(net.parameters(), lr=1e-2, fused=True)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, EPOCHS)
    run = Run(net, EPOCHS, keep=(0,))
    x, y = run.moved(*(column.float() for column in horn()))
    for _ in run:
        each = losses(net, x, y)
        optimiser.zero_grad()
        each.sum().backward()
        optimiser.step()
        schedule.step()
        run.record(loss=each.mean())
    return run.history, run.snapshots
