"""The opening chapter's nets: the pieces that (·)⁺ cuts, sums of hinges, and a trained net in half-steps."""

import math
from itertools import combinations, pairwise

import numpy as np
import pytest
import torch
from scipy.spatial.distance import cdist

from .definitions import array, columns

oracle = pytest.mark.oracle


def area(corners):
    """Of a polygon (n, 2), by the shoelace formula."""
    (x, y), (u, v) = corners.T, np.roll(corners, -1, axis=0).T
    return abs((x * v - u * y).sum()) / 2


# Pieces -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def regions(book):
    return book.load(book.find("intro/linear-regions").code).tables()


def patterns(net, x):
    """Which units of each layer are on, at points x (n, 2): (n, layers × width)."""
    found, h = [], x
    for w, b in net:
        s = h @ array(w).T + array(b)
        found.append(s > 0)
        h = np.where(s > 0, s, 0)
    return np.concatenate(found, axis=1)


def outlines(regions, depth):
    table = regions[f"lead-{depth}"]
    return [columns(table, "x", "y")[piece][:-1] for piece in table.pieces()]


@oracle("intro/linear-regions", "brute force")
def test_pieces_fill_the_window_and_no_two_have_the_same_units_on(intro, book, regions):
    """Where all units keep their signs is convex. So pieces of different patterns do not overlap, and if their areas
    add up to the window's there are no others: the count is exact."""
    seed, values = book.load(book.find("intro/linear-regions").code).SEED, regions["values"]
    net, draws = intro("foldings").layers(seed), np.random.default_rng(0).uniform(-2.5, 2.5, (20000, 2))
    for depth in (1, 2, 3):
        pieces = outlines(regions, depth)
        middles = np.array([corners.mean(axis=0) for corners in pieces])
        found = {tuple(row) for row in patterns(net[:depth], middles)}
        assert len(found) == len(pieces) == values[f"count-{depth}"] == values[f"maps-{depth}"]
        assert sum(map(area, pieces)) == pytest.approx(25, rel=1e-6)
        assert {tuple(row) for row in patterns(net[:depth], draws)} <= found
        for corners, on in zip(pieces, patterns(net[:depth], middles), strict=True):  # no crease runs through one
            inner = 0.999 * corners + 0.001 * corners.mean(axis=0)
            if area(corners) > 1e-6:
                assert (patterns(net[:depth], inner) == on).all()
    assert values["count-1"] < values["count-2"] < values["count-3"]


@oracle("intro/linear-regions", "closed form")
def test_whole_lines_cut_a_window_by_their_number_and_that_of_their_crossings(intro, book, regions):
    """1 + the lines that enter it + the crossings in it, for lines of which no three meet."""
    seed, values = book.load(book.find("intro/linear-regions").code).SEED, regions["values"]
    ((w, b), *_) = [(array(w), array(b)) for w, b in intro("foldings").layers(seed)]
    corners = 2.5 * np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]])
    entering = (np.abs(np.sign(corners @ w.T + b).sum(axis=0)) < 4).sum()
    crossings = np.array([np.linalg.solve(w[[i, j]], -b[[i, j]]) for i, j in combinations(range(8), 2)])
    within = (np.abs(crossings) < 2.5).all(axis=1).sum()
    assert values["count-1"] == 1 + entering + within
    assert values["total-1"] == 1 + 8 + len(crossings) == values["most"] == sum(math.comb(8, j) for j in range(3)) == 37
    assert values["count-1"] <= values["most"] and values["half"] == 2.5


@pytest.mark.parametrize("seed", range(5))
def test_the_whole_plane_has_no_more_pieces_than_the_bound(intro, seed):
    foldings = intro("foldings")
    for width in (1, 2, 3, 5):
        ((w, b),) = foldings.layers(seed, width, depth=1)
        half = foldings.beyond(foldings.crossings(w, b)) if width > 1 else 100
        assert (
            len(foldings.cut(foldings.window(half), w, b))
            == foldings.most(width)
            == 1 + width + width * (width - 1) / 2
        )


