"""Five arms, 2-100-2-5: the hidden layer of two can be drawn."""

from torch import nn

from book.spiral.data import arms
from book.spiral.steps import adam, fit

EPOCHS = 2000
PRINTED = (0, 300, 1000, EPOCHS)  # at which the net is kept for its figure
FILMED = sorted({round(EPOCHS * (k / 120) ** 2) for k in range(121)})  # and for its film: ever farther apart


def build():
    return nn.Sequential(nn.Linear(2, 100), nn.ReLU(), nn.Linear(100, 2), nn.Linear(2, 5))


def train(net, seed):
    return fit(net, *arms(), adam(net), epochs=EPOCHS, keep=sorted({*PRINTED, *FILMED}))
