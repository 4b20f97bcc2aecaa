"""Gradients of mini-batches add up.

Eight numbered arrows, head to tail, in the plane of two components of the gradient: those of the biases of classes 2
and 3 in the untrained classifier. Each arrow is the gradient of one mini-batch of the shuffled data, weighted by its
share of the points; the first points nearly the wrong way. A bold arrow from the first tail to the last head is the
gradient of the whole batch, their sum.
"""

import math
from copy import deepcopy

import torch
from torch.nn.functional import cross_entropy

from book.spiral.data import arms
from pipeline.table import Arrows, Values

SIZE = 640  # of a mini-batch; the last has what is left
SHUFFLE = 1  # the seed of the order
MARGIN = 0.0015  # about the arrows, in units of the gradient

LABELS = {"x": r"$\partial\Loss/\partial b_{2,2}$", "y": r"$\partial\Loss/\partial b_{2,3}$"}
ALONG = 0.55  # where a number stands beside its arrow
WHOLE = r"$\pd{\Loss}{\vtheta}=\sum_m\frac{\nsamples_m}{\nsamples}\,\pd{\Loss_m}{\vtheta}$"


def gradient(net, x, y):
    """The gradient of the mean loss over all parameters, as a vector; the last five are the biases of the classes."""
    loss = cross_entropy(net(x), y)
    return torch.cat([g.ravel() for g in torch.autograd.grad(loss, list(net.parameters()))])


def tables(classifier):
    net = deepcopy(classifier.snapshots[0]).double().requires_grad_()
    x, y = arms()
    x = x.double()
    batches = torch.randperm(len(x), generator=torch.Generator().manual_seed(SHUFFLE)).split(SIZE)
    parts = torch.stack([len(batch) / len(x) * gradient(net, x[batch], y[batch]) for batch in batches])
    whole = gradient(net, x, y)
    heads = parts.cumsum(dim=0)
    plane = slice(-4, -2)  # of the biases of classes 2 and 3
    return {
        "parts": Arrows(*(heads - parts)[:, plane].T, *parts[:, plane].T, labels=LABELS),
        "whole": Arrows([0], [0], *whole[plane, None], labels=LABELS),
        "values": Values(
            batches=len(batches), batch_size=SIZE, last_size=len(batches[-1]), points=len(x), parameters=len(whole),
            sum_error=(heads[-1] - whole).abs().max(),
            along=ALONG, low=heads.amin(dim=0)[plane] - MARGIN, high=heads.amax(dim=0)[plane] + MARGIN,
        ),
    }  # fmt: skip


def preview(axes, tables):
    (ax,) = axes.panels(1, size=(5.5, 4.4))
    axes.draw(ax, tables["whole"], tables["parts"], roles=["loss", "ink"])
    ax.grid(visible=False)
    shafts, heads = ax.collections[::2], ax.collections[1::2]
    for shaft, head, width, length in zip(shafts, heads, (0.04, 0.019), (0.18, 0.08), strict=True):
        shaft.width, shaft.headlength, shaft.headaxislength = width, length / width, length / width
        head.width, head.scale = length / 6, 1 / length
    ax.plot(0, 0, "o", color=axes.colour("ink"), markersize=4)
    for number, (x, y, u, v) in enumerate(zip(*tables["parts"].columns.values(), strict=True), 1):
        left = 8 / math.hypot(u, v)  # of the arrow, in pt
        axes.note(ax, f"{number}", (x + ALONG * u, y + ALONG * v), "annotation", (-v * left, u * left))
    parts, whole = tables["parts"], tables["whole"]
    middle, head = (whole.u[0] / 2, whole.v[0] / 2), (parts.x[5], parts.y[5])
    axes.note(ax, "whole batch", middle, "loss", (-8, -14), ha="right", size=None)
    axes.note(ax, WHOLE, middle, place=(-8, -40), ha="right", size=14)
    axes.note(ax, f"{tables['values']['batches']} mini-batches", head, place=(4, 12), ha="left", size=None)
    xlim, ylim = zip(tables["values"]["low"], tables["values"]["high"], strict=True)
    ax.set(xlim=xlim, ylim=ylim, aspect="equal")
    ax.locator_params(nbins=5)
    axes.label(ax, **tables["whole"].labels)
