"""The spiral chapter's figures of many nets, of many batches and of the data: against brute force in NumPy."""

import math

import numpy as np
import pytest
import torch
from scipy.spatial.distance import cdist, pdist
from scipy.stats import kstest
from torch import nn

from pipeline.training import Run

from .definitions import array, columns, follows, forward, grid, inside, is_above, softargmax, stand_clear

oracle = pytest.mark.oracle


def members(net, x, curves):
    """Outputs (nets, n, outputs) of nets side by side, one after the other; curves[k] is what the k-th's hidden layer
    does."""
    each = zip(
        *map(array, (net.hidden.weight, net.hidden.bias, net.output.weight, net.output.bias)), curves, strict=True
    )
    return np.stack([(v @ curve(w @ x.T + b) + c).T for w, b, v, c, curve in each])


def relu(a):
    return np.where(a > 0, a, 0)


# ensemble -----------------------------------------------------------------------------------------------------------


@oracle("spiral/ensemble", "brute force")
def test_predictions_their_mean_and_a_band_of_two_deviations(spiral, shown):
    tables, nets = shown("spiral/ensemble")
    values, net, curves = tables["values"], nets["ensemble"].net, [relu] * 5 + [np.tanh] * 5
    grid = np.linspace(-3, 3, 241)
    all_nets = members(net, grid[:, None], curves)[..., 0]
    x, y = map(array, spiral("models/ensemble").sample())
    errors = ((members(net, x, curves) - y) ** 2).mean(axis=(1, 2))
    middle = np.abs(grid) <= 1
    for name, group in (("relu", slice(0, 5)), ("tanh", slice(5, 10))):
        own = all_nets[group]
        mean = own.sum(axis=0) / 5
        spread = np.sqrt(((own - mean) ** 2).sum(axis=0) / 4)
        scale = dict(rtol=1e-4, atol=1e-4 * np.abs(own).max())
        drawn = columns(tables[name], "x", "mean", *(f"net{k}" for k in range(5))).T
        np.testing.assert_allclose(drawn, [grid, mean, *own], **scale)
        ring = columns(tables[f"{name}-spread"])
        np.testing.assert_allclose(ring[:241], np.stack([grid, mean + 2 * spread], axis=1), **scale)
        np.testing.assert_allclose(ring[:240:-1], np.stack([grid, mean - 2 * spread], axis=1), **scale)
        off, near = (own - grid**3 - 0.15)[:, middle], grid[middle]
        scale["atol"] = 1e-4
        drawn = columns(tables[f"{name}-off"], "x", "mean", *(f"net{k}" for k in range(5))).T
        np.testing.assert_allclose(drawn, [near, off.mean(axis=0), *off], **scale)
        ring, up = columns(tables[f"{name}-off-spread"]), off.mean(axis=0) + 2 * spread[middle]
        both = np.concatenate([up, (2 * off.mean(axis=0) - up)[::-1]])
        np.testing.assert_allclose(ring, np.stack([[*near, *near[::-1]], both], axis=1), **scale)
        inner, outer = values[f"spread-inside-{name}"], values[f"spread-outside-{name}"]
        assert (inner, outer) == pytest.approx((spread[middle].mean(), spread[~middle].mean()), rel=1e-3)
        told = [values[f"mse-{name}{which}"] for which in ("", "-least", "-greatest")]
        own = errors[group]
        assert told == pytest.approx([own.mean(), own.min(), own.max()], rel=1e-4)
    spread = all_nets.std(axis=0, ddof=1)
    both = values["spread-inside"], values["spread-outside"]
    assert both == pytest.approx((spread[middle].mean(), spread[~middle].mean()), rel=1e-3)
    np.testing.assert_allclose(columns(tables["data"]), np.hstack([x, y]), rtol=1e-6)
    np.testing.assert_allclose(columns(tables["noise"]), np.hstack([x, y - x**3 - 0.15]), atol=1e-6)


@oracle("spiral/ensemble", "closed form")
def test_the_cubic_and_the_floor_of_its_noise(spiral, shown):
    """0.3 U(0, 1) has the mean 0.15 and the variance 0.3²/12."""
    tables, _ = shown("spiral/ensemble")
    x, y = columns(tables["cubic"]).T
    np.testing.assert_allclose(x, np.linspace(-1.8, 1.8, 91), atol=1e-6)
    np.testing.assert_allclose(y, x**3 + 0.15, atol=1e-5)
    assert tables["values"]["noise-floor"] == pytest.approx(0.0075)
    assert (tables["values"]["far"], tables["values"]["height"], tables["values"]["off"]) == (3, 5, 0.28)
    x, y = map(array, spiral("models/ensemble").sample())
    np.testing.assert_allclose(x[:, 0], np.linspace(-1, 1, 100), atol=1e-6)
    assert kstest((y - x**3)[:, 0] / 0.3, "uniform").pvalue > 0.01
    assert x.shape == y.shape == (100, 1)


