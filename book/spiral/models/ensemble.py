"""Ten regression nets 1-100-1, five with (·)⁺ and five with tanh, on one cubic with uniform noise."""

import torch
from torch import nn

from pipeline.linear import Linears
from pipeline.training import Run

NETS = 10


def sample():
    """x, y of shape (100, 1): y = x³ + 0.3 U(0, 1) on [−1, 1]; the noise's variance, 0.0075, is the floor."""
    generator = torch.Generator().manual_seed(0)
    x = torch.linspace(-1, 1, 100)[:, None]
    return x, x**3 + 0.3 * torch.rand(x.shape, generator=generator)


class Ensemble(nn.Module):
    def __init__(self):
        super().__init__()
        hidden, output = zip(*[(nn.Linear(1, 100), nn.Linear(100, 1)) for _ in range(NETS)], strict=True)
        self.hidden, self.output = Linears(hidden), Linears(output)

    def forward(self, x):
        """Predictions of shape (nets, n, 1) for x of shape (n, 1)."""
        relu, tanh = self.hidden(x.T).chunk(2)
        return self.output(torch.cat([relu.relu(), tanh.tanh()])).mT


def build():
    return Ensemble()


def train(net, seed):
    # The nets share no weight, so the gradient of the sum trains each by its own loss.
    optimiser = torch.optim.Adam(net.parameters(), lr=1e-3, fused=True)
    run = Run(net, epochs=1000)
    x, y = run.moved(*sample())
    for _ in run:
        losses = (net(x) - y).square().mean(dim=(1, 2))
        optimiser.zero_grad()
        losses.sum().backward()
        optimiser.step()
        run.record(loss=losses.mean())
    return run.history, run.snapshots
