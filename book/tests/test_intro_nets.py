"""The opening chapter's trained nets: sums of hinges, and half-steps."""

import math
from itertools import pairwise

import numpy as np
import pytest
import torch
from scipy.spatial.distance import cdist

from .definitions import array, columns

oracle = pytest.mark.oracle


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
