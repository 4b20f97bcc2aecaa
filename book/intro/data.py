"""What the chapter's maps act on: a cloud of points that keep the colours of where they started."""

import torch

from pipeline.table import Points, placed

SEED = 0  # of the cloud
HALF = 2.5  # of the square whose places have colours; what starts beyond has those of its rim
LABELS = {"x": r"$\cx_1$", "y": r"$\cx_2$"}


def cloud(points=1000):
    """Points of a standard normal distribution, N(0, I₂), of shape (points, 2), in double precision."""
    generator = torch.Generator().manual_seed(SEED)
    return torch.randn(points, 2, generator=generator, dtype=torch.float64)


def moved(xy, start, labels=None):
    """Points (n, 2) in the colours of where they started, (n, 2)."""
    return Points(*xy.T, labels, **placed(start, HALF))


def share_within(xy, half):
    """Of points (n, 2), the share in a square about the origin, half so wide."""
    return (xy.abs() <= half).all(dim=1).double().mean()
