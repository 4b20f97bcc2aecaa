"""Points near a line y = slope x + intercept."""

import torch

SLOPE, INTERCEPT, NOISE = 2.0, -1.0, 0.1


def sample(n, seed):
    """x, y of shape (n, 1)."""
    generator = torch.Generator().manual_seed(seed)
    x = torch.linspace(-1, 1, n)[:, None]
    return x, SLOPE @ x + INTERCEPT + NOISE * torch.randn(n, 1, generator=generator)
