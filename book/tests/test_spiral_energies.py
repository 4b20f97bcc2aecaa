"""The spiral chapter's figures of energies and probabilities: of a net whose weights are at random and of the one that
was trained, brute force gives the numbers that are drawn."""

import math

import numpy as np
import pytest
import torch
from scipy.special import logsumexp

from pipeline.models import Trained

from .definitions import (
    array,
    columns,
    cross_entropy,
    follows,
    forward,
    grid,
    inside,
    is_above,
    softargmax,
    stand_clear,
)

oracle = pytest.mark.oracle
SIDES = [55] * 5 + [163]  # how many nodes a side of each panel's grid has


def dataset(spiral):
    """The arms in double precision: x (5000, 2), y (5000,)."""
    x, y = spiral("data").arms()
    return array(x), y.numpy()


def check_panels(tables, heights, levels):
    """Six panels of bands: of each, those that it reaches, and the last holds what is above them.

    heights : of points (n, 2), in six columns.
    """
    for k, side in enumerate(SIDES):
        nodes = grid(1.25, side)
        field = heights(nodes)[:, k]
        reached = [level for level in levels[1:-1] if level < field.max()]
        names = [name for name in tables if name.startswith(f"energy-{k}-")]
        assert len(names) in (len(reached), len(reached) + 1)  # the highest node may lie on the rim
        assert inside(tables[f"energy-{k}-0"], nodes).all()
        for band, level in zip(sorted(names, key=lambda n: int(n.split("-")[2]))[1:], reached, strict=False):
            is_above(tables[band], level, nodes, field)
            follows(tables[band], level, lambda at, k=k: heights(at)[:, k], (1.25, side))
    arms = [len(tables[f"arm-{k}"]) for k in range(5)]
    assert arms == [125] * 5 and tables["values"]["half"] == 1.25


def check_names(ends, radius):
    """Names stand on rays through the arms' ends, where t = 1, at one distance from the origin."""
    theta = [(2 + k) * 2 * math.pi / 5 for k in range(5)]
    np.testing.assert_allclose(ends, [[radius * math.sin(a), radius * math.cos(a)] for a in theta], atol=1e-5)


@oracle("spiral/energy-cross-entropy", "brute force")
def test_cross_entropies_over_the_plane(spiral, shown):
    tables, nets = shown("spiral/energy-cross-entropy")
    net = nets["classifier"].net

    def heights(at):
        energies = cross_entropy(forward(net, at))
        return np.column_stack([energies, energies.min(axis=1)])

    levels = [0, 0.05, 0.2, 0.5, 1, 2.5, 5, 10, 15, 20, math.inf]
    check_panels(tables, heights, levels)
    x, y = dataset(spiral)
    values = tables["values"]
    own = cross_entropy(forward(net, x))[np.arange(5000), y]
    assert values["energy-mean"] == pytest.approx(own.mean(), rel=1e-5)
    assert values["levels"] == levels[:-1] and 0 <= values["identity-error"] < 1e-4
    check_names(values["ends"], 1.12)


@oracle("spiral/energy-linear-output", "SciPy")
def test_linear_outputs_over_the_plane_and_what_makes_cross_entropies_of_them(spiral, shown):
    tables, nets = shown("spiral/energy-linear-output")

    def heights(at):
        s = forward(nets["classifier"].net, at)
        return np.column_stack([-s, logsumexp(s, axis=1)])

    levels = list(range(-20, 21, 5))
    check_panels(tables, heights, [-math.inf, *levels, math.inf])
    for k in range(5):
        lowest, *_, highest = np.sort(heights(grid(1.25, 55))[:, k])
        assert (f"zero-{k}" in tables) == (lowest < 0 < highest)
        if f"zero-{k}" in tables:
            follows(tables[f"zero-{k}"], 0, lambda at, k=k: heights(at)[:, k], (1.25, 55))
    assert 0 <= tables["values"]["identity-error"] < 1e-4 and tables["values"]["levels"] == levels
    check_names(tables["values"]["ends"], 1.12)


@oracle("spiral/energy-linear-output", "closed form")
def test_five_equal_outputs_have_log_5_more_than_one(spiral):
    """Where all five are 12 |x|, their logsumexp is 12 |x| + ln 5, and its level 5 a circle."""
    tables = spiral("energy-linear-output").tables(lambda x: 12 * x.norm(dim=1, keepdim=True).expand(-1, 5))
    radii = np.hypot(*columns(tables["energy-5-6"], "x", "y").T)  # the band from 5 on
    inner = radii < 0.8  # not the rim
    np.testing.assert_allclose(radii[inner], (5 - math.log(5)) / 12, atol=3e-3)
    assert inner.sum() > 30


