"""The opening chapter's vectors, maps and functions: against closed forms, autograd, SciPy and loops in NumPy."""

import math

import numpy as np
import pytest
import torch
from scipy.linalg import polar, svd
from scipy.stats import kstest

from .definitions import array, columns

oracle = pytest.mark.oracle
CHART = 11  # steps between the colours along a side of the chart


@pytest.fixture
def start(intro):
    """The cloud, in NumPy."""
    return array(intro("data").cloud())


def check_cloud(table, places, start):
    """Asserts that points are at places (n, 2), in the colours of where they started (n, 2)."""
    np.testing.assert_allclose(columns(table, "x", "y"), places, rtol=1e-9, atol=1e-12)
    cell = np.clip(np.floor((start / 2.5 + 1) / 2 * CHART + 0.5), 0, CHART)
    np.testing.assert_allclose(columns(table, "across", "up") * CHART, cell, atol=1e-9)


# vectors ------------------------------------------------------------------------------------------------------------


@oracle("intro/vector-as-function", "closed form")
def test_each_vector_has_values_of_one_function(intro):
    tables = intro("vector-as-function").tables()
    values = tables["values"]
    assert values["sizes"] == [5, 15, 60] and (values["half"], values["height"]) == (pytest.approx(3.18), 2)

    def wave(t):
        return 1.1 * math.sin(1.7 * t + 1) + 0.7 * math.cos(4.1 * t + 0.8)

    for size in values["sizes"]:
        table = tables[f"vector-{size}"]
        assert [*table.x] == list(range(1, size + 1))
        wanted = [wave(-3 + 6 * (k - 0.5) / size) for k in range(1, size + 1)]
        np.testing.assert_allclose(table.y, wanted, atol=1e-12)
        assert set(values[f"ticks-{size}"]) <= {*table.x} and values[f"ticks-{size}"][-1] == size
        # places of the panels lie above one another: where the k-th component is, the function has its value
        left, right = 0.5 - values["rim"] * size, size * (1 + values["rim"]) + 0.5
        at = values["half"] * (2 * (np.array(table.x) - left) / (right - left) - 1)
        np.testing.assert_allclose([wave(t) for t in at], wanted, atol=1e-9)
    function = columns(tables["function"], "x", "y")
    np.testing.assert_allclose(function[:, 1], [wave(t) for t in function[:, 0]], atol=1e-12)
    under = columns(tables["under"], "x", "y")
    np.testing.assert_allclose(under, [*function, [3.18, 0], [-3.18, 0]])
    assert np.abs(function[:, 1]).max() < values["height"]


# linear maps --------------------------------------------------------------------------------------------------------


@oracle("intro/svd-ellipse", "SciPy")
def test_the_circle_becomes_the_ellipse_of_the_singular_vectors(intro):
    tables = intro("svd-ellipse").tables()
    values = tables["values"]
    w = np.array([[values["w-1-1"], values["w-1-2"]], [values["w-2-1"], values["w-2-2"]]])
    sigma = svd(w)[1]
    assert (values["sigma-1"], values["sigma-2"]) == (pytest.approx(sigma[0]), pytest.approx(sigma[1]))
    v, half_axes = (columns(tables[f"{name}-axes"], "u", "v").T for name in ("r", "s"))  # a vector a column
    np.testing.assert_allclose(w @ v, half_axes, atol=1e-6)  # W v_i = σ_i u_i
    u = half_axes / sigma
    for basis in (u, v):
        np.testing.assert_allclose(basis.T @ basis, np.eye(2), atol=1e-12)
    assert np.linalg.det(v) == pytest.approx(1) and v[1, 0] > 0
    assert np.linalg.det(u) == pytest.approx(np.sign(np.linalg.det(w)))
    stages = {"r": np.eye(2), "turned": v.T, "stretched": np.diag(sigma) @ v.T, "s": w}
    assert values["stages"] == [*stages]
    for name, stage in stages.items():
        for kind, count in (("rim", 240), ("dots", 24)):
            turn = 2 * math.pi * np.arange(count + (kind == "rim")) / count
            wanted = np.stack([np.cos(turn), np.sin(turn)], axis=1) @ stage.T
            np.testing.assert_allclose(columns(tables[f"{name}-{kind}"], "x", "y"), wanted, atol=1e-12)
        arrows = tables[f"{name}-axes"]
        np.testing.assert_allclose(columns(arrows, "u", "v"), (stage @ v).T, atol=1e-12)
        assert not columns(arrows, "x", "y").any()
        assert np.abs(columns(tables[f"{name}-rim"], "x", "y")).max() < values["half"]
    np.testing.assert_allclose(columns(tables["turned-axes"], "u", "v"), np.eye(2), atol=1e-12)
    np.testing.assert_allclose(columns(tables["stretched-axes"], "u", "v"), np.diag(sigma), atol=1e-12)


