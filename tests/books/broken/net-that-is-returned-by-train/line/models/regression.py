"""A straight line fitted by gradient descent."""

import torch
from torch import nn

from book.line.data import sample
from pipeline.training import Run


def build():
    return nn.Linear(1, 1)


def train(net, seed):
    optimiser = torch.optim.SGD(net.parameters(), lr=0.3)
    run = Run(net, epochs=100, keep=(0,))
    x, y = run.moved(*sample(50, seed=0))
    for _ in run:
        loss = nn.functional.mse_loss(net(x), y)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        run.record(loss=loss)
    return net
