"""The spiral chapter: its data and formulas against closed forms, its trained nets against what they are known to
reach."""

import math

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, log_loss

# Data ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "classes", "radius"), [("arms", 5, lambda t: 0.8 * t + 0.2), ("three_arms", 3, lambda t: t)]
)
def test_the_arms_follow_their_formula(spiral, name, classes, radius):
    x, y = getattr(spiral("data"), name)()
    x, y = x.double().numpy(), y.numpy()
    t = np.tile(np.linspace(0, 1, 1000), classes)
    assert x.shape == (1000 * classes, 2) and (y == np.arange(classes).repeat(1000)).all()
    np.testing.assert_allclose(np.hypot(*x.T), radius(t), atol=1e-6)
    moving = radius(t) > 0
    angle = np.arctan2(*x.T) - (2 * t + y) * 2 * math.pi / classes
    noise = ((angle + math.pi) % (2 * math.pi) - math.pi)[moving]
    # Estimates from n draws lie within 4 standard errors: σ/√n of the mean, σ/√2n of the deviation.
    assert abs(noise.mean()) < 4 * 0.2 / math.sqrt(len(noise))
    assert abs(noise.std() - 0.2) < 4 * 0.2 / math.sqrt(2 * len(noise))


def test_the_data_are_the_same_each_time(spiral):
    arms = spiral("data").arms
    torch.manual_seed(7)
    first = arms()
    torch.manual_seed(8)
    assert all(torch.equal(a, b) for a, b in zip(first, arms(), strict=True))


def test_a_square_is_row_by_row(spiral):
    axis, plane = spiral("data").square(3, half=1)
    assert axis.tolist() == [-1, 0, 1]
    assert plane.tolist() == [[x, y] for y in (-1, 0, 1) for x in (-1, 0, 1)]


def test_the_ensembles_noise_floor(spiral):
    x, y = spiral("models/ensemble").sample()
    noise = (y - x**3).numpy()
    assert noise.min() >= 0 and noise.max() <= 0.3
    assert pytest.approx(0.0075) == 0.3**2 / 12


# Formulas -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def outputs():
    """Linear outputs (20, 5) in double precision, some of them large."""
    return 8 * torch.randn(20, 5, generator=torch.Generator().manual_seed(0), dtype=torch.float64)


def softargmax(s):
    return np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)


def test_energies_are_the_cross_entropies(spiral, outputs):
    energies = spiral("energies").cross_entropies(outputs)
    np.testing.assert_allclose(energies, -np.log(softargmax(outputs.numpy())), rtol=1e-10, atol=1e-14)
    assert spiral("energies").identity_error(outputs, torch.arange(20) % 5) < 1e-12


def test_the_gradient_of_an_energy_is_softargmax_less_target(spiral, outputs):
    y = torch.arange(20) % 5
    s = outputs.clone().requires_grad_()
    spiral("energies").of(spiral("energies").cross_entropies(s), y).sum().backward()
    np.testing.assert_allclose(s.grad, softargmax(outputs.numpy()) - np.eye(5)[y], atol=1e-12)


def test_the_lead_of_the_winner_is_positive(spiral, outputs):
    lead = spiral("regions").lead(outputs).numpy()
    brute = [[s[k] - max(np.delete(s, k)) for k in range(5)] for s in outputs.numpy()]
    np.testing.assert_allclose(lead, brute)


def test_sectors_are_where_a_layer_is_greatest(spiral):
    torch.manual_seed(0)
    layer = torch.nn.Linear(2, 5).requires_grad_(False)
    lower, upper = torch.tensor([-3.0, -2.0]), torch.tensor([3.0, 4.0])
    found = spiral("sectors").sectors("sector", layer, lower, upper)
    h = lower + (upper - lower) * torch.rand(200_000, 2)
    shares = torch.bincount(layer(h).argmax(dim=1), minlength=5) / len(h)
    areas = np.zeros(5)
    for name, table in found.items():
        areas[int(name.split("-")[1])] = (
            abs(np.sum(table.x * np.roll(table.y, -1) - table.y * np.roll(table.x, -1))) / 2
        )
    np.testing.assert_allclose(areas / 36, shares, atol=0.005)


# What the book's build gave -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        ("three-arms/accuracy-relu", 0.93, 0.97),
        ("training/start-linear", math.log(5) - 0.2, math.log(5) + 0.2),
        ("training/start-relu", math.log(5) - 0.2, math.log(5) + 0.2),
        ("decision/accuracy-relu", 0.97, 1),
        ("embedding/accuracy", 0.98, 1),
        ("ensemble/mse-relu-least", 0.005, 0.009),
        ("ensemble/mse-relu-greatest", 0.005, 0.009),
        ("accumulation/sum-error", 0, 1e-6),
        ("energy-linear-output/identity-error", 0, 1e-5),
    ],
)
def test_values_are_where_they_are_known_to_be(values, value, low, high):
    figure, key = value.split("/")
    assert low <= values(f"spiral/{figure}")[key] <= high


@pytest.mark.parametrize("figure", ["decision", "three-arms"])
@pytest.mark.parametrize("net", ["linear", "relu"])
def test_regions_names_stand_in_their_regions(values, figure, net):
    below = values(f"spiral/{figure}")[f"below-{net}"]
    assert below == list(range(len(below)))


@pytest.mark.parametrize(
    ("name", "data", "low", "high"),
    [
        ("classifier", "arms", 0.97, 1),
        ("embedding", "arms", 0.98, 1),
        ("three-arms-relu", "three_arms", 0.93, 0.97),
    ],
)
def test_trained_nets_classify_as_well_as_they_are_said_to(spiral, trained, name, data, low, high):
    x, y = getattr(spiral("data"), data)()
    assert low <= accuracy_score(y, trained(f"spiral/{name}")(x).argmax(dim=1)) <= high


@pytest.mark.parametrize(("name", "data"), [("linear", "arms"), ("three-arms-linear", "three_arms")])
def test_a_linear_net_is_logistic_regression(spiral, trained, name, data):
    """Without a non-linearity, two layers are one: their cross-entropy cannot fall below the best affine map's, and
    they get as many points right."""
    x, y = getattr(spiral("data"), data)()
    best = LogisticRegression(C=np.inf).fit(x, y)
    net = trained(f"spiral/{name}")
    assert accuracy_score(y, net(x).argmax(dim=1)) == pytest.approx(best.score(x, y), abs=0.01)
    loss, least = net.history["loss"][-1], log_loss(y, best.predict_proba(x))
    assert least - 1e-4 <= loss <= least + (0.02 if name == "linear" else 0.2)  # the other took fewer and smaller steps
