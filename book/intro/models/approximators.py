"""Nets with a hidden layer of 1 to 32 units and (·)⁺, on one bumpy function; of each size there are eight."""

import torch
from torch import nn

from pipeline.training import Run

SIZES = (1, 2, 4, 8, 32)
TRIES, STEPS, RATE = 8, 6000, 3e-2
HALF, POINTS = 3.0, 181  # of the interval; places on it, evenly apart


def bumpy(x):
    """What is to be approximated, (n,)."""
    return torch.sin(2 * x) + 0.6 * torch.sin(5 * x + 1)


def sample():
    """x, y of shape (n,), without noise."""
    x = torch.linspace(-HALF, HALF, POINTS, dtype=torch.float64)
    return x, bumpy(x)


class Approximators(nn.Module):
    """Nets Σ v_k (w_k x + b_k)⁺ + a of one size, whose corners begin anywhere on the interval."""

    def __init__(self, size):
        super().__init__()
        w, corners = torch.randn(TRIES, size, 1), HALF * (2 * torch.rand(TRIES, size, 1) - 1)
        self.w, self.b = nn.Parameter(w), nn.Parameter(-w * corners)
        self.v, self.a = nn.Parameter(torch.randn(TRIES, size, 1) / size**0.5), nn.Parameter(torch.zeros(TRIES, 1))

    def parts(self, x):
        """What each unit adds, of shape (tries, units, n), for x of shape (n,)."""
        return self.v * (self.w * x + self.b).relu()

    def forward(self, x):
        """Predictions of shape (tries, n)."""
        return self.parts(x).sum(dim=1) + self.a


def build():
    return nn.ModuleList(Approximators(size) for size in SIZES).double()  # rounding would change which one is best


def train(net, seed):
    # The nets share no weight, so the gradient of the sum trains each by its own loss.
    optimiser = torch.optim.Adam(net.parameters(), lr=RATE, betas=(0.9, 0.99), fused=True)
    run = Run(net, STEPS)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, STEPS)
    x, y = run.moved(*sample())
    for _ in run:
        losses = [(each(x) - y).square().mean(dim=1) for each in net]
        loss = torch.stack(losses).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        run.record(loss=loss)
    return run.history, run.snapshots
