"""The ellipse chapter's trained models, its collapse and its construction, against closed forms and what they are known
to reach."""

import math

import numpy as np
import pytest
import torch


def test_the_horns_radii_are_those_of_the_formula(ellipse):
    x, y = ellipse("data").horn(1000)
    rho = np.stack([1.5 * x + 2 * (1 - x), 2 * x + 1.5 * (1 - x)], axis=1) * np.exp(2 * x.numpy())[:, None]
    turned = y.numpy() / rho
    noise = np.hypot(*turned.T) - 1  # the part of it across the ellipse, in radii
    assert x.min() >= 0 and x.max() <= 1 and abs(noise.mean()) < 0.005 and np.abs(noise).max() < 4 * 0.05 / 1.5
    assert np.hypot(*(ellipse("data").samples().numpy() / (2, 1.5)).T) == pytest.approx(np.ones(24), abs=4 * 0.05 / 1.5)


def test_cold_training_finds_the_radii(ellipse, trained):
    cold = trained("ellipse/cold")
    w1, w2 = cold.net.w.abs().tolist()
    assert 1.9 <= w1 <= 2.1 and 1.4 <= w2 <= 1.6
    y, energy = ellipse("data").samples(), ellipse("energy").energy
    assert energy(y, cold.net.w).min(dim=1).values.mean() < 0.01
    np.testing.assert_array_equal(cold.snapshots[0].w, [-1.45265, 0.35856])


@pytest.mark.parametrize("beta", [math.inf, 1.0])
def test_a_step_of_training_is_one_of_torchs_own_descent(ellipse, beta):
    decoder, y = ellipse("decoder"), ellipse("data").samples()[:1]
    ours, theirs = decoder.Decoder(), decoder.Decoder()
    decoder.fit(ours, y, beta, steps=1, rate=0.02)
    optimiser = torch.optim.SGD(theirs.parameters(), lr=0.02)
    ellipse("energy").free_energy(y, theirs.w, beta).sum().backward()
    optimiser.step()
    torch.testing.assert_close(ours.w, theirs.w)


def test_each_weight_alone_collapses_at_the_threshold_of_the_samples(ellipse, trained):
    w, betas = trained("ellipse/collapse").net.w.abs(), ellipse("models/collapse").BETAS
    critical = 1 / (2 * ellipse("data").samples().square().mean(dim=0))
    for weight, case in ((0, 1), (1, 2)):
        grown = betas[w[case, :, weight] > 0.02].min()
        assert grown == pytest.approx(critical[weight].item(), rel=0.05)
        assert (w[case, betas < 0.95 * critical[weight], weight] < 0.02).all()
    assert betas[w[0, :, 0] > 0.02].min() == pytest.approx(critical[0].item(), rel=0.05)


def test_the_second_weight_wakes_earlier_beside_the_first_as_the_curvature_foretells(ellipse, trained):
    """Where the second derivative of the mean F_β with respect to w₂, by autograd at (w₁(β), 0), changes sign."""
    w, betas, y = trained("ellipse/collapse").net.w, ellipse("models/collapse").BETAS, ellipse("data").samples()
    curvature = []
    for w1, beta in zip(w[0, :, 0], betas, strict=True):
        w2 = torch.zeros((), dtype=torch.float64, requires_grad=True)
        loss = ellipse("energy").free_energy(y, torch.stack([w1.detach(), w2]), beta).mean()
        (slope,) = torch.autograd.grad(loss, w2, create_graph=True)
        curvature.append(torch.autograd.grad(slope, w2)[0].item())
    first = betas[next(k for k, c in enumerate(curvature) if c < 0)]
    predicted = ellipse("collapse").together(y, w[0, :, 0])
    assert first - 0.01 <= predicted <= first
    assert betas[w[0, :, 1].abs() > 0.02].min() == pytest.approx(predicted.item(), abs=0.011)


def test_the_predictor_of_least_loss_follows_the_radii(ellipse, trained):
    net = trained("ellipse/conditional").net
    data = ellipse("data")
    shown, losses = ellipse("conditional").best(net, *data.horn(1000))
    x = torch.linspace(0, 1, 101)
    relative = (net(x)[shown].abs() / data.radii(x) - 1).abs()
    assert losses[shown] == losses.min() and relative.mean() < 0.03 and relative.max() < 0.1


def test_predictors_side_by_side_are_nets_of_their_own(ellipse):
    """Each is the composition of its layers, with its own gradient."""
    net, x = ellipse("models/conditional").build(), torch.linspace(0, 1, 7)
    out = net(x)
    for k in range(len(out)):
        h = x[:, None]
        for number, layer in enumerate(net.layers):
            h = h @ layer.weight[k].T + layer.bias[k].T
            h = h.relu() if number < 2 else h
        torch.testing.assert_close(out[k], h)


def test_the_construction_lies_between_the_least_energy_and_the_mean(ellipse):
    values = ellipse("free-energy-construction").tables()["values"]
    energies = values["energies"]
    assert (
        min(energies)
        == values["least"]
        < values["f-cold"]
        < values["f-hot"]
        < values["mean"]
        == pytest.approx(np.mean(energies))
    )
    for name in ("cold", "hot"):
        beta = values[f"beta-{name}"]
        assert values[f"height-{name}"] == pytest.approx(np.mean(np.exp(-beta * np.array(energies))))
        assert math.exp(-beta * values[f"f-{name}"]) == pytest.approx(values[f"height-{name}"])


def test_losses_have_the_slopes_of_their_formulas(ellipse):
    losses = ellipse("losses").tables()["losses"]
    assert losses.hinge == pytest.approx(np.maximum(0, 1 + losses.x))
    assert losses.log == pytest.approx(np.log1p(np.exp(losses.x)))


def test_cold_forces_are_parallel_to_the_gradient(values):
    assert values("ellipse/forces")["cosine-least"] > 0.999


def test_warm_threads_are_as_long_as_the_gibbs_weights(ellipse):
    """The share of its way that each covers, against weights by NumPy; those below the least are left out, the others
    are all there."""
    energy, forces = ellipse("energy"), ellipse("forces")
    y, w = ellipse("data").samples(), energy.UNTRAINED
    z = energy.LATENTS.numpy()
    points = w.numpy() * np.stack([np.cos(z), np.sin(z)], axis=1)
    weights = np.exp(-forces.BETA * ((y.numpy()[:, None] - points) ** 2).sum(axis=2))  # (sample, latent)
    shares = weights / weights.max(axis=1, keepdims=True)
    threads = iter(forces.fans(y, w, forces.BETA).numpy())
    for n, k in zip(*np.nonzero(shares > forces.LEAST), strict=True):
        start, end = next(threads)
        np.testing.assert_allclose(end - start, shares[n, k] * (points[k] - start), atol=1e-12)
        np.testing.assert_array_equal(start, y[n])
    assert next(threads, None) is None
