"""The spiral chapter's classifiers and their figures: regions, embeddings, histories and steps of training."""

import math
import re
from itertools import product

import numpy as np
import pytest
import torch
from scipy.spatial.distance import cdist
from scipy.special import logsumexp
from sklearn.metrics import accuracy_score

from .definitions import array, columns, forward, grid, inside, is_above, stand_clear
from .nets import FILMED

oracle = pytest.mark.oracle


def lead(s, k):
    """By how much class k's linear output is above the others'."""
    return s[:, k] - np.delete(s, k, axis=1).max(axis=1)


def check_regions(tables, nets, x, y, every):
    at, shown = grid(1.35, 180), np.concatenate([np.flatnonzero(y == k)[::every] for k in range(y.max() + 1)])
    for name, net in nets.items():
        s, values = forward(net.net, at), tables["values"]
        for k in range(y.max() + 1):
            is_above(tables[f"{name}-{k}"], 0, at, lead(s, k))
        names = values[f"names-{name}"]
        assert values[f"below-{name}"] == forward(net.net, np.array(names)).argmax(axis=1).tolist()
        box = (0.17, 0.07)
        assert (np.abs(names) + np.array(box) < 1.35).all()
        assert (np.abs(x[shown] - np.array(names)[:, None]) > box).any(axis=2).all()
        assert values[f"accuracy-{name}"] == pytest.approx(
            accuracy_score(y, forward(net.net, x).argmax(axis=1)), abs=5e-4
        )
    stand_clear(values["names-relu"], tables, 1.35, (0.17, 0.07))
    assert values["half"] == 1.35
    wrong = shown[forward(nets["relu"].net, x[shown]).argmax(axis=1) != y[shown]]
    np.testing.assert_allclose(columns(tables["wrong"]), x[wrong], rtol=1e-6, atol=1e-9)


@oracle("spiral/decision", "brute force")
def test_each_region_is_where_its_class_wins(spiral, shown):
    tables, nets = shown("spiral/decision")
    x, y = spiral("data").arms()
    check_regions(tables, {"linear": nets["linear"], "relu": nets["classifier"]}, array(x), y.numpy(), 5)
    for k in range(5):
        np.testing.assert_allclose(columns(tables[f"arm-{k}"]), x[y == k][::5], rtol=1e-6)


@oracle("spiral/three-arms", "brute force")
def test_each_region_of_the_classic_is_where_its_class_wins(spiral, shown):
    tables, nets = shown("spiral/three-arms")
    x, y = spiral("data").three_arms()
    linear, relu = nets.values()
    check_regions(tables, {"linear": linear, "relu": relu}, array(x), y.numpy(), 3)
    assert tables["values"]["epochs"] == len(relu.history["loss"])
    for k in range(3):
        np.testing.assert_allclose(columns(tables[f"arm-{k}"]), x[y == k][::3], rtol=1e-6, atol=1e-9)


# Embeddings ---------------------------------------------------------------------------------------------------------


def check_view(tables, name, net, x, y, every, lower, upper, bar, under, accuracy, side=0.53):
    """One panel: the points, the sectors, their window and the bar."""
    h = forward(net[:3], x)
    centre, half = (h.min(axis=0) + h.max(axis=0)) / 2, side * (h.max(axis=0) - h.min(axis=0)).max()
    np.testing.assert_allclose([lower, upper], [centre - half, centre + half], rtol=1e-4, atol=1e-4 * half)
    assert bar == max(b for b in (0.1, 0.2, 0.5, 1, 2, 5, 10) if b < half / 2)
    middle = np.array([[upper[0] - 0.08 * half - bar / 2, lower[1] + 0.12 * half]])
    assert under == (middle @ array(net[3].weight).T + array(net[3].bias)).argmax()
    assert accuracy == pytest.approx(accuracy_score(y, forward(net, x).argmax(axis=1)), abs=5e-4)
    for k in range(5):
        np.testing.assert_allclose(columns(tables[f"{name}-arm-{k}"], "x", "y"), h[y == k][::every], atol=1e-4 * half)
    at = centre + half * np.random.default_rng(0).uniform(-1, 1, (4000, 2))
    s = at @ array(net[3].weight).T + array(net[3].bias)
    for k in range(5):
        ahead = lead(s, k)
        held = inside(tables[f"{name}-sector-{k}"], at) if f"{name}-sector-{k}" in tables else np.full(len(at), False)
        clear = np.abs(ahead) > 1e-3 * np.abs(ahead).max()
        np.testing.assert_array_equal(held[clear], ahead[clear] > 0)


