"""Sectors: how the last layer of a 2-100-2-5 net divides the plane of its embedding, and that plane's window."""

import torch

from book.spiral.data import accuracy, by_arm
from pipeline.table import Points, Region

LABELS = {"x": r"$\green{h}_1$", "y": r"$\green{h}_2$"}
ROOM = 0.02  # about a sector's name, as a share of the window
LENGTHS = (0.1, 0.2, 0.5, 1, 2, 5, 10)  # of a scale bar


def clip(corners, height):
    """The part of a convex polygon where an affine function is positive (Sutherland & Hodgman, 1974).

    corners : (n, 2); height : the function there, (n,).
    """
    kept = []
    for p, q, a, b in zip(corners, corners.roll(-1, 0), height, height.roll(-1), strict=True):
        kept += [p] if a > 0 else []
        kept += [p + a / (a - b) * (q - p)] if a * b < 0 else []
    return torch.stack(kept) if kept else corners[:0]


def sectors(name, layer, lower, upper):
    """{"name-0": Region, …}: the convex polygons of a window where a linear layer's outputs are the largest; empty ones
    are left out."""
    (left, bottom), (right, top) = lower.tolist(), upper.tolist()
    found = {}
    for k in range(layer.out_features):
        corners = torch.tensor([[left, bottom], [right, bottom], [right, top], [left, top]])
        for j in set(range(layer.out_features)) - {k}:
            s = layer(corners)
            corners = clip(corners, s[:, k] - s[:, j])
        if len(corners):
            found[f"{name}-{k}"] = Region.inside([torch.cat([corners, corners[:1]])], LABELS)
    return found


def view(name, net, x, y, every, half=0.53):
    """Tables and values of one net's embedding, seen through a square window; half : its half side, by the longer side
    of what it holds."""
    h = net[:3](x)
    low, high = h.min(dim=0).values, h.max(dim=0).values
    centre, half = (low + high) / 2, half * (high - low).max()
    return through(name, net, x, y, every, centre - half, centre + half)


def through(name, net, x, y, every, lower, upper):
    """The same through a given square window."""
    tables = by_arm(net[:3](x), y, every, f"{name}-arm", LABELS) | sectors(f"{name}-sector", net[3], lower, upper)
    half = (upper - lower)[0] / 2
    bar = max(length for length in LENGTHS if length < half / 2)
    number = torch.stack([upper[0] - 0.08 * half - bar / 2, lower[1] + 0.12 * half])  # of the bar, above its middle
    under = net[3](number).argmax()
    return tables, {"lower": lower, "upper": upper, "bar": bar, "under_bar": under, "accuracy": accuracy(net(x), y)}


def roomiest(net, x, lower, upper, width=2.5, near=0.3, apart=1.5, resolution=40):
    """Where the sectors' names stand, (classes, 2): each sector's spot off the middle, farthest from points x (n, 2),
    the scale bar and other sectors; and how far these are, (classes,), as shares of the window.

    width : of a name, by its height; near : how near the middle it may come, as a share; apart : how many times as far
    from other sectors as from points.
    """
    share = torch.cartesian_prod(*[torch.linspace(0.08, 0.92, resolution)] * 2)  # of the window
    share = share[(share - 0.5).abs().max(dim=1).values > near]
    spots = lower + share * (upper - lower)
    bar = spots[(share[:, 0] > 0.6) & (share[:, 1] < 0.18)]
    wide = torch.tensor([1 / width, 1])
    free = torch.cdist(wide * spots, wide * torch.cat([net[:3](x), bar])).min(dim=1).values
    winner = net[3](spots).argmax(dim=1)
    between, classes = torch.cdist(wide * spots, wide * spots), range(net[3].out_features)
    border = torch.stack([between.masked_fill(winner == k, torch.inf).min(dim=1).values for k in classes])
    room = torch.minimum(free, border / apart)  # (classes, spots), 0 outside a class's sector
    most = room.max(dim=1)
    return spots[most.indices], most.values / (upper - lower).max()


def names(net, x, lower, upper):
    """The numbers of the classes, from 1, whose sectors have room for them, and where they stand."""
    spots, room = roomiest(net, x, lower, upper, width=0.8, near=0.1, apart=1)
    roomy = room > ROOM
    return Points(*spots[roomy].T, number=1 + roomy.nonzero()[:, 0])