# disagreement -------------------------------------------------------------------------------------------------------


@oracle("spiral/disagreement", "brute force")
def test_the_variance_of_softargmax_over_the_plane(spiral, shown):
    tables, nets = shown("spiral/disagreement")
    values, net = tables["values"], nets["committee"].net

    def variance(x):
        p = softargmax(members(net, x, [relu] * 10))
        return ((p - p.mean(axis=0)) ** 2).mean(axis=0).sum(axis=-1)

    at = grid(2, 160)
    field = variance(at)
    levels = [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3]
    assert values["levels"] == levels and values["half"] == 2
    assert values["greatest"] >= field.max() - 1e-5  # it may lie on the rim
    assert inside(tables["variance-0"], at).all()
    for k, level in enumerate(levels[1:], 1):
        is_above(tables[f"variance-{k}"], level, at, field)
        follows(tables[f"variance-{k}"], level, variance, (2, 160))
    x, y = spiral("data").arms(points=200)
    assert values["mean-on-data"] == pytest.approx(variance(array(x)).mean(), rel=1e-4)
    square = np.stack(np.meshgrid(*[np.linspace(-2, 2, 160)] * 2), axis=-1).reshape(-1, 2)
    whole = variance(square)
    assert values["greatest"] == pytest.approx(whole.max(), rel=1e-4)
    far = np.hypot(*square.T) > np.hypot(*array(x).T).max()
    assert values["mean-outside"] == pytest.approx(whole[far].mean(), rel=1e-3)
    shown = np.concatenate([columns(tables[f"arm-{k}"]) for k in range(5)])
    assert pdist(shown).min() >= 0.07 - 1e-6
    some, owners = array(x[::3]), y[::3].numpy()
    assert cdist(some, shown).min(axis=1).max() < 0.07 + 1e-6  # those left out are near one that is shown
    for k in range(5):
        assert cdist(columns(tables[f"arm-{k}"]), some[owners == k]).min(axis=1).max() < 1e-6
    theta = [(2 + k) * 2 * math.pi / 5 for k in range(5)]
    np.testing.assert_allclose(values["ends"], [[1.19 * math.sin(a), 1.19 * math.cos(a)] for a in theta], atol=1e-5)


@oracle("spiral/disagreement", "closed form")
def test_two_camps_of_equal_size_disagree_by_a_half(spiral):
    """Half of the nets are sure of one class, half of another: two variances of ¼ each; equal nets do not disagree."""
    s = torch.full((10, 3, 5), -50.0)
    s[:, :, 0] = 50
    s[5:, 1, 0], s[5:, 1, 4] = -50, 50
    np.testing.assert_allclose(spiral("disagreement").disagreement(s), [0, 0.5, 0], atol=1e-6)


# Training of several side by side -----------------------------------------------------------------------------------


def alone(net, k, relu):
    """The k-th of nets side by side, as a net of its own."""
    layers = [(net.hidden.weight[k], net.hidden.bias[k]), (net.output.weight[k], net.output.bias[k])]
    hidden, output = (nn.Linear(w.shape[1], w.shape[0]) for w, _ in layers)
    for layer, (w, b) in zip((hidden, output), layers, strict=True):
        layer.weight.data, layer.bias.data = w.detach().clone(), b.detach()[:, 0].clone()
    return nn.Sequential(hidden, nn.ReLU() if relu else nn.Tanh(), output)