def test_parallel_lines_and_dead_units_make_fewer(intro):
    foldings = intro("foldings")
    w = torch.tensor([[1.0, 0], [1, 0], [0, 1]], dtype=torch.float64)
    pieces = foldings.cut(foldings.window(3), w, torch.tensor([0.0, 1, 0.5], dtype=torch.float64))
    assert len(pieces) == 6
    dead = foldings.cut(pieces, -torch.ones(1, 3, dtype=torch.float64), -torch.ones(1, dtype=torch.float64))
    assert len(dead) == 6 and foldings.affine_maps(dead) == 1
    assert foldings.affine_maps(pieces) == 6


def test_a_piece_has_the_map_of_the_net(intro, book):
    foldings = intro("foldings")
    net = foldings.layers(3)
    pieces = foldings.window(2.5)
    for w, b in net:
        pieces = foldings.cut(pieces, w, b)
        assert {w.shape[0]} == {8} and float(w.abs().max()) <= w.shape[1] ** -0.5
    for corners, a, c in pieces:
        x = h = corners.mean(dim=0)
        for w, b in net:
            h = (w @ h + b).clamp(min=0)
        torch.testing.assert_close(a @ x + c, h)


def test_pieces_have_the_colours_of_their_slopes(intro, book, regions):
    module = book.load(book.find("intro/linear-regions").code)
    net, outs = intro("foldings").layers(module.SEED), module.outputs(module.SEED)
    for depth in (1, 2, 3):
        pieces = outlines(regions, depth)
        x = torch.tensor(np.array([corners.mean(axis=0) for corners in pieces]), requires_grad=True)
        h = x
        for w, b in net[:depth]:
            h = (h @ w.T + b).relu()
        (h @ outs[depth - 1]).sum().backward()
        ranks = array(x.grad).argsort(axis=0).argsort(axis=0) / len(pieces)
        for corners, (across, up) in zip(pieces, ranks, strict=True):
            glass = regions[f"glass-{depth}-{int(3 * up)}-{int(7 * across)}"]
            rings = [columns(glass, "x", "y")[piece] for piece in glass.pieces()]
            assert any(len(ring) == len(corners) + 1 and np.allclose(ring[:-1], corners) for ring in rings)


# Sums of hinges -----------------------------------------------------------------------------------------------------


@oracle("intro/universal-approximation", "brute force")
def test_the_answer_is_the_sum_of_hinges(shown):
    tables, nets = shown("intro/universal-approximation")
    values, x, at = tables["values"], np.linspace(-3, 3, 361), np.linspace(-3, 3, 181)
    np.testing.assert_allclose(array(tables["target"].y), np.sin(2 * x) + 0.6 * np.sin(5 * x + 1), atol=1e-5)
    greatest = []
    for size, net, error in zip((1, 2, 4, 8, 32), nets["approximators"].net, values["errors"], strict=True):
        w, b, v, a = (array(each)[..., 0] for each in (net.w, net.b, net.v, net.a))
        y = np.sin(2 * at) + 0.6 * np.sin(5 * at + 1)
        hinges = v[..., None] * np.maximum(w[..., None] * at + b[..., None], 0)  # (try, unit, place)
        errors = np.sqrt(((hinges.sum(axis=1) + a[:, None] - y) ** 2).mean(axis=1))
        best, table = errors.argmin(), tables[f"net-{size}"]
        parts = v[best][:, None] * np.maximum(w[best][:, None] * x + b[best][:, None], 0)
        scale = max(1, np.abs(parts).max())
        for k, part in enumerate(parts):
            np.testing.assert_allclose(array(table.columns[f"unit{k}"]), part, atol=1e-5 * scale)
        np.testing.assert_allclose(array(table.answer), parts.sum(axis=0) + a[best], atol=1e-5 * scale * size)
        assert values[f"error-{size}"] == error == pytest.approx(errors[best], rel=1e-3, abs=1e-5)
        assert values[f"error-{size}-worst"] == pytest.approx(errors.max(), rel=1e-3)
        greatest.append(np.abs(parts).max())
    assert values["part-greatest"] == pytest.approx(max(greatest), rel=1e-4)
    assert values["answer-greatest"] == pytest.approx(np.abs(array(tables["target"].y)).max(), rel=1e-5)


