"""Three arms, 2-100-3 without a non-linearity."""

import torch
from torch import nn

from book.spiral.data import three_arms
from book.spiral.steps import fit


def build():
    return nn.Sequential(nn.Linear(2, 100), nn.Linear(100, 3))


def train(net, seed):
    return fit(net, *three_arms(), torch.optim.SGD(net.parameters(), lr=1e-3, fused=True), epochs=1000)
