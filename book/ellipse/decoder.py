"""The unconditional model: two weights, and how they are trained."""

import torch
from torch import nn

from book.ellipse.energy import UNTRAINED, decode, free_energy, slope
from pipeline.training import Run


class Decoder(nn.Module):
    """g(z) = [w₁ cos z, w₂ sin z] with the weights w of shape (2,)."""

    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(UNTRAINED.clone())

    def forward(self, z):
        return decode(self.w, z)


@torch.no_grad()
def fit(net, y, beta, steps, rate=0.02, keep=()):
    """Gradient descent on F_β, one sample of y (n, 2) a step, in a fixed shuffled order each epoch.

    history : the loss, which is the mean of F_β over all samples, and the weights, before each step.
    """
    generator = torch.Generator().manual_seed(0)
    run = Run(net, steps, keep)
    for step in run:
        if step % len(y) == 0:
            order = torch.randperm(len(y), generator=generator)
        run.record(loss=free_energy(y, net.w, beta).mean(), w1=net.w[0], w2=net.w[1])
        net.w -= rate * slope(y[order[step % len(y)]], net.w, beta)
    return run.history, run.snapshots
