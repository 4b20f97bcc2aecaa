"""Three arms, 2-100-3 with (·)⁺."""

from torch import nn

from book.spiral.data import three_arms
from book.spiral.steps import adam, fit


def build():
    return nn.Sequential(nn.Linear(2, 100), nn.ReLU(), nn.Linear(100, 3))


def train(net, seed):
    return fit(net, *three_arms(), adam(net), epochs=1000)