@oracle("intro/svd-ellipse", "closed form")
def test_the_areas_are_as_the_determinant(intro):
    module = intro("svd-ellipse")
    tables = module.tables()
    values = tables["values"]
    determinant = values["w-1-1"] * values["w-2-2"] - values["w-1-2"] * values["w-2-1"]
    assert values["determinant"] == pytest.approx(determinant) and values["error"] < 1e-12
    assert values["area-ratio"] == pytest.approx(abs(determinant), abs=1e-6)
    assert values["area-ratio"] == pytest.approx(values["sigma-1"] * values["sigma-2"], abs=1e-6)
    v, u = columns(tables["r-axes"], "u", "v")[0], columns(tables["s-axes"], "u", "v")[0]
    assert values["turn-v"] == pytest.approx(-math.degrees(math.atan2(v[1], v[0])))
    assert values["turn-u"] == pytest.approx(math.degrees(math.atan2(u[1], u[0])))
    square = torch.tensor([[0, 0], [2, 0], [2, 3], [0, 3], [0, 0]], dtype=torch.float64)
    assert float(module.area(square)) == 6 and float(module.area(square.flip(0))) == -6


@pytest.mark.parametrize("w", [[[1, 2], [3, 4]], [[0, -1], [1, 0.5]], [[-2, 0.3], [0.1, -1]]])
def test_factors_are_those_of_any_map(intro, w):
    w = torch.tensor(w, dtype=torch.float64)
    u, sigma, v = intro("svd-ellipse").factors(w)
    torch.testing.assert_close(u @ torch.diag(sigma) @ v.T, w)
    assert sigma[0] >= sigma[1] > 0 and v[1, 0] >= 0 and torch.linalg.det(v) > 0


@oracle("intro/linear-maps", "SciPy")
def test_six_maps_of_the_cloud(intro, start):
    module = intro("linear-maps")
    tables = module.tables()
    values, maps = tables["values"], array(module.maps())
    assert start.shape == (values["points"], 2) == (1000, 2) and len(maps) == values["maps"] == 6
    for axis in start.T:
        assert kstest(axis, "norm").pvalue > 0.01
    assert abs(np.corrcoef(start.T)[0, 1]) < 0.1
    check_cloud(tables["start"], start, start)
    outside = 0
    for k, w in enumerate(maps):
        image = np.stack([[row @ point for row in w] for point in start])
        check_cloud(tables[f"map-{k}"], image, start)
        outside += (np.abs(image) > values["half"]).any(axis=1).mean() / 6
        assert [values["sigma-1"][k], values["sigma-2"][k]] == pytest.approx(svd(w)[1])
        q = polar(w)[0]  # the orthogonal map that is nearest
        if np.linalg.det(w) > 0:
            assert values["turns"][k] == pytest.approx(math.degrees(math.atan2(q[1, 0], q[0, 0])))
    assert values["outside"] == pytest.approx(outside) and outside < 0.01
    assert values["greatest"] == pytest.approx(max(svd(w)[1][0] for w in maps))


def test_among_six_maps_there_is_one_of_each_kind(intro):
    values, maps = intro("linear-maps").tables()["values"], array(intro("linear-maps").maps())
    first, second = np.array(values["sigma-1"]), np.array(values["sigma-2"])
    right = np.linalg.det(maps) > 0
    assert values["mirrors"] == (~right).sum() == 3
    flat = values["flat"] - 1
    assert second[flat] == second.min() == values["flat-2"] < 0.1 and values["flat-1"] == first[flat] > 1
    assert values["flat-maps"] == (second < 0.1).sum() == 1
    turned = right & (first / second < 1.35)
    assert turned.sum() == 1 and abs(np.array(values["turns"])[turned][0]) > 40
    assert (right & (first / second > 2)).any()


# functions ----------------------------------------------------------------------------------------------------------

FUNCTIONS = {
    "identity": lambda s: s * 1,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky": lambda s: torch.nn.functional.leaky_relu(s, 0.1),
    "softplus": torch.nn.functional.softplus,
}


