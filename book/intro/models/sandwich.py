"""A disc and the ring around it, told apart by a net 2-3-1 with tanh after both of its linear maps."""

import math

import torch
from torch import nn

from pipeline.training import Run

EACH, STEPS, RATE = 300, 1500, 1e-2
KINDS = {"disc": (0.0, 0.8), "ring": (1.3, 1.9)}  # from which radius to which
GOAL = 0.9  # of the output for the ring, and its negative for the disc: tanh never reaches 1


def sample():
    """x (600, 2), evenly over the areas of both, the disc first; y (600,), 0 for the disc and 1 for the ring."""
    generator = torch.Generator().manual_seed(0)
    parts = []
    for inner, outer in KINDS.values():
        area, turn = torch.rand(2, EACH, generator=generator)
        radius, angle = (inner**2 + area * (outer**2 - inner**2)).sqrt(), 2 * math.pi * turn
        parts.append(radius[:, None] * torch.stack([angle.cos(), angle.sin()], dim=1))
    return torch.cat(parts), torch.arange(len(KINDS)).repeat_interleave(EACH)


def build():
    return nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1), nn.Tanh())


def train(net, seed):
    optimiser = torch.optim.Adam(net.parameters(), lr=RATE, fused=True)
    run = Run(net, STEPS)
    x, y = run.moved(*sample())
    goal = GOAL * (2 * y[:, None] - 1.0)
    for _ in run:
        loss = (net(x) - goal).square().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        run.record(loss=loss)
    return run.history, run.snapshots
