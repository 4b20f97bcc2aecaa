"""The ellipse chapter's models, and the figures of how they were trained: against brute force and closed forms."""

import math
from itertools import pairwise

import numpy as np
import pytest
import torch
from scipy.optimize import brentq, minimize

from .definitions import (
    UNTRAINED,
    Z,
    array,
    check_manifold,
    columns,
    downhill,
    free_energy,
    grid,
    inside,
    is_above,
)  # fmt: skip

oracle = pytest.mark.oracle
RUNS = (0.1, 0.22, 7), (0.24, 0.3875, 60), (0.39, 0.40875, 16), (0.41, 0.4975, 36), (0.5, 1, 51)
SWEEP = np.concatenate([np.linspace(*run) for run in RUNS])  # of β


@pytest.mark.parametrize(("name", "beta", "within"), [("cold", math.inf, 0.002), ("warm", 1.0, 0.015)])
def test_training_ends_where_scipy_ends(trained, samples, name, beta, within):
    """At the minimum of the mean F_β over the samples, up to the steps' size, on the side of the start."""
    w = array(trained(f"ellipse/{name}").net.w)
    found = minimize(lambda v: free_energy(samples, v, beta).mean(), [-2, 1.5], method="Nelder-Mead")
    np.testing.assert_allclose(w, found.x, atol=within)


def test_a_sweep_ends_at_minima(trained, samples):
    """At each β no small step makes the mean F_β less, in any of the directions that are free; except right beside
    a threshold, where descent is ever slower."""
    w, betas = array(trained("ellipse/collapse").net.w), SWEEP
    ways = [np.array([[1, 0], [0, 1], [1, 1], [1, -1]]), np.array([[1, 0]]), np.array([[0, 1]])]
    for case in range(3):
        for k in range(0, len(SWEEP), 5):
            if np.abs(1 / (2 * (samples**2).mean(axis=0)) - betas[k]).min() < 0.001:
                continue
            here = free_energy(samples, w[case, k], betas[k]).mean()
            for step in 0.01 * np.vstack([ways[case], -ways[case]]):
                assert free_energy(samples, w[case, k] + step, betas[k]).mean() > here - 1e-9


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
        assert -0.001 < grown - critical[weight] < 0.0035  # the next β of the sweep
        assert (w[case, betas < 0.95 * critical[weight], weight] < 0.02).all()
    assert -0.001 < betas[w[0, :, 0] > 0.02].min() - critical[0] < 0.0035


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
    assert first - 0.0025 <= predicted <= first
    assert betas[w[0, :, 1].abs() > 0.02].min() == pytest.approx(predicted.item(), abs=0.0035)


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


# What is drawn of it -------------------------------------------------------------------------------------------------


@oracle("ellipse/training", "brute force")
def test_the_loss_landscape(shown, samples):
    """The mean of F∞ over the samples, at the nodes of the grid of weights."""
    tables, _ = shown("ellipse/training")
    at = grid(2.6, 79, 2.2, 67)
    e = sum(free_energy_of_weights(y, at) for y in samples) / 24
    levels = [k * k / 36 for k in range(12)]
    assert inside(tables["loss-0"], at).all() and "loss-11" not in tables
    for k, level in enumerate(levels[1:-1], 1):
        is_above(tables[f"loss-{k}"], level, at, e, within=1e-7)
    assert tables["values"]["levels"] == pytest.approx(levels)
    assert levels[-2] < tables["values"]["greatest"] < levels[-1]  # the bar ends where the field does
    assert tables["values"]["greatest"] == pytest.approx(e.max())
    assert tables["values"]["window"] == [-2.6, 2.6, -2.2, 2.2]


def free_energy_of_weights(y, w):
    """F∞ of one sample for weights (n, 2): (n,)."""
    return ((y[0] - np.outer(w[:, 0], np.cos(Z))) ** 2 + (y[1] - np.outer(w[:, 1], np.sin(Z))) ** 2).min(axis=1)