@oracle("intro/activations", "autograd")
@pytest.mark.parametrize("name", FUNCTIONS)
def test_slopes_are_those_of_autograd(intro, name):
    tables = intro("activations").tables()
    table, values = tables[name], tables["values"]
    s = torch.tensor(np.array(table.x), dtype=torch.float64, requires_grad=True)
    assert (min(table.x), max(table.x)) == (-3, 3) and values["half"] == 3 and len(s) == 241 and 0 in table.x
    f = FUNCTIONS[name](s)
    (slope,) = torch.autograd.grad(f.sum(), s)
    np.testing.assert_allclose(table.value, array(f), rtol=1e-9, atol=1e-12)
    found, there = np.array(table.slope, dtype=float), ~np.isnan(np.array(table.slope, dtype=float))
    np.testing.assert_allclose(found[there], array(slope)[there], rtol=1e-9, atol=1e-12)
    missing = np.array(table.x)[~there]
    assert [*missing] == ([0] if name in ("relu", "leaky") else [])  # where the slope jumps


def test_what_is_told_of_activations(intro):
    tables = intro("activations").tables()
    values = tables["values"]
    assert values["names"] == [*FUNCTIONS] and values["leak"] == 0.1
    assert (values["sigmoid-slope"], values["tanh-slope"]) == (0.25, 1)
    assert values["softplus-corner"] == pytest.approx(math.log(2))
    assert max(tables["sigmoid"].slope) == 0.25 and max(tables["tanh"].slope) == 1
    np.testing.assert_allclose(tables["softplus"].slope, tables["sigmoid"].value, atol=1e-15)
    assert (values["low"], values["high"]) == (-1.25, 2.25)


@oracle("intro/activation-morphings", "closed form")
def test_three_functions_bend_the_plane_coordinate_by_coordinate(intro, start):
    tables = intro("activation-morphings").tables()
    values = tables["values"]
    maps = {
        "start": lambda v: v,
        "relu": lambda v: (v + abs(v)) / 2,
        "sigmoid": lambda v: 1 / (1 + math.exp(-v)),
        "tanh": lambda v: (math.exp(2 * v) - 1) / (math.exp(2 * v) + 1),
    }
    assert values["names"] == [*maps] and (values["rings"], values["rays"]) == (12, 24)
    rim = np.linspace(0, 2 * math.pi, 121)
    web = [0.3 * (k + 1) * np.stack([np.cos(rim), np.sin(rim)], axis=1) for k in range(12)]
    out = np.linspace(0, 3.6, 121)
    web += [np.outer(out, [math.cos(k * math.pi / 12), math.sin(k * math.pi / 12)]) for k in range(24)]
    for name, function in maps.items():
        each = np.vectorize(function)
        check_cloud(tables[name], each(start), start)
        pieces = [columns(tables[f"{name}-web"], "x", "y")[piece] for piece in tables[f"{name}-web"].pieces()]
        np.testing.assert_allclose(pieces, each(web), atol=2e-6)
        low, high = values["windows"][values["names"].index(name)]
        assert all(low < place < high for piece in pieces for place in piece.ravel())
        assert all(low < tick < high for tick in values[f"ticks-{name}"])
    assert values["reach"] == pytest.approx(np.hypot(*start.T).max()) and values["reach"] < 3.6
    below = (start < 0).sum(axis=1)
    shares = [values[name] for name in ("kept", "on-axes", "origin")]
    assert shares == pytest.approx([(below == k).mean() for k in range(3)]) and values["points"] == 1000
    assert values["near-tanh"] == pytest.approx((np.abs(np.tanh(start)) > 0.96).any(axis=1).mean())


@oracle("intro/tanh-squash", "closed form")
def test_the_gain_pushes_the_cloud_into_the_corners(intro, start):
    tables = intro("tanh-squash").tables()
    values = tables["values"]
    assert values["gains"] == [1, 2, 3, 4, 5] and (values["points"], values["near"]) == (1000, 0.9)
    check_cloud(tables["start"], start, start)
    for k, gain in enumerate(values["gains"]):
        image = 1 - 2 / (np.exp(2 * gain * start) + 1)
        check_cloud(tables[f"gain-{gain}"], image, start)
        assert values["rim"][k] == pytest.approx((np.abs(image) > 0.9).any(axis=1).mean())
        assert values["corners"][k] == pytest.approx((np.abs(image) > 0.9).all(axis=1).mean())
    for name in ("rim", "corners"):
        assert (np.diff(values[name]) > 0).all()
        assert [values[f"{name}-first"], values[f"{name}-last"]] == [values[name][0], values[name][-1]]
    assert values["half"] > 1 and values["wide"] > np.abs(start).max()