@oracle("spiral/energy-landscape", "brute force")
def test_the_landscape_is_the_first_class_s_energy_cut_off(shown):
    tables, nets = shown("spiral/energy-landscape")
    x, y, height = columns(tables["energy"]).T
    axis = np.linspace(-1.25, 1.25, 45)
    np.testing.assert_allclose(x, np.tile(axis, 45), atol=1e-6)
    np.testing.assert_allclose(y, np.repeat(axis, 45), atol=1e-6)
    energy = cross_entropy(forward(nets["classifier"].net, np.stack([x, y], axis=1)))[:, 0]
    np.testing.assert_allclose(height, np.minimum(energy, 30), rtol=1e-4, atol=1e-4)
    values = tables["values"]
    assert (values["top"], values["chosen"], values["half"]) == (30, 0, 1.25) and values["floor"] < 0
    stand_clear(values["ends"], tables, 1.25, (0.04, 0.04))


@oracle("spiral/energy-landscape", "brute force")
def test_level_lines_lie_between_nodes_on_either_side(shown):
    """Each vertex of a line is on an edge of the grid, and the energy passes its level along that edge, linearly."""
    tables, nets = shown("spiral/energy-landscape")
    levels, height = [0.1, 1, 2.5, 5, 10, 15], tables["energy"].value
    assert set(tables["levels"].level) == {level for level in levels if height.min() < level < height.max()}
    assert [len(tables[f"arm-{k}"]) for k in range(5)] == [125] * 5
    step = 2.5 / 44
    at = (columns(tables["levels"], "x", "y") + 1.25) / step
    low, high = np.floor(at + 1e-4), np.ceil(at - 1e-4)
    assert ((high - low).sum(axis=1) <= 1).all()
    a, b = (cross_entropy(forward(nets["classifier"].net, step * node - 1.25))[:, 0] for node in (low, high))
    share = (at - low).sum(axis=1)
    np.testing.assert_allclose((1 - share) * a + share * b, tables["levels"].level, rtol=1e-3, atol=2e-3)


@oracle("spiral/cover", "brute force")
def test_the_cover_is_the_same_energy_seen_from_its_valley(shown):
    """Heights 1 - exp(-F / 25) on a grid that is turned by 45 degrees."""
    tables, nets = shown("spiral/cover")
    across, deep, height = columns(tables["height"]).T
    x = np.stack([across - deep, across + deep], axis=1) / math.sqrt(2)
    energy = cross_entropy(forward(nets["classifier"].net, x))[:, 0]
    np.testing.assert_allclose(height, 1 - np.exp(-energy / 25), rtol=1e-3, atol=1e-4)
    lines = np.linspace(1, 0, 77)
    np.testing.assert_allclose(deep[::85], 1.3 - 4 * (0.55 * lines + 0.45 * lines**2), atol=1e-5)
    assert len(height) == 77 * 85 and (across.min(), deep.min()) == pytest.approx((-1.3, -2.7))


@oracle("spiral/contrastive", "brute force")
def test_bars_are_softargmax_less_target(spiral, shown):
    tables, nets = shown("spiral/contrastive")
    values, (x, y) = tables["values"], dataset(spiral)
    doubt = np.abs(softargmax(forward(nets["classifier"].net, x))[:, 2] - 0.75)
    at = np.array(values["sample-x"])
    sample = np.linalg.norm(x - at, axis=1).argmin()
    np.testing.assert_allclose(x[sample], at, atol=1e-6)
    assert y[sample] == 2 and doubt[sample] == pytest.approx(doubt[y == 2].min(), abs=1e-5)
    for when, net in (("before", nets["classifier"].snapshots[0]), ("after", nets["classifier"].net)):
        s = forward(net, at[None])[0]
        p, target = softargmax(s), np.eye(5)[2]
        bars = columns(tables[when], "x", "output", "probability", "target", "gradient")
        np.testing.assert_allclose(bars, np.stack([np.arange(5) + 1, s, p, target, p - target], axis=1), atol=2e-5)
        assert values[f"probability-{when}"] == pytest.approx(p[2], abs=1e-5)
    rival = np.delete(np.arange(5), 2)[np.delete(p, 2).argmax()]
    assert values["sample-class"] == 3 and values["sample-rival"] == rival + 1
    assert values["rival-after"] == pytest.approx(p[rival], abs=1e-5)
    first = forward(nets["classifier"].snapshots[0], at[None])
    assert values["output-before"] == pytest.approx(np.abs(first).max(), rel=1e-5)
    assert 0 <= values["gradient-sum"] < 1e-6 and values["classes"] == 5


