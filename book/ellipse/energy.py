"""The energy of the ellipse's latent-variable model, and what follows from it: free energies, Gibbs weights, gradients.

The decoder is g(z) = [w₁ cos z, w₂ sin z], and E(y, z) = |y − g(z)|². Shapes: y (…, 2), w (…, 2), z (k,), β a number or
(…,); leading axes broadcast, what depends on z is (…, k).
"""

import math

import torch

LATENTS = torch.arange(48, dtype=torch.float64) * math.pi / 24  # the grid that is searched, and summed over
UNTRAINED = torch.tensor([-1.45265, 0.35856], dtype=torch.float64)


def circle(z=LATENTS):
    """[cos z, sin z], shape (k, 2)."""
    return torch.stack([z.cos(), z.sin()], dim=-1)


def decode(w, z=LATENTS):
    """g(z), shape (…, k, 2)."""
    return w[..., None, :] * circle(z).to(w)


def energy(y, w, z=LATENTS):
    """E(y, z), shape (…, k)."""
    return (y[..., None, :] - decode(w, z)).square().sum(dim=-1)


def minimiser(y, w, z=LATENTS):
    """ž(y) = arg min_z E(y, z) by exhaustive search, shape (…,)."""
    return z[energy(y, w, z).argmin(dim=-1)]


def gibbs(y, w, beta=math.inf, z=LATENTS):
    """softargmax_z(−βE(y, z)), shape (…, k): all the weight is at ž when β = ∞, and even when β = 0."""
    e = energy(y, w, z)
    if not isinstance(beta, torch.Tensor) and math.isinf(beta):
        return torch.nn.functional.one_hot(e.argmin(dim=-1), e.shape[-1]).to(e)
    return (-torch.as_tensor(beta, dtype=e.dtype)[..., None] * e).softmax(dim=-1)


def free_energy(y, w, beta=math.inf, z=LATENTS):
    """F_β(y) = −(1/β) log mean_z exp(−βE(y, z)) (LeCun et al. 2006, eq. 22, over a mean), shape (…,); β = ∞: min_z
    E."""
    e = energy(y, w, z)
    if not isinstance(beta, torch.Tensor) and math.isinf(beta):
        return e.amin(dim=-1)
    beta = torch.as_tensor(beta, dtype=e.dtype)
    return (math.log(len(z)) - (-beta[..., None] * e).logsumexp(dim=-1)) / beta


def paraboloid(y, w):
    """F_0(y) = |y|² + |w|²/2, the mean of E over the circle: the limit of F_β as β → 0, shape (…,)."""
    return y.square().sum(dim=-1) + w.square().sum(dim=-1) / 2


def force(y, w, beta=math.inf, z=LATENTS):
    """−∇F_β with respect to y: 2 (Σ_z p(z) g(z) − y) with the Gibbs weights p, shape (…, 2)."""
    return 2 * ((gibbs(y, w, beta, z)[..., None] * decode(w, z)).sum(dim=-2) - y)


def slope(y, w, beta=math.inf, z=LATENTS):
    """∇F_β with respect to w: 2 Σ_z p(z) (w ⊙ c − y) ⊙ c with c = [cos z, sin z], shape (…, 2)."""
    c = circle(z).to(w)
    return 2 * (gibbs(y, w, beta, z)[..., None] * (decode(w, z) - y[..., None, :]) * c).sum(dim=-2)
