"""How the chapter's classifiers are trained: full batches and the five steps."""

import torch

from book.spiral.data import accuracy
from pipeline.linear import cross_entropy
from pipeline.training import Run


def step(net, optimiser, x, y):
    """One step on a batch; returns the linear output and the loss before it."""
    s = net(x)
    loss = cross_entropy(s, y)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return s, loss


def adam(net):
    return torch.optim.Adam(net.parameters(), lr=1e-3, weight_decay=1e-5, fused=True)


def fit(net, x, y, optimiser, epochs, keep=()):
    """Trains on the whole of x (n, 2) and y (n,) at every step; history: loss and accuracy before each."""
    run = Run(net, epochs, keep)
    x, y = run.moved(x, y)
    for _ in run:
        s, loss = step(net, optimiser, x, y)
        run.record(loss=loss, accuracy=accuracy(s.detach(), y))
    return run.history, run.snapshots
