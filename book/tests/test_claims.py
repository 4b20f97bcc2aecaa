"""What the text says of the figures in words and with numbers of their own: each recomputed by another way."""

import math
import re

import numpy as np
import pytest
import torch
from scipy.ndimage import minimum_filter
from scipy.optimize import curve_fit
from scipy.special import log_softmax

from .definitions import (
    UNTRAINED,
    Z,
    array,
    cross_entropy,
    energies,
    forward,
    free_energy,
    points,
    softargmax,
)

RHO = np.array([2, 1.5])  # the radii of the data


# Spiral -------------------------------------------------------------------------------------------------------------


def test_the_best_rule_loses_two_of_the_three_points_at_the_origin(spiral, shown):
    """Without noise, arm k has at radius t the angle (2t + k) 2π/3: the nearest of the three, looked up one by one."""
    tables, nets = shown("spiral/three-arms")
    x, y = (array(each) for each in spiral("data").three_arms())
    radius = np.hypot(*x.T)
    arms = np.stack([np.exp(1j * (2 * radius + k) * 2 * math.pi / 3) for k in range(3)], axis=1)
    nearest = np.abs(np.exp(1j * np.arctan2(*x.T))[:, None] - arms).argmin(axis=1)
    away = radius > 0
    assert (nearest[away] == y[away]).all() and (~away).sum() == 3  # one of these three can be right
    assert tables["values"]["lost"] == 2
    accuracies = nets["three_arms_relu"].history["accuracy"]
    assert tables["values"]["halfway"] == accuracies[len(accuracies) // 2]


@pytest.mark.parametrize("far", [0.2, 0.7])
def test_the_rule_loses_what_the_noise_carries_over_to_another_arm(spiral, far):
    theta = torch.tensor([0.1, 0.4, math.pi / 3 + 0.1], dtype=torch.float64) + 2 * far * 2 * math.pi / 3
    x = far * torch.stack([theta.sin(), theta.cos()], dim=1)
    assert int(spiral("three-arms").lost(x, torch.zeros(3))) == 1


def test_a_step_on_the_cross_entropy_may_lower_a_wrong_answers_energy(spiral, shown):
    values = shown("spiral/contrastive")[0]["values"]
    p = np.array([0.01, 0.98, 0.01])
    after = np.log(p) - 0.1 * (p - [1, 0, 0])
    for k, name in ((1, "second"), (2, "third")):
        assert values[f"{name}-before"] == pytest.approx(-math.log(p[k]))
        assert values[f"{name}-after"] == pytest.approx(-log_softmax(after)[k])
    assert values["third-before"] - values["third-after"] == pytest.approx(0.094, abs=5e-4)
    assert (after[1:] < np.log(p)[1:]).all()  # the energy −s rises


def test_the_share_of_points_that_directions_alone_decide(spiral, shown):
    tables, nets = shown("spiral/embedding")
    net, (x, y) = nets["embedding"].net, map(array, spiral("data").arms())
    h, w = forward(net[:3], x), array(net[3].weight)
    angles = np.stack([np.arctan2(*each[::-1]) for each in w]) - np.arctan2(h[:, 1], h[:, 0])[:, None]
    right = np.cos(angles).argmax(axis=1) == y
    assert tables["values"]["directions"] == pytest.approx(right.mean(), abs=5e-4)


def test_where_the_cubic_leaves_the_band(shown):
    tables, _ = shown("spiral/ensemble")
    for name in ("relu", "tanh"):
        nets = np.stack([tables[name].columns[f"net{k}"] for k in range(5)])
        x = array(tables[name].x)
        off = np.abs(x**3 + 0.15 - nets.mean(axis=0)) / nets.std(axis=0, ddof=1)
        middle = np.abs(x) <= 1
        assert tables["values"][f"leaves-{name}"] == pytest.approx((off > 2)[middle].mean(), abs=0.02)


def test_pits_of_the_energies(shown):
    """Minima by SciPy's filter, and the steepest ways down walked node by node."""
    tables, nets = shown("spiral/energy-landscape")
    axis = np.linspace(-1.25, 1.25, 201)
    x = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    maps, stuck = 0, 0
    for energy in cross_entropy(forward(nets["classifier"].net, x)).T.reshape(5, 201, 201):
        pits = (energy == minimum_filter(energy, 3, mode="nearest")) & (energy > 1)
        maps += pits.any()
        ends = np.full(energy.shape, -1)
        for flat in energy.argsort(axis=None):  # from the lowest: what is downhill has been there before
            i, j = divmod(int(flat), 201)
            around = [
                (a, b) for a in range(max(i - 1, 0), min(i + 2, 201)) for b in range(max(j - 1, 0), min(j + 2, 201))
            ]
            low = min(around, key=lambda at, energy=energy: energy[at])
            ends[i, j] = pits[i, j] if low == (i, j) else ends[low]
        stuck += ends.mean() / 5
    assert tables["values"]["maps-with-pits"] == pytest.approx(maps, abs=1)
    assert tables["values"]["stuck"] == pytest.approx(stuck, abs=0.01)


def test_a_bowl_has_no_pit_and_a_second_hollow_has_its_share(spiral):
    """On a line of two parabolas, the higher hollow keeps what lies on its side of the ridge."""
    x = torch.linspace(-2, 2, 81)
    bowl = (x[:, None].square() + x.square()).double()
    pit, share = spiral("energy-landscape").pits(bowl)
    assert not pit.any() and share == 0
    two = torch.minimum((x + 1).square(), (x - 1).square() + 2)[None].double() + x[:, None].square()
    pit, share = spiral("energy-landscape").pits(two)
    assert int(pit.sum()) == 1 and float(share) == pytest.approx((2 - 0.5) / 4, abs=0.03)


def test_the_committee_is_shown_on_what_it_was_trained_on(spiral, shown):
    tables, nets = shown("spiral/disagreement")
    x, _ = spiral("data").arms(points=200)
    assert tables["values"]["points-each"] == 200
    net = nets["committee"].net
    hidden = np.maximum(array(net.hidden.weight) @ array(x).T + array(net.hidden.bias), 0)
    p = softargmax(np.swapaxes(array(net.output.weight) @ hidden + array(net.output.bias), 1, 2))
    assert tables["values"]["mean-on-data"] == pytest.approx(p.var(axis=0).sum(axis=1).mean(), rel=1e-3)


# Ellipse ------------------------------------------------------------------------------------------------------------


def test_the_share_of_the_heights_that_the_least_energy_has(ellipse):
    values = ellipse("free-energy-construction").tables()["values"]
    for name in ("cold", "hot"):
        gaps = np.array(values["energies"]) - values["least"]
        assert values[f"share-{name}"] == pytest.approx(1 / np.exp(-values[f"beta-{name}"] * gaps).sum())


def test_no_point_is_nearest_to_more_than_two_samples(shown, samples):
    tables, nets = shown("ellipse/forces")
    values = tables["values"]
    for name, w in (("untrained", UNTRAINED), ("trained", array(nets["cold"].net.w))):
        nearest = np.linalg.norm(samples[:, None] - points(w), axis=-1).argmin(axis=1)
        assert values[f"nearest-{name}"] == len(set(nearest.tolist()))
        if name == "untrained":
            assert values["most-shared"] == np.bincount(nearest).max() == 2
            assert not {0, 24} & set(nearest.tolist())  # the tips


def test_at_the_true_radii_the_warm_loss_falls_where_the_radii_shrink(shown, samples):
    """By central differences of the mean free energy."""
    values, step = shown("ellipse/forces")[0]["values"], 1e-5
    for i in (0, 1):
        ways = step * np.eye(2)[i]
        slope = (free_energy(samples, RHO + ways, 1) - free_energy(samples, RHO - ways, 1)).mean() / (2 * step)
        assert values[f"slope-{i + 1}"] == pytest.approx(slope, rel=1e-4) and slope > 0.1


def test_what_noise_and_gaps_leave_of_the_loss(shown, samples):
    tables, nets = shown("ellipse/training")
    values, w = tables["values"], array(nets["cold"].net.w)
    fine = np.linspace(0, 2 * math.pi, 20000, endpoint=False)
    noise = np.mean([energies(y, w, fine).min() for y in samples])
    assert values["left-by-noise"] == pytest.approx(noise, abs=2e-6)
    assert values["left-by-gaps"] == pytest.approx(free_energy(samples, w).mean() - noise, abs=2e-6)


def test_the_hottest_curve_is_a_parabola_with_a_coefficient_of_its_own(shown):
    """That of ‖y‖² would be one: to second order in the weights it is 1 − 2βw₂²/2 … less for the hot machine."""
    tables, nets = shown("ellipse/cross-section")
    table = tables["free-energy"]
    (a, *_), _ = curve_fit(lambda t, a, b, c: a * t**2 + b * t + c, table.columns["y2"], table.columns["trained-0p1"])
    assert tables["values"]["coefficient-hot"] == pytest.approx(a, rel=1e-5)
    assert a == pytest.approx(1 - 0.1 * array(nets["cold"].net.w)[1] ** 2, abs=0.05)


@pytest.mark.slow
def test_how_many_searches_leave_their_valley(ellipse, monkeypatch):
    """Where water would flow from each start, by small steps against the slope."""
    module, ends = ellipse("local-minimum"), []
    search = module.search
    monkeypatch.setattr(module, "search", lambda y, z: ends.append((array(y), end := search(y, z))) or end)
    values, strays = module.tables()["values"], 0
    for (y, end), start in zip(ends, np.tile(Z[::2], 24), strict=True):
        z = start
        for _ in range(4000):
            z -= 0.01 * slope(y, z)
        strays += abs((float(end) - z + math.pi) % (2 * math.pi) - math.pi) > 0.02
    assert (values["searches"], values["stray"]) == (576, strays)


def slope(y, z):
    """∂E/∂z, which for g = [w₁ cos z, w₂ sin z] is 2 w₁ sin z (y₁ − w₁ cos z) − 2 w₂ cos z (y₂ − w₂ sin z)."""
    w1, w2 = UNTRAINED
    return 2 * w1 * math.sin(z) * (y[0] - w1 * math.cos(z)) - 2 * w2 * math.cos(z) * (y[1] - w2 * math.sin(z))


# Colours ------------------------------------------------------------------------------------------------------------

MATHS = re.compile(r"\$([^$]+)\$|\\begin\{equation\}(.*?)\\end\{equation\}", re.DOTALL)
WORDS = re.compile(r"\\(?:val(?:\[[^]]*\])?|label|[fF]igref|eqref|index|cite\w*|fig|code|mathrm)\{[^{}]*\}|\\[A-Za-z]+")


def bare(text):
    """The letters of a text's maths that have a colour in this book and stand there without one."""
    maths = (found[1] or found[2] for found in MATHS.finditer(WORDS.sub(r"\\", text)))
    return [letter for formula in maths for letter in re.findall(r"(?<![A-Za-z\\])[xyzfghE](?![A-Za-z])", formula)]


@pytest.mark.parametrize("chapter", ["spiral", "ellipse"])
def test_no_letter_of_the_text_is_without_its_colour(book, chapter):
    assert bare((book.root / chapter / "chapter.tex").read_text(encoding="utf-8")) == []


def test_a_bare_letter_is_seen():
    assert bare(r"of $\cy_1$ and $y_1$, $\sum_{\cy'} s_y$, $\vx$ \val{x/y}") == ["y", "y"]
