"""The opening chapter's figures of numbers and what is asked of them: soft extrema, shares, a neuron, losses."""

import math
from itertools import product

import numpy as np
import pytest
import torch
from scipy.special import huber, logsumexp

from .definitions import array, softargmax

oracle = pytest.mark.oracle


@pytest.fixture
def tables(book):
    """What a figure without models computes: tables("intro/neuron")."""
    return lambda figure: book.load(book.find(figure).code).tables()


# Soft extrema -------------------------------------------------------------------------------------------------------


@oracle("intro/soft-extrema", "SciPy")
def test_soft_extrema_are_logarithms_of_means_and_of_sums(intro, tables):
    found, e = tables("intro/soft-extrema"), array(intro("softness").E)
    curves, values = found["curves"], found["values"]
    beta = np.logspace(-2, 2, 161)
    np.testing.assert_allclose(array(curves.beta), beta, rtol=1e-9)
    for sign, name in ((1, "smax"), (-1, "smin")):
        of_sum = sign * np.array([logsumexp(sign * b * e) / b for b in beta])
        shown = {name: of_sum - sign * math.log(5) / beta, f"{name}_of_sum": of_sum}
        for column, height in shown.items():
            np.testing.assert_allclose(
                2 * np.tan(array(curves.columns[column]) * math.pi / 2), height, rtol=1e-5, atol=1e-9
            )
    assert values["smax-1"] == pytest.approx(logsumexp(e) - math.log(5))
    assert values["smin-1"] == pytest.approx(math.log(5) - logsumexp(-e))
    assert values["smax-of-sum-1"] == pytest.approx(logsumexp(e))
    assert values["excess-1"] == pytest.approx(math.log(5))
    assert values["smax-of-sum-hot"] == pytest.approx(100 * logsumexp(e / 100))
    assert [values[name] for name in ("least", "average", "most")] == pytest.approx([-1.7, -0.14, 1.1])
    assert (values["hottest"], values["coldest"], values["size"]) == (0.01, 100, 5)


@oracle("intro/soft-extrema", "closed form")
def test_soft_extrema_are_in_order_and_monotone_and_have_limits(intro, tables):
    found, soft = tables("intro/soft-extrema"), intro("softness")
    least, average, most = found["values"]["levels"]
    low, high = (array(found["curves"].columns[name]) for name in ("smin", "smax"))
    assert (least < low).all() and (low < average).all() and (average < high).all() and (high < most).all()
    assert (np.diff(high) > 0).all() and (np.diff(low) < 0).all()
    e, cold, hot = soft.E, torch.tensor(1e4, dtype=torch.float64), torch.tensor(1e-4, dtype=torch.float64)
    assert [float(soft.smax(e, cold)), float(soft.smin(e, cold))] == pytest.approx([1.1, -1.7], abs=1e-3)
    assert [float(soft.smax(e, hot)), float(soft.smin(e, hot))] == pytest.approx([-0.14] * 2, abs=1e-3)


def test_the_squashed_axis_has_its_ticks_and_levels_where_it_says(tables):
    values = tables("intro/soft-extrema")["values"]
    for place, name in zip(values["ticks"], values["tick-names"], strict=True):
        number = float(name.strip("$").replace(r"\infty", "inf"))
        assert place == pytest.approx(2 / math.pi * math.atan(number / 2))
    assert values["level-names"] == ["min", "average", "max"]
    assert (values["ticks"][0], values["ticks"][-1]) == (-1, 1)


# Softargmax ---------------------------------------------------------------------------------------------------------


@oracle("intro/softargmax", "brute force")
def test_shares_are_exponentials_over_their_sum(intro, tables):
    found, e = tables("intro/softargmax"), array(intro("softness").E)
    np.testing.assert_allclose(array(found["numbers"].y), e)
    for name, beta in {"0": 0, "0p3": 0.3, "1": 1, "3": 3, "10": 10, "inf": 1e9}.items():
        bars, share = found[f"beta-{name}"], softargmax(e, beta)
        np.testing.assert_allclose(array(bars.share), share, atol=1e-9)
        assert list(bars.x) == [1, 2, 3, 4, 5]
        assert bars.labels["title"] == rf"$\cbeta={name.replace('p', '.').replace('inf', chr(92) + 'infty')}$"
        assert found["values"][f"largest-{name}"] == pytest.approx(share.max())
        assert found["values"][f"second-{name}"] == pytest.approx(np.sort(share)[-2])
    assert found["values"]["place"] == 1 + e.argmax()
    assert found["values"]["largest"] == pytest.approx(
        [found["values"][f"largest-{b}"] for b in found["values"]["betas"]]
    )


