"""A net with one hidden layer, which follows a wave."""

import torch
from torch import nn

from pipeline.training import Run


def data():
    """x, y of shape (64, 1)."""
    x = torch.linspace(-1, 1, 64)[:, None]
    return x, torch.sin(3 * x)  # what is to be learnt


def build():
    return nn.Sequential(nn.Linear(1, 32), nn.Tanh(), nn.Linear(32, 1))


def train(net, seed):
    optimiser = torch.optim.Adam(net.parameters(), lr=0.01)
    run = Run(net, epochs=300)
    x, y = run.moved(*data())
    for _ in run:
        loss = nn.functional.mse_loss(net(x), y)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        run.record(loss=loss)
    return run.history, run.snapshots
