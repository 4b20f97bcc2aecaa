"""The ellipse chapter's data, energies and inference against closed forms, autograd and sums in double precision."""

import math

import numpy as np
import pytest
import torch


@pytest.fixture
def y():
    """Points (50, 2) about the manifolds, of which none ties between two latents."""
    return 2 * torch.randn(50, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64)


W = torch.tensor([-1.3, 0.7], dtype=torch.float64)
BETAS = (0.1, 1.0, 10.0)


def brute(y, w=W):
    """E(y, z) of shape (n, 48), term by term."""
    latents = [k * math.pi / 24 for k in range(48)]
    w1, w2 = w.tolist()
    return np.array(
        [[(a - w1 * math.cos(z)) ** 2 + (b - w2 * math.sin(z)) ** 2 for z in latents] for a, b in y.tolist()]
    )


def stationary(y, w):
    """(z, E) of the stationary points of E(y, z), z of the circle: real roots t = tan(z/2) of a quartic, in closed
    form."""
    (y1, y2), (w1, w2) = y.tolist(), w.tolist()
    a, b, d = w1 * y1, w2 * y2, w2**2 - w1**2
    t = np.roots([b, 2 * (a - d), 0, 2 * (a + d), -b])
    z = 2 * np.arctan(t[abs(t.imag) < 1e-9].real)
    return z, (y1 - w1 * np.cos(z)) ** 2 + (y2 - w2 * np.sin(z)) ** 2


# Data ---------------------------------------------------------------------------------------------------------------


def test_radii_are_known_at_both_ends(ellipse):
    radii = ellipse("data").radii(torch.tensor([0.0, 1.0], dtype=torch.float64))
    np.testing.assert_allclose(radii, [[2, 1.5], [1.5 * math.e**2, 2 * math.e**2]])


def test_points_lie_on_their_ellipse_up_to_noise(ellipse):
    x, y = ellipse("data").horn(1000)
    assert y.shape == (1000, 2) and x.min() >= 0 and x.max() <= 1 and abs(x.mean() - 0.5) < 4 / math.sqrt(12 * 1000)
    a, b = 1.5 * x + 2 * (1 - x), 2 * x + 1.5 * (1 - x)
    off = ((y / torch.stack([a, b], dim=1) / (2 * x).exp()[:, None]).norm(dim=1) - 1) * (2 * x).exp()
    # To first order the noise in the direction of the radius, less than σ/a and more than σ/b for the radii a, b.
    assert 0.05 / 2 < off.std() < 0.05 / 1.5 and abs(off.mean()) < 4 * off.std() / math.sqrt(1000)


def test_the_samples_are_the_horn_at_its_narrow_end(ellipse):
    data = ellipse("data")
    assert data.samples().shape == (24, 2)
    assert ((data.samples() / torch.tensor([2, 1.5])).norm(dim=1) - 1).abs().max() < 4 * 0.05 / 1.5
    torch.manual_seed(7)
    assert torch.equal(data.samples(), data.samples())


# Energies -----------------------------------------------------------------------------------------------------------


def test_the_energy_is_the_squared_distance(ellipse, y):
    np.testing.assert_allclose(ellipse("energy").energy(y, W), brute(y), rtol=1e-12)


@pytest.mark.parametrize("beta", BETAS)
def test_the_free_energy_is_the_log_of_the_mean(ellipse, y, beta):
    sums = [-math.log(math.fsum(math.exp(-beta * e) for e in row) / 48) / beta for row in brute(y)]
    np.testing.assert_allclose(ellipse("energy").free_energy(y, W, beta), sums, rtol=1e-12)


def test_the_cold_limit_is_the_least_energy(ellipse, y):
    energy, e = ellipse("energy"), brute(y)
    cold = energy.free_energy(y, W)
    np.testing.assert_allclose(cold, e.min(axis=1), rtol=1e-12)
    np.testing.assert_allclose(energy.minimiser(y, W), e.argmin(axis=1) * math.pi / 24)
    for beta in (1e2, 1e4, 1e6):  # one latent has all the weight: (log 48)/β is left
        np.testing.assert_allclose(energy.free_energy(y, W, beta) - cold, math.log(48) / beta, atol=math.log(2) / beta)


