"""Ten regression nets 1-100-1, five with (·)⁺ and five with tanh, on one cubic with uniform noise."""

import torch
from torch import nn

from pipeline.training import Run


def sample():
    """x, y of shape (100, 1): y = x³ + 0.3 U(0, 1) on [−1, 1]; the noise's variance, 0.0075, is the floor."""
    generator = torch.Generator().manual_seed(0)
    x = torch.linspace(-1, 1, 100)[:, None]
    return x, x**3 + 0.3 * torch.rand(x.shape, generator=generator)


class Ensemble(nn.ModuleList):
    def forward(self, x):
        """Predictions of shape (nets, n, 1) for x of shape (n, 1)."""
        return torch.stack([net(x) for net in self])


def build():
    activations = 5 * [nn.ReLU] + 5 * [nn.Tanh]
    return Ensemble(nn.Sequential(nn.Linear(1, 100), activation(), nn.Linear(100, 1)) for activation in activations)


def train(net, seed):
    x, y = sample()
    # The nets share no weight, so the gradient of the sum trains each by its own loss.
    optimiser = torch.optim.Adam(net.parameters(), lr=1e-3, fused=True)
    run = Run(net, epochs=1000)
    for _ in run:
        losses = (net(x) - y).square().mean(dim=(1, 2))
        optimiser.zero_grad()
        losses.sum().backward()
        optimiser.step()
        run.record(loss=losses.mean().item())
    return run.history, run.snapshots