@oracle("intro/softargmax", "autograd")
def test_shares_are_the_gradient_of_the_soft_maximum(intro, tables):
    found, soft = tables("intro/softargmax"), intro("softness")
    for name, beta in {"0p3": 0.3, "1": 1, "3": 3, "10": 10}.items():
        e = soft.E.clone().requires_grad_()
        soft.smax(e, torch.tensor(beta, dtype=torch.float64)).backward()
        np.testing.assert_allclose(array(found[f"beta-{name}"].share), array(e.grad), atol=1e-12)


def test_at_zero_temperature_equals_share_alike(intro):
    share = intro("softness").softargmax(torch.tensor([2.0, 3, 3]), math.inf)
    assert share.tolist() == [0, 0.5, 0.5]


# The neuron ---------------------------------------------------------------------------------------------------------


@oracle("intro/neuron", "brute force")
def test_the_neuron_is_the_second_with_the_first_or_without_the_third(tables):
    found = tables("intro/neuron")
    truth, values = found["truth"], found["values"]
    rows = {tuple(row[:3]): tuple(row[3:]) for row in zip(*(truth.columns[n] for n in values["columns"]), strict=True)}
    assert len(rows) == values["cases"] == 8
    for one, two, three in product((-1, 1), repeat=3):
        s = 2 * one + 4 * two - three - 2
        yes = two > 0 and (one > 0 or three < 0)
        assert rows[one, two, three] == (s, 1 if yes else -1)
    assert values["yes"] == sum(answer > 0 for _, answer in rows.values()) == 3
    assert values["least"] == min(abs(s) for s, _ in rows.values()) == 1
    assert values["w"] == [2, 4, -1] and values["b"] == -2
    assert list(truth.y) == [-k for k in range(8)]


# Losses -------------------------------------------------------------------------------------------------------------


@oracle("intro/losses", "SciPy")
def test_losses_of_a_residual(tables):
    found = tables("intro/losses")
    losses, values = found["residual"], found["values"]
    r = array(losses.x)
    np.testing.assert_allclose(r, np.linspace(-3, 3, 241), atol=1e-12)
    np.testing.assert_allclose(array(losses.huber), huber(1, r), atol=1e-12)
    np.testing.assert_allclose(array(losses.squared), 0.5 * r * r)
    np.testing.assert_allclose(array(losses.absolute), np.sqrt(r * r))
    near, far = np.abs(r) <= 1, np.abs(r) >= 1
    np.testing.assert_allclose(losses.huber[near], losses.squared[near])
    np.testing.assert_allclose(losses.huber[far], losses.absolute[far] - 0.5)
    assert values["half"] == values["top"] == 3 and values["delta"] == 1 and values["huber-2"] == 1.5


@oracle("intro/losses", "autograd")
def test_the_huber_loss_has_the_slope_of_one_and_then_of_the_other(book):
    module = book.load(book.find("intro/losses").code)
    r = torch.linspace(-3, 3, 60, dtype=torch.float64, requires_grad=True)
    module.huber(r).sum().backward()
    np.testing.assert_allclose(array(r.grad), array(r.detach().clamp(-1, 1)))


@oracle("intro/losses", "closed form")
def test_the_log_loss_falls_with_the_probability_of_the_right_class(tables):
    found = tables("intro/losses")
    for name, right in (("yes", lambda p: p), ("no", lambda p: 1 - p)):
        p, loss = array(found[name].x), array(found[name].y)
        np.testing.assert_allclose(np.exp(-loss), right(p), atol=1e-12)
        assert loss.max() == pytest.approx(found["values"]["top"]) and loss.min() == 0
    assert found["values"]["toss"] == pytest.approx(math.log(2))
