"""Ten classifiers 2-100-5 with (·)⁺ that differ in nothing but where they began."""

import torch
from torch import nn
from torch.nn.functional import cross_entropy

from book.spiral.data import arms
from book.spiral.steps import adam
from pipeline.training import Run

MEMBERS = 10


class Committee(nn.Module):
    """Members side by side as batched matrices, each initialised as nn.Linear is."""

    def __init__(self):
        super().__init__()
        hidden = [nn.Linear(2, 100) for _ in range(MEMBERS)]
        output = [nn.Linear(100, 5) for _ in range(MEMBERS)]
        for name, layers in (("1", hidden), ("2", output)):
            weights = torch.stack([layer.weight.detach().T for layer in layers])  # (member, input, output)
            biases = torch.stack([layer.bias.detach()[None] for layer in layers])  # (member, 1, output)
            self.register_parameter("w" + name, nn.Parameter(weights))
            self.register_parameter("b" + name, nn.Parameter(biases))

    def forward(self, x):
        """Linear outputs of shape (members, n, 5) for x of shape (n, 2)."""
        h = torch.relu(x @ self.w1 + self.b1)
        return h @ self.w2 + self.b2


def build():
    return Committee()


def train(net, seed):
    x, y = arms(points=200)
    optimiser = adam(net)
    run = Run(net, epochs=2000)
    for _ in run:
        s = net(x)
        # Summed over members, averaged over points: each member's own loss.
        loss = cross_entropy(s.flatten(0, 1), y.repeat(MEMBERS)) * MEMBERS
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        run.record(loss=loss.item() / MEMBERS)
    return run.history, run.snapshots