# nets ---------------------------------------------------------------------------------------------------------------

ACTIVATIONS = {"tanh": np.tanh, "relu": lambda s: np.where(s > 0, s, 0)}
SIZES = {"tanh": (2, 5, 2), "relu": (2, 5, 5, 5, 5, 2)}


def outputs(net, activation, x):
    """The outputs (n, 2) of a net for x (n, 2), layer by layer from its weights and biases."""
    state = {name: array(value) for name, value in net.state_dict().items()}
    layers = sorted({int(name.split(".")[0]) for name in state})
    for layer in layers:
        x = x @ state[f"{layer}.weight"].T + state[f"{layer}.bias"]
        x = x if layer == layers[-1] else activation(x)
    return x


@oracle("intro/random-nets", "brute force")
def test_ten_nets_layer_by_layer(intro, start):
    module = intro("random-nets")
    tables = module.tables()
    values = tables["values"]
    assert values["kinds"] == [*SIZES] and (values["points"], values["nets"], values["many"]) == (1000, 5, 200)
    for row, (kind, activation) in enumerate(ACTIVATIONS.items()):
        for k in range(5):
            net = module.net(*module.KINDS[kind], module.FIRST[kind] + k)
            y, at = outputs(net, activation, start), 5 * row + k
            check_cloud(tables[f"{kind}-{k}"], y, start)
            (lower, upper), (low, high) = (values["lower"][at], values["upper"][at]), (y.min(axis=0), y.max(axis=0))
            side = np.subtract(upper, lower)
            assert side[0] == pytest.approx(side[1]) == pytest.approx(1.15 * (high - low).max())
            assert (low > lower).all() and (high < upper).all()
            assert np.add(lower, upper) == pytest.approx(low + high)  # in the middle
            bar = values["bar"][at]
            assert 0.12 * side[0] < bar <= 0.3 * side[0] * (1 + 1e-9)
            assert f"{bar:.6e}"[:8] in ("1.000000", "2.000000", "5.000000")
            assert np.linalg.matrix_rank(y - y.mean(axis=0)) == 2
    spreads = {
        kind: [
            np.sqrt(outputs(module.net(*module.KINDS[kind], seed), activation, start).var(axis=0).sum())
            for seed in range(200)
        ]
        for kind, activation in ACTIVATIONS.items()
    }
    for kind, each in spreads.items():
        assert values[f"spread-{kind}"] == pytest.approx(sorted(each)[99], rel=1e-6)
        assert values[f"dead-{kind}"] == sum(spread < 1e-12 for spread in each)
    assert values["spread-start"] == pytest.approx(np.sqrt(start.var(axis=0).sum()))
    assert values["spread-relu"] < values["spread-tanh"] / 5 < values["spread-start"] / 5


@pytest.mark.parametrize("kind", SIZES)
def test_nets_begin_as_pytorch_has_them(intro, kind):
    """Weights and biases are uniform within one over the root of a layer's inputs, whatever was drawn before."""
    module = intro("random-nets")
    nets = [module.net(*module.KINDS[kind], seed) for seed in range(300)]
    linear = [layer for layer in nets[0] if hasattr(layer, "weight")]
    assert [linear[0].in_features, *(layer.out_features for layer in linear)] == [*SIZES[kind]]
    assert len(nets[0]) == 2 * len(linear) - 1  # no activation at the end
    for k, layer in enumerate(linear):
        drawn = np.concatenate([array(part).ravel() for net in nets for part in net[2 * k].parameters()])
        bound = 1 / math.sqrt(layer.in_features)
        assert np.abs(drawn).max() <= bound and kstest(drawn / bound, "uniform", args=(-1, 2)).pvalue > 1e-3
    torch.manual_seed(7)
    before = torch.random.get_rng_state()
    again = module.net(*module.KINDS[kind], 3)
    assert all(torch.equal(a, b) for a, b in zip(again.parameters(), nets[3].parameters(), strict=True))
    assert torch.equal(torch.random.get_rng_state(), before)


@pytest.mark.parametrize(("most", "length"), [(0.3, 0.2), (0.5, 0.5), (1.9, 1), (0.0099, 0.005), (70, 50)])
def test_bars_have_round_lengths(intro, most, length):
    assert float(intro("random-nets").round_length(torch.tensor(most, dtype=torch.float64))) == pytest.approx(length)