def stand_apart(names, net, x, lower, upper):
    """Each name lies in its class's sector, in the window, away from all points."""
    names = np.array(names)
    assert (names > np.array(lower)).all() and (names < np.array(upper)).all()
    s = names @ array(net[3].weight).T + array(net[3].bias)
    apart = np.linalg.norm(names[:, None] - forward(net[:3], x), axis=2).min(axis=1)
    winners = np.unique(forward(net, x).argmax(axis=1))
    own = s.argmax(axis=1) == np.arange(5)
    assert own[winners].all() or own.sum() >= 3  # a class may have no sector near the rim
    return apart / (np.array(upper) - np.array(lower))[0]


@oracle("spiral/embedding", "brute force")
def test_the_embedding_and_its_sectors(spiral, shown):
    tables, nets = shown("spiral/embedding")
    net, values, (x, y) = nets["embedding"].net, tables["values"], spiral("data").arms()
    window = (values[name] for name in ("lower", "upper", "bar", "under-bar", "accuracy"))
    check_view(tables, "final", net, array(x), y.numpy(), 4, *window)
    np.testing.assert_allclose(
        columns(tables["weights"], "x", "y", "u", "v"),
        np.hstack([np.zeros((5, 2)), 2 * array(net[3].weight)]),
        rtol=1e-6,
    )
    assert values["magnified"] == 2
    stand_apart(values["names"], net, array(x), values["lower"], values["upper"])
    points, size, corners = forward(net[:3], x), np.array([0.75, 0.4]), np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]])
    for k, ((u, v), at) in enumerate(zip(2 * array(net[3].weight), values["arrow-names"], strict=True)):
        length, scores = math.hypot(u, v), {}
        off = 0.35 + (0.75 * abs(v) + 0.4 * abs(u)) / length  # the name's box is farther than 0.35 from the arrow
        for share, side in product(np.linspace(0.5, 0.85, 8), (off, -off)):
            x1, x2 = share * u - side * v / length, share * v + side * u / length
            ahead = lead(forward(net[3:], [x1, x2] + size * corners), k).min()
            free = np.hypot(*np.maximum(abs(points - [x1, x2]) - size, 0).T).min()
            scores[x1, x2] = (ahead > 0, free if ahead > 0 else ahead)  # its box in its sector, clear of points
        best = max(scores, key=scores.get)
        assert np.hypot(*np.subtract(at, best)) < 1e-3


@oracle("spiral/embedding", "brute force")
def test_the_film_of_the_embedding(spiral, shown):
    """Some of its frames: the points and sectors of the net as it was then, in the last frame's window."""
    printed, nets = shown("spiral/embedding")
    x, y = spiral("data").arms()
    frames = list(spiral("embedding").frames(nets["embedding"]))
    assert len(frames) == len(FILMED) + 1
    lower, upper = (np.array(printed["values"][edge]) for edge in ("lower", "upper"))
    for k in (0, 40, 80, len(FILMED) - 1):
        net, tables = nets["embedding"].snapshots[FILMED[k]], frames[k]
        h, s = forward(net[:3], x), forward(net, x)
        right = 100 * accuracy_score(y, s.argmax(axis=1))
        title = tables["weights"].labels["title"]
        assert title.startswith(rf"epoch {FILMED[k]:,}, accuracy ")
        assert float(re.search(r"accuracy (.*)\\,", title)[1]) == pytest.approx(right, abs=0.1)
        np.testing.assert_allclose(columns(tables["weights"], "u", "v"), 2 * array(net[3].weight), rtol=1e-6)
        np.testing.assert_allclose([tables["values"]["lower"], tables["values"]["upper"]], [lower, upper], rtol=1e-6)
        for c in range(5):
            np.testing.assert_allclose(columns(tables[f"final-arm-{c}"], "x", "y"), h[y == c][::4], atol=1e-3)
        at = np.random.default_rng(0).uniform(lower, upper, (1000, 2))
        scores = at @ array(net[3].weight).T + array(net[3].bias)
        for c in range(5):
            name, ahead = f"final-sector-{c}", lead(scores, c)
            held = inside(tables[name], at) if name in tables else np.full(len(at), False)
            clear = np.abs(ahead) > 1e-3 * np.abs(ahead).max()
            np.testing.assert_array_equal(held[clear], ahead[clear] > 0)
    assert frames[-1]["values"]["names"] == printed["values"]["names"] and frames[0]["values"]["names"] == []


