"""The pieces into which nets with (·)⁺ cut the plane, in the opening chapter: counted in other ways."""

import math
from itertools import combinations

import numpy as np
import pytest
import torch

from .definitions import array, columns

oracle = pytest.mark.oracle


def area(corners):
    """Of a polygon (n, 2), by the shoelace formula."""
    (x, y), (u, v) = corners.T, np.roll(corners, -1, axis=0).T
    return abs((x * v - u * y).sum()) / 2


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
    table = regions[f"outlines-{depth}"]
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


def test_lines_meet_where_both_are_nought(intro):
    foldings = intro("foldings")
    w, b = foldings.layers(3)[0]
    meet = foldings.crossings(w, b)
    for (i, j), x in zip(combinations(range(8), 2), meet, strict=True):
        assert abs(w[[i, j]] @ x + b[[i, j]]).max() < 1e-9 * max(1, x.abs().max())
    assert foldings.beyond(meet) == 2 * meet.abs().max()
    ((corners, a, c),) = foldings.window(3)
    assert area(array(corners)) == 36 and corners.abs().min() == 3 and (a == torch.eye(2)).all() and (c == 0).all()


def test_weights_begin_as_pytorch_begins(intro, book):
    """Uniform within one over the root of how many numbers a layer is given."""
    drawn = torch.cat([book.load(book.find("intro/linear-regions").code).outputs(seed).flatten() for seed in range(40)])
    inner = torch.cat([w.flatten() for seed in range(40) for w, _ in intro("foldings").layers(seed)[1:]])
    for numbers in (drawn, inner):
        bound = 8**-0.5
        assert numbers.abs().max() < bound and abs(numbers.mean()) < 0.02
        assert float(numbers.std()) == pytest.approx(bound / 3**0.5, rel=0.05)


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
        drawn = [table for name, table in regions.items() if name.startswith(f"pieces-{depth}-")]
        assert sum(len([*table.pieces()]) for table in drawn) == len(pieces)
        ranks = array(x.grad).argsort(axis=0).argsort(axis=0) / len(pieces)
        for corners, (across, up) in zip(pieces, ranks, strict=True):
            region = regions[f"pieces-{depth}-{int(3 * up)}-{int(7 * across)}"]
            rings = [columns(region, "x", "y")[piece] for piece in region.pieces()]
            assert any(len(ring) == len(corners) + 1 and np.allclose(ring[:-1], corners) for ring in rings)
