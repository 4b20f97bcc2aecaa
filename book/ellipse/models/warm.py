"""The decoder, trained at β = 1: each step lowers one sample's F_β."""

from book.ellipse.data import samples
from book.ellipse.decoder import Decoder, fit

BETA = 1.0


def build():
    return Decoder()


def train(net, seed):
    return fit(net, samples(), BETA, steps=960)