@oracle("spiral/unwarp", "brute force")
def test_the_embedding_as_it_grows(spiral, shown):
    tables, nets = shown("spiral/unwarp")
    values, (x, y) = tables["values"], spiral("data").arms()
    assert values["epochs"] == [0, 300, 1000, 2000]
    for k, epoch in enumerate(values["epochs"]):
        net = nets["embedding"].snapshots[epoch]
        window = (values[name][k] for name in ("lower", "upper", "bar", "under-bar", "accuracy"))
        check_view(tables, f"epoch-{epoch}", net, array(x), y.numpy(), 8, *window, 0.53 if epoch else 0.6)
        names = columns(tables[f"names-{epoch}"])
        s = names[:, :2] @ array(net[3].weight).T + array(net[3].bias)
        assert (s.argmax(axis=1) + 1).tolist() == names[:, 2].tolist()
        apart = cdist(names[:, :2], forward(net[:3], x[::8])).min(axis=1)
        assert (apart > 0.02 * (values["upper"][k][0] - values["lower"][k][0])).all()


@pytest.mark.parametrize("seed", range(3))
def test_names_of_sectors_have_room(spiral, seed):
    """Five clusters in five directions: each name is in its sector, near the rim, clear of points and bar."""
    torch.manual_seed(seed)
    turn = 2 * math.pi * (torch.arange(5) + seed / 5) / 5
    rows = torch.stack([turn.cos(), turn.sin()], dim=1)
    last = torch.nn.Linear(2, 5).requires_grad_(False)
    last.weight.copy_(rows), last.bias.zero_()
    net = torch.nn.Sequential(*[torch.nn.Identity()] * 3, last)
    x = (rows[:, None] * (1 + torch.rand(5, 40, 1)) + 0.1 * torch.randn(5, 40, 2)).reshape(-1, 2)
    lower, upper = torch.tensor([-2.5, -2.5]), torch.tensor([2.5, 2.5])
    names, room = spiral("sectors").roomiest(net, x, lower, upper)
    assert (room > 0.03).all()
    right = torch.cartesian_prod(torch.linspace(0, 2.5, 40), torch.linspace(-2.5, 2.5, 80))
    found = spiral("sectors").names(net, torch.cat([x, right]), lower, upper)
    assert set(found.number) < {1, 2, 3, 4, 5} and len(found) > 0  # those at the right have no room
    assert last(names).argmax(dim=1).tolist() == list(range(5))
    assert names.abs().max() <= 0.42 * 5 + 1e-5 and (names.abs().max(dim=1).values > 0.3 * 5).all()
    assert torch.cdist(names, x).min() > 0.4
    corner = (names[:, 0] > 0.15 * 5) & (names[:, 1] < -0.35 * 5)  # where the bar is
    assert not corner.any()


# Training -----------------------------------------------------------------------------------------------------------


@oracle("spiral/training", "closed form")
def test_the_curves_are_the_histories(shown):
    """At epochs that are evenly spaced on a logarithmic axis; a guess costs ln 5."""
    tables, nets = shown("spiral/training")
    linear, relu = nets["linear"].history, nets["classifier"].history
    epochs, values = len(linear["loss"]), tables["values"]
    assert values["log-classes"] == pytest.approx(-math.log(1 / 5)) and values["classes"] == 5
    assert values["epochs"] == epochs
    for quantity in ("loss", "accuracy"):
        at, *lines = columns(tables[quantity], "x", "linear", "relu").T
        assert at[0] == 1 and at[-1] == epochs and set(at) == {round(epochs ** (k / 299)) for k in range(300)}
        for line, history in zip(lines, (linear, relu), strict=True):
            np.testing.assert_allclose(line, np.array(history[quantity])[at.astype(int) - 1], rtol=1e-5)
        for name, history in (("linear", linear), ("relu", relu)):
            assert values[f"final-{quantity}-{name}"] == pytest.approx(history[quantity][-1], rel=1e-6)
            assert values[f"start-{name}"] == pytest.approx(history["loss"][0], rel=1e-6)


