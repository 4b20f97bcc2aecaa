"""A valley of low energy, seen from its mouth.

The picture of the cover: the cross-entropy F(x, y = 1) of the trained classifier as a landscape without axes, dark
where it is low and bright where it is high. A wide dark valley opens towards the reader and winds to the right around a
spur, into the narrows between two walls; behind them the mountains rise to the horizon.
"""

import math

import numpy as np
import torch

from book.spiral.energies import cross_entropies
from pipeline.table import Field, Values

CLASS = 0
HALF, NEAR, FAR = 1.3, -2.7, 1.3  # how far the land reaches, to both sides and in depth
ACROSS, DEEP = 85, 77  # how many lines run in depth, and across
NEARER = 0.45  # of these, by which share they are wider apart near the reader, and closer far away
SIDE = math.pi / 4  # from where one looks, so that the valley opens towards the reader
TILT, RISE = math.radians(16), 1.28  # from how high one looks; how steep it is made
PAGE = 1.427  # the height of a page by its width
MILE, LOW = 0.54, 0.1  # half the land by the page's width; how high its origin stands on the page
HIGH = 25  # in nats: above, mountains hardly grow any more


def land():
    """The landscape's axes, across and in depth, and the points of its grid, row by row."""
    across, near = torch.linspace(-HALF, HALF, ACROSS), torch.linspace(1, 0, DEEP)
    deep = FAR + (NEAR - FAR) * near * (1 - NEARER + NEARER * near)
    v, u = torch.meshgrid(deep, across, indexing="ij")
    x = u * math.cos(SIDE) - v * math.sin(SIDE)
    return across, deep, torch.stack([x.ravel(), (u * math.sin(SIDE) + v * math.cos(SIDE)).ravel()], dim=1)


def tables(classifier):
    across, deep, plane = land()
    energy = cross_entropies(classifier(plane))[:, CLASS].reshape(DEEP, ACROSS)
    return {
        "height": Field(across, deep, 1 - torch.exp(-energy / HIGH)),
        "values": Values(
            half=HALF, near=NEAR, far=FAR, depth=math.sin(TILT), height=RISE * math.cos(TILT), mile=MILE, low=LOW
        ),
    }


def preview(axes, tables):
    values, (across, deep, height) = tables["values"], tables["height"].grid
    tilt, mile = math.asin(values["depth"]), MILE / values["half"]  # of the page's width
    side, near = 0.5 / mile, -LOW * PAGE / mile / values["depth"]  # what is nearer, or farther aside, the page cuts off
    sky = (2 * PAGE * side - values["depth"] * (values["far"] - near)) / values["height"]
    (ax,) = axes.panels(1, size=(4.5, 4.5))
    ratio = 2 * side, values["far"] - near, sky * values["height"] / math.cos(tilt)
    ends = {"xlim": (-side, side), "ylim": (near, values["far"]), "zlim": (0, sky)}
    ax = axes.space(ax, (0, math.degrees(tilt)), ratio, box=False, **ends)
    axes.surface(ax, *np.meshgrid(across, deep), height)