def test_the_hot_limit_is_a_paraboloid(ellipse, y):
    energy, e = ellipse("energy"), brute(y)
    hot = energy.paraboloid(y, W)
    np.testing.assert_allclose(hot, e.mean(axis=1), rtol=1e-12)
    slope = (hot - energy.free_energy(y, W, 1e-5)) / 1e-5
    np.testing.assert_allclose(slope, e.var(axis=1) / 2, rtol=1e-3)  # the next term of the cumulants


@pytest.mark.parametrize("beta", [*BETAS, math.inf])
def test_gradients_are_those_of_autograd(ellipse, y, beta):
    energy = ellipse("energy")
    points, w = y.clone().requires_grad_(), W.expand(len(y), 2).clone().requires_grad_()
    energy.free_energy(points, w, beta).sum().backward()
    np.testing.assert_allclose(energy.force(y, W, beta), -points.grad, atol=1e-12)
    np.testing.assert_allclose(energy.slope(y, W, beta), w.grad, atol=1e-12)


def test_gibbs_weights(ellipse, y):
    gibbs, e = ellipse("energy").gibbs, brute(y)
    for beta in BETAS:
        weights = np.exp(-beta * e)
        np.testing.assert_allclose(gibbs(y, W, beta), weights / weights.sum(axis=1, keepdims=True), rtol=1e-10)
    np.testing.assert_allclose(gibbs(y, W, 0.0), np.full_like(e, 1 / 48))
    np.testing.assert_array_equal(gibbs(y, W), np.eye(48)[e.argmin(axis=1)])


def test_leading_axes_broadcast(ellipse, y):
    energy = ellipse("energy")
    ws, betas = torch.stack([W, -2 * W, W.flip(0)]), torch.tensor(BETAS, dtype=torch.float64)
    every = energy.free_energy(y, ws[:, None, None], betas[:, None])  # (weights, beta, point)
    pulls = energy.force(y, ws[:, None, None], betas[:, None])
    for i, w in enumerate(ws):
        for k, beta in enumerate(BETAS):
            torch.testing.assert_close(every[i, k], energy.free_energy(y, w, beta))
            torch.testing.assert_close(pulls[i, k], energy.force(y, w, beta))


# Figures ------------------------------------------------------------------------------------------------------------


@pytest.mark.oracle("ellipse/energies", "closed form")
def test_valleys_are_counted_as_the_quartic_has_them(ellipse):
    samples, w = ellipse("data").samples(), ellipse("energy").UNTRAINED
    tables = ellipse("energies").tables()
    two = [n for n, y in enumerate(samples, 1) if len(stationary(y, w)[0]) == 4]
    assert tables["higher"].sample.tolist() == two and tables["values"]["two-valleys"] == len(two) > 0
    np.testing.assert_allclose(tables["minima"].y, brute(samples, w).min(axis=1))


@pytest.mark.oracle("ellipse/inference", "brute force")
def test_inference_goes_downhill_to_the_nearest_point(ellipse):
    tables = ellipse("inference").tables()
    way, values = tables["way"].energy, tables["values"]
    assert (
        (np.diff(way) < 0).all()
        and way[0] == pytest.approx(values["energy-start"])
        and way[-1] == pytest.approx(values["energy-end"])
    )
    points = np.column_stack([tables["manifold"].x, tables["manifold"].y])
    distances = np.linalg.norm(points - values["y"], axis=1)
    np.testing.assert_allclose(points[distances.argmin()], values["y-check"])
    assert values["energy-end"] == pytest.approx(distances.min() ** 2)


def test_numbers_keep_clear_of_samples_and_of_one_another(ellipse):
    module = ellipse("samples")
    y = ellipse("data").samples()
    angle = torch.tensor(module.tables()["values"]["directions"]).deg2rad()
    spots = y + module.APART * torch.stack([angle.cos(), angle.sin()], dim=1)
    assert torch.cdist(spots, y).min() > 0.8 * module.APART and torch.pdist(spots).min() > 0.8 * module.APART
