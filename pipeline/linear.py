"""Linear layers that are quick on full batches: the points lie side by side in memory, a feature a row.

With rows as long as the batch, matrix products, sums and softargmax run over whole vectors; with a point a row they run
over its few features, and take about twice as long.
"""

import torch
from torch import nn

MANY = 512  # points; with fewer, the calls cost more than what they compute


class Linear(nn.Linear):
    """nn.Linear for x of shape (n, features): what it returns is the transpose of a contiguous matrix."""

    def forward(self, x):
        if x.ndim != 2 or len(x) < MANY or self.bias is None:
            return super().forward(x)
        return torch.addmm(self.bias[:, None], self.weight, x.T).T


def quick(net):
    """The same net, its linear layers with it; their parameters stay as they are."""
    for layer in net.modules():
        if type(layer) is nn.Linear:  # a subclass has its reasons
            layer.__class__ = Linear
    return net


class Linears(nn.Module):
    """Linear layers of one shape side by side, of as many nets: weights and biases are batched matrices.

    layers : list of nn.Linear, whose initial weights it takes.
    """

    def __init__(self, layers):
        super().__init__()
        self.weight = nn.Parameter(torch.stack([layer.weight.detach() for layer in layers]))  # (net, output, input)
        self.bias = nn.Parameter(torch.stack([layer.bias.detach()[:, None] for layer in layers]))  # (net, output, 1)

    def forward(self, x):
        """Shape (nets, output, n) for x of shape (nets, input, n), or (input, n) where all nets see the same."""
        if x.ndim == 3:
            return torch.baddbmm(self.bias, self.weight, x)
        return torch.addmm(self.bias.flatten(0, 1), self.weight.flatten(0, 1), x).unflatten(0, self.bias.shape[:2])


def cross_entropy(s, y):
    """The mean cross-entropy of linear outputs s, of shape (n, classes) or (nets, n, classes), and the classes y, of shape (n,).

    As torch's own, whose softargmax is twenty times slower over a few classes than over many points.
    """
    logarithms = s.mT.log_softmax(dim=-2)  # (…, classes, n)
    return -logarithms.gather(-2, y.expand(*s.shape[:-2], 1, -1)).mean()