@oracle("spiral/training", "published value")
def test_training_is_adam_as_kingma_and_ba_have_it(spiral):
    """Three steps of their algorithm 1 in NumPy, with α = 10⁻³, β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸, and 10⁻⁵ of the weights
    added to the gradient of the cross-entropy."""
    steps = spiral("steps")
    torch.manual_seed(0)
    net = torch.nn.Sequential(torch.nn.Linear(2, 4))
    x, y = torch.randn(30, 2), torch.arange(30) % 4
    w, b = array(net[0].weight).copy(), array(net[0].bias).copy()
    history, snapshots = steps.fit(net, x, y, steps.adam(net), 3, keep=(0, 2))
    p = np.hstack([w, b[:, None]])  # (class, 3)
    inputs = np.hstack([array(x), np.ones((30, 1))])
    m, v = np.zeros_like(p), np.zeros_like(p)
    for t in (1, 2, 3):
        s = inputs @ p.T
        own = s[np.arange(30), y]
        assert history["loss"][t - 1] == pytest.approx((logsumexp(s, axis=1) - own).mean(), rel=1e-5)
        assert history["accuracy"][t - 1] == pytest.approx(accuracy_score(y, s.argmax(axis=1)))
        soft = np.exp(s - logsumexp(s, axis=1, keepdims=True))
        g = (soft - np.eye(4)[y]).T @ inputs / 30 + 1e-5 * p
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        p = p - 1e-3 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        if t == 2:
            np.testing.assert_allclose(snapshots[2]["0.weight"], p[:, :2], atol=1e-6)
    np.testing.assert_allclose(net[0].weight.detach(), p[:, :2], atol=1e-6)
    np.testing.assert_allclose(snapshots[0]["0.weight"], w, rtol=1e-6)


@pytest.mark.parametrize(
    ("name", "sizes", "relu"),
    [
        ("linear", (2, 100, 5), False),
        ("classifier", (2, 100, 5), True),
        ("three-arms-linear", (2, 100, 3), False),
        ("three-arms-relu", (2, 100, 3), True),
        ("embedding", (2, 100, 2, 5), True),
    ],
)
def test_nets_have_the_shapes_that_the_text_gives_them(spiral, name, sizes, relu):
    net = spiral(f"models/{name}").build()
    linear = [layer for layer in net if isinstance(layer, torch.nn.Linear)]
    assert [layer.in_features for layer in linear] + [linear[-1].out_features] == list(sizes)
    assert sum(isinstance(layer, torch.nn.ReLU) for layer in net) == relu


@pytest.mark.parametrize(
    ("name", "classes", "epochs", "keep", "rule"),
    [
        ("linear", 5, 2000, set(), "Adam"),
        ("classifier", 5, 2000, {0}, "Adam"),
        ("embedding", 5, 2000, {300, 1000, *FILMED}, "Adam"),
        ("three-arms-linear", 3, 1000, set(), "SGD"),
        ("three-arms-relu", 3, 1000, set(), "Adam"),
    ],
)
def test_nets_are_trained_as_the_text_says(spiral, monkeypatch, name, classes, epochs, keep, rule):
    """What the training is asked for; the training itself is tested above."""
    module, asked = spiral(f"models/{name}"), {}

    def fit(net, x, y, optimiser, epochs, keep=()):
        asked.update(x=x, y=y, optimiser=optimiser, epochs=epochs, keep=set(keep))

    monkeypatch.setattr(module, "fit", fit)
    module.train(module.build(), 0)
    x, y = spiral("data").arms() if classes == 5 else spiral("data").three_arms()
    assert torch.equal(asked["x"], x) and torch.equal(asked["y"], y)
    assert (asked["epochs"], asked["keep"], type(asked["optimiser"]).__name__) == (epochs, keep, rule)
    group = asked["optimiser"].param_groups[0]
    assert group["lr"] == 1e-3 and group["weight_decay"] == (1e-5 if rule == "Adam" else 0)