@pytest.mark.parametrize(
    ("name", "epochs", "decay", "criterion"),
    [
        ("committee", 2000, 1e-5, lambda net, x, y: nn.functional.cross_entropy(net(x), y)),
        ("ensemble", 1000, 0, lambda net, x, y: nn.functional.mse_loss(net(x), y)),
    ],
)
def test_nets_side_by_side_are_trained_each_by_its_own_loss(spiral, monkeypatch, name, epochs, decay, criterion):
    """Three steps of all equal three of torch's Adam for each alone."""
    module, asked = spiral(f"models/{name}"), []
    loop = spiral("steps") if name == "committee" else module  # that of all the chapter's classifiers
    monkeypatch.setattr(loop, "Run", lambda net, epochs, keep=(): asked.append(epochs) or Run(net, 3, keep))
    torch.manual_seed(3)
    net = module.build()
    singles = [alone(net, k, relu=name == "committee" or k < 5) for k in range(10)]
    history, _ = module.train(net, 0)
    assert asked == [epochs]
    x, y = spiral("data").arms(points=200) if name == "committee" else module.sample()
    losses = np.zeros((3, 10))
    for k, single in enumerate(singles):
        optimiser = torch.optim.Adam(single.parameters(), lr=1e-3, weight_decay=decay)
        for step in range(3):
            loss = criterion(single, x, y)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            losses[step, k] = loss.item()
        torch.testing.assert_close(net.hidden.weight[k], single[0].weight, atol=2e-5, rtol=1e-4)
        torch.testing.assert_close(net.output.bias[k][:, 0], single[2].bias, atol=2e-5, rtol=1e-4)
    np.testing.assert_allclose(history["loss"], losses.mean(axis=1), rtol=1e-4)
    assert net.hidden.weight.shape[:2] == (10, 100)


# accumulation -------------------------------------------------------------------------------------------------------


def gradients(net, x, y):
    """The gradient of each sample's cross-entropy over all parameters, (n, 805), by the chain rule in NumPy."""
    w1, b1, w2 = array(net[0].weight), array(net[0].bias), array(net[2].weight)
    s, on = w1 @ x.T + b1[:, None] > 0, np.eye(5)[y]
    ds = softargmax(forward(net, x)) - on
    dh = (ds @ w2) * s.T
    hidden = relu(x @ w1.T + b1)
    parts = (dh[:, :, None] * x[:, None], dh, ds[:, :, None] * hidden[:, None], ds)
    return np.hstack([part.reshape(len(x), -1) for part in parts])


@oracle("spiral/accumulation", "brute force")
def test_batches_add_up_to_the_whole(spiral, shown):
    tables, nets = shown("spiral/accumulation")
    values, net, (x, y) = tables["values"], nets["classifier"].snapshots[0], spiral("data").arms()
    each = gradients(net, array(x), y.numpy())
    order = torch.randperm(5000, generator=torch.Generator().manual_seed(1)).numpy()
    batches = np.split(order, range(640, 5000, 640))
    parts = np.stack([each[batch].sum(axis=0) / 5000 for batch in batches])[:, 801:803]  # biases of classes 2 and 3
    heads = parts.cumsum(axis=0)
    drawn = columns(tables["parts"], "x", "y", "u", "v")
    np.testing.assert_allclose(drawn, np.hstack([heads - parts, parts]), rtol=1e-5, atol=1e-9)
    whole = columns(tables["whole"], "x", "y", "u", "v")[0]
    np.testing.assert_allclose(whole, [0, 0, *each.mean(axis=0)[801:803]], rtol=1e-5)
    assert (values["batches"], values["batch-size"], values["last-size"]) == (8, 640, 520)
    assert (values["points"], values["parameters"]) == (5000, 805) and 0 <= values["sum-error"] < 1e-12
    np.testing.assert_allclose(values["low"], heads.min(axis=0) - 0.0015, rtol=1e-5)
    np.testing.assert_allclose(values["high"], heads.max(axis=0) + 0.0015, rtol=1e-5)


@oracle("spiral/accumulation", "closed form")
def test_the_gradient_over_all_parameters(spiral):
    torch.manual_seed(2)
    net = spiral("models/classifier").build().double()
    x, y = spiral("data").arms(points=20)
    ours = spiral("accumulation").gradient(net, x.double(), y)
    np.testing.assert_allclose(ours, gradients(net, array(x), y.numpy()).mean(axis=0), atol=1e-12)


# data ---------------------------------------------------------------------------------------------------------------


@oracle("spiral/data", "closed form")
def test_the_figure_shows_all_points_of_all_arms(spiral):
    """Of arm k the points at the radii 0.8 t + 0.2; the noise of their angles, over 0.2, is standard normal."""
    tables = spiral("data").tables()
    values, t = tables["values"], np.linspace(0, 1, 1000)
    for k in range(5):
        x = columns(tables[f"arm-{k}"], "x", "y")
        np.testing.assert_allclose(np.hypot(*x.T), 0.8 * t + 0.2, atol=1e-6)
        angle = np.arctan2(*x.T) - (2 * t + k) * 2 * math.pi / 5
        assert kstest(((angle + math.pi) % (2 * math.pi) - math.pi) / 0.2, "norm").pvalue > 0.01
    assert (values["points"], values["classes"], values["points-each"]) == (5000, 5, 1000)
    stand_clear(values["ends"], tables, values["half"], (0.14, 0.06))
