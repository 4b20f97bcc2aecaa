"""The data: points on an ellipse whose radii grow with the input x, seen from above as a horn.

y = [ρ₁(x) cos θ, ρ₂(x) sin θ] + ε with ρ(x) = [αx + β(1 − x), βx + α(1 − x)] exp(2x), α = 1.5, β = 2, θ ~ U(0, 2π) and
ε ~ N(0, 0.05²) in each component. At x = 0 the radii are 2 and 1.5.
"""

import math

import torch

SEED = 0  # of the data, which all models of the chapter share
NOISE = 0.05


def radii(x):
    """ρ(x) of shape (…, 2) for x of shape (…,)."""
    return torch.stack([1.5 * x + 2 * (1 - x), 2 * x + 1.5 * (1 - x)], dim=-1) * (2 * x).exp()[..., None]


def horn(points=1000, x=None):
    """x of shape (points,), uniform on [0, 1] unless given, and y of shape (points, 2)."""
    generator = torch.Generator().manual_seed(SEED)
    x = (
        torch.rand(points, generator=generator, dtype=torch.float64)
        if x is None
        else torch.full((points,), x, dtype=torch.float64)
    )
    theta = 2 * math.pi * torch.rand(points, generator=generator, dtype=torch.float64)
    noise = NOISE * torch.randn(points, 2, generator=generator, dtype=torch.float64)
    return x, radii(x) * torch.stack([theta.cos(), theta.sin()], dim=-1) + noise


def samples():
    """The 24 samples of the unconditional case, x = 0: shape (24, 2)."""
    return horn(24, x=0.0)[1]
