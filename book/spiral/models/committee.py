"""Ten classifiers 2-100-5 with (·)⁺ that differ in nothing but where they began."""

from torch import nn

from book.spiral.data import arms
from book.spiral.steps import adam
from pipeline.linear import Linears, cross_entropy
from pipeline.training import Run

MEMBERS = 10


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


def train(net, seed):
    optimiser = adam(net)
    run = Run(net, epochs=2000)
    x, y = run.moved(*arms(points=200))
    for _ in run:
        loss = cross_entropy(net(x), y)
        optimiser.zero_grad()
        # Summed over members, averaged over points: each member's own loss.
        (loss * MEMBERS).backward()
        optimiser.step()
        run.record(loss=loss)
    return run.history, run.snapshots