@oracle("spiral/contrastive", "closed form")
def test_the_chosen_point_is_the_one_in_doubt(spiral):
    """Of a net that grants class 3 the probability |x| in any arm, it is the point of arm 3 nearest to |x| = ¾."""

    def net(x):
        p = torch.atleast_2d(x).norm(dim=1).clamp(0.01, 0.99)
        s = torch.log((1 - p) / 4)[:, None].repeat(1, 5)
        s[:, 2] = p.log()
        return s.reshape(*x.shape[:-1], 5)

    values = spiral("contrastive").tables(Trained(net, {}, {0: lambda x: -2 * net(x)}))["values"]
    x, y = dataset(spiral)
    off = np.abs(np.hypot(*x.T) - 0.75) + (y != 2)
    np.testing.assert_allclose(values["sample-x"], x[off.argmin()], rtol=1e-6)
    assert values["probability-after"] == pytest.approx(0.75, abs=0.001)
    assert values["output-before"] == pytest.approx(-2 * math.log(0.0625), rel=0.01)  # of the others, not of its own


@oracle("spiral/contrastive", "autograd")
def test_the_bars_of_the_gradient_are_autograds(spiral):
    s = torch.tensor([0.3, -1.2, 2.0, 0.1, -0.4], requires_grad=True)
    bars = spiral("contrastive").quantities(s, 3)
    (gradient,) = torch.autograd.grad(torch.nn.functional.cross_entropy(s[None], torch.tensor([3])), s)
    np.testing.assert_allclose(bars.gradient, gradient, atol=1e-7)
    assert bars.target.tolist() == [0, 0, 0, 1, 0]


def circle(degrees):
    """The points of the circle of radius 0.6, clockwise from the second axis."""
    return 0.6 * np.array([[math.sin(math.radians(a)), math.cos(math.radians(a))] for a in degrees])


@oracle("spiral/likelihood", "brute force")
def test_probabilities_along_the_circle(shown):
    """P(y|x) = exp(−βF) / Σ exp(−βF), whichever of the two energies is put in: here, the cross-entropies."""
    tables, nets = shown("spiral/likelihood")
    for k, beta in enumerate([0.1, 1, 10]):
        angle, *p = columns(tables[f"probability-{k}"], "x", *(f"class{c}" for c in range(5))).T
        np.testing.assert_allclose(angle, np.linspace(20, 380, 241), rtol=1e-6)
        energies = cross_entropy(forward(nets["classifier"].net, circle(angle)))
        np.testing.assert_allclose(np.transpose(p), softargmax(-energies, beta), atol=1e-3 if beta == 10 else 1e-4)
    values = tables["values"]
    assert values["betas"] == [0.1, 1, 10] and values["middles"] == [72, 144, 216, 288, 360]
    assert values["radius"] == 0.6 and values["chosen"] == 2
    assert 0 <= values["sum-error"] < 1e-5 and 0 <= values["identity-error"] < 1e-4


@oracle("spiral/likelihood", "SciPy")
def test_the_negative_log_likelihood_is_energy_and_free_energy(shown):
    tables, nets = shown("spiral/likelihood")
    angle, energy, free, loss = columns(tables["terms"], "x", "energy", "free", "loss").T
    s = forward(nets["classifier"].net, circle(angle))
    np.testing.assert_allclose(energy, -s[:, 2], rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(free, logsumexp(s, axis=1), rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(loss, cross_entropy(s)[:, 2], rtol=1e-4, atol=1e-4)


@oracle("spiral/likelihood", "closed form")
def test_the_ticks_of_the_circle_are_the_samples_near_it(spiral):
    """Of each arm every fourth; between the middles of its neighbours, since t = ½ lies at (1 + k) · 72°."""
    near, (x, y) = spiral("likelihood").near_circle(), dataset(spiral)
    assert len(near) == 5
    for k in range(5):
        ticks = columns(near[f"arm-{k}"], "x", "y")
        there = x[(y == k) & (np.abs(np.hypot(*x.T) - 0.6) < 0.03)]
        assert len(ticks) == math.ceil(len(there) / 4) and (ticks[:, 1] == 0).all()
        off = np.linalg.norm(circle(ticks[:, 0])[:, None] / 0.6 - (there.T / np.hypot(*there.T)).T, axis=2).min(axis=1)
        assert off.max() < 1e-5
        around = (ticks[:, 0] - 72 * (k + 1) + 180) % 360 - 180
        assert (np.abs(around) < 60).all() and np.median(np.abs(around)) < 12
        assert ticks[:, 0].min() >= 20 and ticks[:, 0].max() < 380