@oracle("ellipse/training", "brute force")
def test_the_path_of_the_weights_and_the_loss(shown, samples):
    tables, nets = shown("ellipse/training")
    values, cold, warm = tables["values"], nets["cold"], nets["warm"]
    w = array(cold.net.w)
    path = np.stack([cold.history["w1"], cold.history["w2"]], axis=1)
    np.testing.assert_allclose(columns(tables["path"]), path, rtol=1e-6)
    np.testing.assert_allclose(columns(tables["ends"]), [path[0], w], rtol=1e-6)
    history = np.stack([np.arange(480), cold.history["loss"]], axis=1)
    np.testing.assert_allclose(columns(tables["history"]), history, rtol=1e-6)
    for k, step in enumerate((0, 24, 72, 480)):
        check_manifold(tables[f"manifold-{k}"], cold.snapshots[step].w)
    np.testing.assert_allclose(columns(tables["samples"]), samples, rtol=1e-6)
    assert values["kept"] == [0, 24, 72, 480] and values["passes"] == [0, 1, 3, 20]
    assert (values["steps"], values["epochs"]) == (480, 20)
    told = [values[name] for name in ("w1", "w2", "warm-w1", "warm-w2")]
    assert told == pytest.approx([*w, *array(warm.net.w)])
    assert values["loss-final"] == pytest.approx(free_energy(samples, w).mean(), rel=1e-9)
    ends = cold.history["loss"][0], warm.history["loss"][0], warm.history["loss"][-1]
    assert [values[name] for name in ("loss-start", "warm-loss-start", "warm-loss-final")] == pytest.approx(ends)


@oracle("ellipse/training", "closed form")
@pytest.mark.parametrize("beta", [math.inf, 1.0])
def test_each_step_of_training_lowers_one_samples_free_energy(ellipse, samples, beta):
    """Three times through the samples: each step is −0.02 ∇F of one of them, by differences; each time all are met."""
    decoder = ellipse("decoder")
    net = decoder.Decoder()
    history, snapshots = decoder.fit(net, ellipse("data").samples(), beta, steps=72, keep=(0, 24))
    w = np.vstack([np.stack([history["w1"], history["w2"]], axis=1), array(net.w)])
    orders = []
    for t, (before, after) in enumerate(pairwise(w)):
        steps = np.concatenate(
            [
                0.02 * downhill(lambda v, y=y: np.array([free_energy(y, each, beta) for each in v]), before[None])
                for y in samples
            ]
        )
        off = np.linalg.norm(after - before - steps, axis=1)
        assert off.min() < 1e-7
        orders.append(off.argmin())
        assert history["loss"][t] == pytest.approx(free_energy(samples, before, beta).mean())
    passes = np.reshape(orders, (3, 24))
    assert (np.sort(passes, axis=1) == np.arange(24)).all() and (passes[0] != passes[1]).any()
    np.testing.assert_allclose(snapshots[24]["w"], w[24])
    np.testing.assert_allclose(snapshots[0]["w"], UNTRAINED)


@pytest.mark.parametrize(
    ("name", "beta", "steps", "keep"), [("cold", math.inf, 480, {0, 24, 72, 480}), ("warm", 1, 960, set())]
)
def test_models_are_trained_as_the_text_says(ellipse, monkeypatch, samples, name, beta, steps, keep):
    module, asked = ellipse(f"models/{name}"), {}

    def fit(net, y, beta, steps, rate=0.02, keep=()):
        asked.update(y=array(y), beta=beta, steps=steps, keep=set(keep))

    monkeypatch.setattr(module, "fit", fit)
    module.train(module.build(), 0)
    np.testing.assert_array_equal(asked.pop("y"), samples)
    assert asked == {"beta": beta, "steps": steps, "keep": keep}


