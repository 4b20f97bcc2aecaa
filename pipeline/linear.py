"""Linear layers that are quick on full batches: in memory, each row holds one feature of all points.

Matrix products, sums and softargmax then run over rows as long as the batch. With a row for each point, as is usual,
they run over its few features, and take about twice as long.

    Linear               nn.Linear that is quick so
    Linears              one layer of several nets, side by side
    cross_entropy(s, y)  the mean cross-entropy of linear outputs
    quick(net)           the net whose layers nn.Linear have become Linear; a build does so with the net of build()
"""

from collections.abc import Sequence
from typing import TypeVar

import torch
from torch import Tensor, nn

__all__ = ["Linear", "Linears", "cross_entropy", "quick"]

MANY = 512  # points; with fewer, a call costs more than what it computes
Net = TypeVar("Net", bound=nn.Module)


class Linear(nn.Linear):
    """nn.Linear whose output for x of shape (n, features) is the transpose of a contiguous matrix."""

    def forward(self, x: Tensor) -> Tensor:
        """Shape (…, outputs) for x of shape (…, features)."""
        if x.ndim != 2 or len(x) < MANY or self.bias is None:
            return super().forward(x)
        return torch.addmm(self.bias[:, None], self.weight, x.T).T


def quick(net: Net) -> Net:
    """The same net, whose layers nn.Linear have become Linear; their parameters stay as they are."""
    for layer in net.modules():
        if type(layer) is nn.Linear:  # a subclass may compute something else
            layer.__class__ = Linear
    return net


class Linears(nn.Module):
    """One linear layer of several nets, which are computed side by side: weights and biases are batched matrices.

    layers : a layer of each net, all of one shape, whose initial weights are taken.
    """

    def __init__(self, layers: Sequence[nn.Linear]) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.stack([layer.weight.detach() for layer in layers]))  # (net, output, input)
        self.bias = nn.Parameter(torch.stack([layer.bias.detach()[:, None] for layer in layers]))  # (net, output, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Shape (nets, output, n) for x of shape (nets, input, n), or (input, n) where all nets see the same points."""
        if x.ndim == 3:
            return torch.baddbmm(self.bias, self.weight, x)
        return torch.addmm(self.bias.flatten(0, 1), self.weight.flatten(0, 1), x).unflatten(0, self.bias.shape[:2])


def cross_entropy(s: Tensor, y: Tensor) -> Tensor:
    """The mean cross-entropy of linear outputs and classes, of shape ().

    s : linear outputs, of shape (n, classes) or (nets, n, classes); y : classes, as integers of shape (n,).

    It equals nn.functional.cross_entropy, whose softargmax over a few classes takes twenty times as long as this one,
    which runs over many points.
    """
    logarithms = s.mT.log_softmax(dim=-2)  # (…, classes, n)
    return -logarithms.gather(-2, y.expand(*s.shape[:-2], 1, -1)).mean()
