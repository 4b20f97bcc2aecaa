"""The pieces into which nets with (·)⁺ cut a window, exactly: polygons, split by one unit's line after the other."""

import math
from itertools import pairwise

import torch

WIDTH, DEPTH = 8, 3


def layers(seed, width=WIDTH, depth=DEPTH):
    """[(W, b), …]: hidden layers of a net of two inputs, as PyTorch begins with them, in double precision."""
    generator = torch.Generator().manual_seed(seed)
    sizes = [2] + [width] * depth
    return [(uniform(generator, m, n, within=n**-0.5), uniform(generator, m, within=n**-0.5)) for n, m in
            pairwise(sizes)]  # fmt: skip


def uniform(generator, *shape, within):
    return within * (2 * torch.rand(*shape, generator=generator, dtype=torch.float64) - 1)


def split(corners, height):
    """The parts of a convex polygon where an affine function is positive and where it is not.

    corners : (n, 2), in order; height : the function there, (n,).
    """
    above, below = [], []
    for p, q, a, b in zip(corners, corners.roll(-1, 0), height, height.roll(-1), strict=True):
        (above if a > 0 else below).append(p)
        if a * b < 0:
            crossing = p + a / (a - b) * (q - p)
            above.append(crossing)
            below.append(crossing)
    return [torch.stack(part) if len(part) > 2 else None for part in (above, below)]


def cut(pieces, w, b):
    """What a layer makes of pieces on which everything below it is affine.

    pieces : [(corners (n, 2), A, c), …], where what the layer is given is A x + c; so are those that are returned, for
    what the layer gives. On a piece each unit of the layer has a line, and the lines cut it one after the other.
    """
    found = []
    for corners, a, c in pieces:
        slope, offset = w @ a, w @ c + b
        parts = [(corners, [])]
        for k in range(len(w)):
            halves = [(split(part, part @ slope[k] + offset[k]), on) for part, on in parts]
            parts = [(half, [*on, side]) for both, on in halves for half, side in zip(both, (1.0, 0.0), strict=True)
                     if half is not None]  # fmt: skip
        for part, on in parts:
            active = torch.tensor(on, dtype=w.dtype)
            found.append((part, active[:, None] * slope, active * offset))
    return found


def window(half):
    """The one piece to begin with: a square about the origin, on which the input is itself."""
    corners = half * torch.tensor([[-1, -1], [1, -1], [1, 1], [-1, 1]], dtype=torch.float64)
    return [(corners, torch.eye(2, dtype=torch.float64), torch.zeros(2, dtype=torch.float64))]


def crossings(w, b):
    """Where each two of the lines w x + b = 0 meet: (pairs, 2)."""
    pairs = torch.combinations(torch.arange(len(w)))
    return torch.linalg.solve(w[pairs], -b[pairs])


def beyond(points):
    """Half the side of a square that holds points (n, 2) with room about them."""
    return 2 * points.abs().max()


def most(lines):
    """The greatest number of pieces into which so many lines cut the plane (Zaslavsky, 1975)."""
    return sum(math.comb(lines, j) for j in range(3))


def affine_maps(pieces):
    """How many different maps there are among those of pieces; equal but for rounding is equal."""
    return len({(*torch.cat([a.flatten(), c]).round(decimals=9).tolist(),) for _, a, c in pieces})