@oracle("ellipse/collapse", "closed form")
def test_the_quoted_thresholds(shown, samples):
    """β_c = 1 / (2⟨yᵢ²⟩) of the samples, and the least β of the sweep at which a weight is above 0.02."""
    tables, nets = shown("ellipse/collapse")
    values, w = tables["values"], np.abs(array(nets["collapse"].net.w))
    betas = SWEEP
    square = (samples**2).sum(axis=0) / 24
    for i in (1, 2):
        assert values[f"square-{i}"] == pytest.approx(square[i - 1], rel=1e-9)
        assert values[f"beta-{i}"] == pytest.approx(1 / (2 * square[i - 1]), rel=1e-9)
    drawn = columns(tables["weights"], "x", "w1", "w2", "w1-alone", "w2-alone")
    series = [w[0, :, 0], w[0, :, 1], w[1, :, 0], w[2, :, 1]]
    np.testing.assert_allclose(drawn, np.stack([betas, *series], axis=1), rtol=1e-5, atol=1e-12)
    names = ("measured-1", "measured-2-together", "measured-1-alone", "measured-2-alone")
    assert [values[name] for name in names] == pytest.approx([betas[each > 0.02][0] for each in series])
    assert series[0].max() < values["top"]


@oracle("ellipse/collapse", "SciPy")
def test_where_the_second_weight_wakes_beside_the_first(shown, samples):
    """Where the second difference of the mean F_β in w₂ about (w₁(β), 0) is nought, w₁ taken linear between two βs."""
    tables, nets = shown("ellipse/collapse")
    w1, betas = array(nets["collapse"].net.w)[0, :, 0], SWEEP

    def curvature(beta):
        first = np.interp(beta, betas, w1)
        f = [free_energy(samples, (first, second), beta).mean() for second in (-1e-3, 0, 1e-3)]
        return (f[0] - 2 * f[1] + f[2]) / 1e-6

    assert tables["values"]["predicted-together"] == pytest.approx(brentq(curvature, 0.3, 0.6), abs=5e-4)


@oracle("ellipse/collapse", "closed form")
def test_a_small_weight_grows_above_its_threshold_and_shrinks_below(samples):
    """The expansion that the text makes: the mean F_β has the second derivative 1 − 2β⟨yᵢ²⟩ in wᵢ at the origin."""
    for i, beta in ((0, 0.2), (0, 0.3), (1, 0.35), (1, 0.5)):
        way = 1e-3 * np.eye(2)[i]
        f = [free_energy(samples, w, beta).mean() for w in (-way, 0 * way, way)]
        assert (f[0] - 2 * f[1] + f[2]) / 1e-6 == pytest.approx(1 - 2 * beta * (samples[:, i] ** 2).mean(), abs=1e-4)


def test_a_sweep_takes_full_steps_with_the_chosen_weights_free(ellipse, monkeypatch, samples):
    """Two steps of size 0.9 along the mean gradient by differences; a weight that is held stays at zero."""
    module = ellipse("models/collapse")
    assert (module.STEPS, module.RATE) == (800, 0.9)
    np.testing.assert_allclose(module.BETAS, SWEEP)
    monkeypatch.setattr(module, "STEPS", 2)
    net = module.build()
    history, _ = module.train(net, 0)
    free, w = np.array([[1, 1], [1, 0], [0, 1]]), array(net.w)
    for case in range(3):
        for k in (0, 17, 115, 169):
            beta, v = module.BETAS[k].item(), free[case] * UNTRAINED
            for _ in range(2):
                mean = lambda vs, beta=beta: np.array([free_energy(samples, each, beta).mean() for each in vs])  # noqa: E731
                v = v + 0.9 * free[case] * downhill(mean, v[None])[0]
            np.testing.assert_allclose(w[case, k], v, atol=1e-7)
    first = [free_energy(samples, f * UNTRAINED, b).mean() for f in free for b in module.BETAS.tolist()]
    assert history["loss"] == pytest.approx([np.mean(first)])
