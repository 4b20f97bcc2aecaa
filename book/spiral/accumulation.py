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
SHORT = 3  # points between the common end and the heads that reach it
MARGIN = 0.0015  # about the arrows, in units of the gradient

LABELS = {"x": r"$\partial\Loss/\partial b_{2,2}$", "y": r"$\partial\Loss/\partial b_{2,3}$"}
ALONG = [0.55, 0.55, 0.3, 0.64, 0.55, 0.55, 0.55, 0.55]  # where a number stands beside its arrow
WHOLE = (  # as in a display
    r"$\dfrac{\partial\Loss}{\partial\vtheta}"
    r"=\sum_{m=1}^{%d}\dfrac{\nsamples_m}{\nsamples}\,\dfrac{\partial\Loss_m}{\partial\vtheta}$"
)


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
    parts, whole = tables["parts"], tables["whole"]
    first, last = (
        Arrows(*(column[share] for column in parts.columns.values())) for share in (slice(-1), slice(-1, None))
    )
    axes.arrows(ax, whole, ["loss"], width=2.9, head=12, short=SHORT)
    axes.arrows(ax, first, ["ink"], width=1.4, head=6)
    axes.arrows(ax, last, ["ink"], width=1.4, head=6, short=SHORT)
    ax.grid(visible=False)
    ax.plot([0, *whole.u], [0, *whole.v], "o", color=axes.colour("ink"), markersize=4, zorder=4)
    for number, (along, x, y, u, v) in enumerate(zip(ALONG, *tables["parts"].columns.values(), strict=True), 1):
        left = 8 / math.hypot(u, v)  # of the arrow, in pt
        axes.note(ax, f"{number}", (x + along * u, y + along * v), "annotation", (-v * left, u * left))
    middle, head = (whole.u[0] / 2, whole.v[0] / 2), (parts.x[5], parts.y[5])
    axes.note(ax, "whole batch", middle, "loss", (-8, -14), ha="right", size=None)
    axes.note(ax, WHOLE % tables["values"]["batches"], middle, place=(-8, -40), ha="right", size=None)
    axes.note(ax, f"{tables['values']['batches']} mini-batches", head, place=(4, 12), ha="left", size=None)
    xlim, ylim = zip(tables["values"]["low"], tables["values"]["high"], strict=True)
    ax.set(xlim=xlim, ylim=ylim, aspect="equal")
    ax.locator_params(nbins=5)
    axes.label(ax, **tables["whole"].labels)
