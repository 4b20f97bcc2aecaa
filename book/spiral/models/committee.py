"""Ten classifiers 2-100-5 with (·)⁺ that differ in nothing but where they began, on fewer points of the five arms."""

import torch
from torch import nn

from book.spiral.data import arms
from book.spiral.steps import fit
from pipeline.linear import Linears

MEMBERS, POINTS = 10, 200  # points of each arm


class Committee(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = Linears([nn.Linear(2, 100) for _ in range(MEMBERS)])
        self.output = Linears([nn.Linear(100, 5) for _ in range(MEMBERS)])

    def forward(self, x):
        """Linear outputs of shape (members, n, 5) for x of shape (n, 2)."""
        return self.output(self.hidden(x.T).relu()).mT


def build():
    return Committee()


def sample():
    """What they are trained on: x of shape (1000, 2), y of shape (1000,)."""
    return arms(points=POINTS)


def train(net, seed):
    # The loss is the mean of the members' own, so each has a tenth of its gradient. Adam's step is the same for a tenth
    # as for the whole, if only decay and epsilon are a tenth, too.
    optimiser = torch.optim.Adam(net.parameters(), lr=1e-3, weight_decay=1e-5 / MEMBERS, eps=1e-8 / MEMBERS, fused=True)
    return fit(net, *sample(), optimiser, epochs=2000)