def test_the_error_falls_with_each_size_and_large_parts_cancel(values):
    found = values("intro/universal-approximation")
    errors = [found[f"error-{size}"] for size in (1, 2, 4, 8, 32)]
    assert all(more < less for less, more in pairwise(errors))
    assert errors[-1] < 0.1 * errors[0]
    assert found["part-greatest"] > 3 * found["answer-greatest"]


def test_corners_begin_on_the_interval(intro):
    torch.manual_seed(0)
    for net in intro("models/approximators").build():
        corners = -array(net.b / net.w)
        assert np.abs(corners).max() <= 3 + 1e-5 and (corners.size < 32 or np.abs(corners).max() > 2)


# Half-steps ---------------------------------------------------------------------------------------------------------


@oracle("intro/stack", "brute force")
def test_half_steps_are_those_of_the_net(intro, shown):
    tables, nets = shown("intro/stack")
    values, net = tables["values"], nets["sandwich"].net
    x, y = (array(each) for each in intro("models/sandwich").sample())
    for k, kind in enumerate(("disc", "ring")):
        np.testing.assert_allclose(columns(tables[kind], "x", "y"), x[y == k], atol=1e-6)
    linear = x @ array(net[0].weight).T + array(net[0].bias)
    bent = np.tanh(linear)
    s = (bent @ array(net[2].weight).T + array(net[2].bias))[:, 0]
    for name, points in (("linear", linear), ("bent", bent)):
        table = tables[name]
        away = cdist(columns(table, "x", "y", "z", "value"), np.column_stack([points, 1 - y]))
        assert sorted(away.argmin(axis=1)) == [*range(600)] and away.min(axis=1).max() < 1e-5 * np.abs(points).max()
        near = array(table.near)
        assert (np.diff(near) >= -1e-6).all() and near[-1] - near[0] > 0.2
    box = np.array(values["box"])
    assert (linear > box[:, 0]).all() and (linear < box[:, 1]).all() and np.ptp(box[:, 1] - box[:, 0]) < 1e-4
    assert (box[0, 1] - box[0, 0]) == pytest.approx(1.05 * np.ptp(linear, axis=0).max(), rel=1e-4)
    assert (values["low"], values["high"]) == (math.floor(s.min()), math.ceil(s.max()))
    for name, numbers, ends in (("number", s, (values["low"], values["high"])), ("answer", np.tanh(s), (-1, 1))):
        for k, kind in enumerate(("disc", "ring")):
            counts, _ = np.histogram(numbers[y == k], np.linspace(*ends, 25))
            assert (
                np.abs(array(tables[name].columns[kind])[1:25] - counts).sum() <= 4
            )  # one on an edge may be on either side
    assert values["accuracy"] == pytest.approx(((s > 0) == (y == 1)).mean())
    assert values["gap"] == pytest.approx(s[y == 1].min() - s[y == 0].max(), abs=1e-3)


def test_a_trained_net_parts_what_no_straight_line_parts(intro, values):
    found, (x, y) = values("intro/stack"), intro("models/sandwich").sample()
    radius = array(x.norm(dim=1))
    assert radius[y == 0].max() < 0.8 < 1.3 < radius[y == 1].min() and radius.max() < 1.9
    quadrants = {tuple(row) for row in (array(x[y == 1]) > 0).tolist()}
    assert len(quadrants) == 4  # the disc is in the hull of the ring
    assert found["accuracy"] == 1 and found["gap"] > 0
    assert abs((radius[y == 0] < 0.8 / math.sqrt(2)).mean() - 0.5) < 0.08  # evenly over the disc's area
