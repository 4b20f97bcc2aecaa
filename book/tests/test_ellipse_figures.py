"""The ellipse chapter's figures of samples, searches, forces and data: against brute force, quartics and SciPy."""

import math

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import kstest

from .definitions import (
    TURN,
    UNTRAINED,
    Z,
    array,
    check_manifold,
    columns,
    downhill,
    energies,
    free_energy,
    points,
    taking_part,
    votes,
)  # fmt: skip

oracle = pytest.mark.oracle


# samples, energies, inference ---------------------------------------------------------------------------------------


@oracle("ellipse/samples", "closed form")
def test_samples_and_the_flat_ellipse(ellipse, samples):
    tables = ellipse("samples").tables()
    values = tables["values"]
    np.testing.assert_allclose(columns(tables["samples"]), samples)
    check_manifold(tables["manifold"], UNTRAINED)
    w1, w2 = UNTRAINED
    np.testing.assert_allclose(columns(tables["quarters"]), [[w1, 0], [0, w2], [-w1, 0], [0, -w2]], atol=1e-12)
    assert values["distance"] == pytest.approx(np.sqrt(free_energy(samples, UNTRAINED)).mean(), rel=1e-12)
    assert (values["w1"], values["w2"]) == (w1, w2) and (values["samples"], values["latents"]) == (24, 48)
    assert (np.abs(samples).max(axis=0) < values["half"]).all()


@oracle("ellipse/energies", "brute force")
def test_each_panel_is_one_samples_energy(ellipse, samples):
    tables = ellipse("energies").tables()
    values, e = tables["values"], energies(samples, UNTRAINED)
    for n in range(24):
        drawn = columns(tables["energies"], "x", f"sample-{n + 1}")
        np.testing.assert_allclose(drawn, np.stack([TURN, energies(samples[n], UNTRAINED, TURN)], axis=1), atol=1e-12)
    np.testing.assert_allclose(columns(tables["minima"]), np.stack([Z[e.argmin(axis=1)], e.min(axis=1)], axis=1))
    for z, height, n in columns(tables["higher"]):
        around = energies(samples[int(n) - 1], UNTRAINED, z + np.array([-1, 0, 1]) * math.pi / 24)
        assert around.argmin() == 1 and height == pytest.approx(around[1]) and height > e[int(n) - 1].min()
    f = e.min(axis=1)
    assert (values["coldest"], values["hottest"]) == (f.argmin() + 1, f.argmax() + 1)
    told = [values[name] for name in ("f-least", "f-greatest", "greatest")]
    assert told == pytest.approx([f.min(), f.max(), e.max()]) and (values["samples"], values["top"]) == (24, 12)


@oracle("ellipse/inference", "SciPy")
def test_inference_ends_where_a_continuous_search_ends_but_for_the_grid(ellipse, samples):
    tables = ellipse("inference").tables()
    values, y = tables["values"], samples[22]

    def energy(z):
        return float(energies(y, UNTRAINED, np.array([z]))[0])

    best = minimize_scalar(energy, bounds=(values["z-tilde"], math.pi), method="bounded").x
    assert values["sample"] == 23 and abs(values["z-check"] - best) <= math.pi / 48
    assert values["z-tilde"] == pytest.approx(5 * math.pi / 24)
    for end, z in (("tilde", values["z-tilde"]), ("check", values["z-check"])):
        np.testing.assert_allclose(values[f"y-{end}"], points(UNTRAINED, [z])[0])
    assert values["energy-start"] == pytest.approx(energy(values["z-tilde"]))
    assert values["energy-end"] == pytest.approx(energy(values["z-check"]))
    np.testing.assert_allclose(
        columns(tables["energy"]), np.stack([TURN, energies(y, UNTRAINED, TURN)], axis=1), atol=1e-12
    )
    way = tables["way"].x
    np.testing.assert_allclose(way, Z[5 : 5 + len(way)])
    assert way[-1] == pytest.approx(values["z-check"]) and len(way) > 3
    np.testing.assert_allclose(tables["way"].energy, [energy(z) for z in way])
    np.testing.assert_allclose(columns(tables["arc"]), points(UNTRAINED, way))
    np.testing.assert_allclose(columns(tables["sample"])[0], values["y"])
    np.testing.assert_allclose(values["y"], y)
    check_manifold(tables["manifold"], UNTRAINED)
    left, right, bottom, top = values["window"]
    everything = np.vstack([y, points(UNTRAINED)])
    assert (everything > [left, bottom]).all() and (everything < [right, top]).all() and values["top"] == 12


def valleys(y, w=UNTRAINED):
    """(minima, maxima) of E(y, z) as angles, the deeper or higher first: real roots t = tan(z/2) of a quartic."""
    a, b, d = w[0] * y[0], w[1] * y[1], w[1] ** 2 - w[0] ** 2
    t = np.roots([b, 2 * (a - d), 0, 2 * (a + d), -b])
    z = np.sort(2 * np.arctan(t[np.abs(t.imag) < 1e-9].real) % (2 * math.pi))
    e = energies(y, w, z)
    low = e < np.roll(e, 1)  # they alternate
    return z[low][e[low].argsort()], z[~low][e[~low].argsort()[::-1]]


@oracle("ellipse/local-minimum", "closed form")
def test_searches_end_in_valleys_of_the_quartic(ellipse, samples, monkeypatch):
    """How many end in the higher one is counted from where they end, against the quartic's minima; and all but a few
    end where water would flow. Then what is drawn of the chosen sample."""
    module, ends = ellipse("local-minimum"), []
    search = module.search

    def noted(y, start):
        ends.append((array(y), float(start), end := search(y, start)))
        return end

    monkeypatch.setattr(module, "search", noted)
    tables = module.tables()
    values, wrong, dry = tables["values"], 0, 0
    np.testing.assert_allclose([y for y, _, _ in ends], np.repeat(samples, 24, axis=0))
    np.testing.assert_allclose([start for _, start, _ in ends], np.tile(Z[::2], 24))
    for y, start, end in ends:
        low, high = valleys(y)
        off = np.abs((float(end) - low + math.pi) % (2 * math.pi) - math.pi)
        assert off.min() < 1e-4
        wrong += off.argmin() > 0
        between = np.sort(high)
        flows = len(low) > 1 and (between[0] < start < between[1]) != (between[0] < low[0] < between[1])
        dry += (off.argmin() > 0) != flows
    assert values["share-wrong"] == pytest.approx(100 * wrong / 576, rel=1e-6) and dry <= 12 < wrong
    check_the_chosen_sample(tables, samples[9])


def check_the_chosen_sample(tables, y):
    values, (low, _) = tables["values"], valleys(y)
    deep, shallow = energies(y, UNTRAINED, low)
    assert (values["energy-right"], values["energy-wrong"]) == pytest.approx((deep, shallow), abs=1e-9)
    assert values["search"] == pytest.approx(free_energy(y, UNTRAINED)) and values["sample"] == 10
    assert len(tables["starts-right"]) == values["right"] and len(tables["starts-wrong"]) == values["wrong"]
    starts = np.sort(np.concatenate([tables["starts-right"].x, tables["starts-wrong"].x]))
    np.testing.assert_allclose(starts, Z[::2])
    assert values["starts"] == 24 and values["right"] > values["wrong"] > 0
    for name, bottom in (("right", low[0]), ("wrong", low[1])):
        for table, place in ((f"starts-{name}", None), (f"end-{name}", bottom)):
            z, e = columns(tables[table]).T
            np.testing.assert_allclose(e, energies(y, UNTRAINED, z))
            np.testing.assert_allclose(columns(tables[f"{table}-plane"]), points(UNTRAINED, z), atol=1e-12)
            if place is not None:
                assert z == pytest.approx([place], abs=1e-4)
    np.testing.assert_allclose(columns(tables["sample"])[0], y)
    drawn = np.stack([TURN, energies(y, UNTRAINED, TURN)], axis=1)
    np.testing.assert_allclose(columns(tables["energy"]), drawn, atol=1e-12)
    check_manifold(tables["manifold"], UNTRAINED)
    assert energies(y, UNTRAINED).max() < values["top"] == 6


# forces -------------------------------------------------------------------------------------------------------------


@oracle("ellipse/forces", "brute force")
@pytest.mark.parametrize(
    ("panel", "beta"),
    [("untrained-cold", math.inf), ("trained-cold", math.inf), ("trained-warm", 1)],
)
def test_forces_are_downhill_at_half_their_length(shown, samples, panel, beta):
    """Arrows and ties are −½∇F by central differences of F as it is defined."""
    tables, nets = shown("ellipse/forces")
    w = UNTRAINED if "untrained" in panel else array(nets[panel.split("-")[1]].net.w)
    half = downhill(lambda y: free_energy(y, w, beta), samples) / 2
    if beta == math.inf:
        ends = columns(tables[f"{panel}-ties"]).reshape(24, 2, 2)
        np.testing.assert_allclose(ends, np.stack([samples, samples + half], axis=1), atol=1e-5)
        np.testing.assert_allclose(columns(tables[f"{panel}-nearest"]), samples + half, atol=1e-5)
    else:
        np.testing.assert_allclose(columns(tables[f"{panel}-arrows"]), np.hstack([samples, half]), atol=1e-5)
        np.testing.assert_allclose(columns(tables[f"{panel}-arrow"])[0], [*samples[22], *half[22]], atol=1e-5)
        p, g = votes(samples[22:23], w, beta)[0], points(w)
        share = p / p.max()
        fan = columns(tables[f"{panel}-votes"]).reshape(-1, 2, 2)
        (k,) = np.nonzero(share > 0.1)
        ends = samples[22] + share[k, None] * (g[k] - samples[22])
        np.testing.assert_allclose(fan, np.stack([np.tile(samples[22], (len(k), 1)), ends], axis=1), atol=1e-5)
        left, right, bottom, top = tables["values"]["near"]
        assert (fan > [left, bottom]).all() and (fan < [right, top]).all()
    check_manifold(tables[f"{panel}-manifold"], w)
    np.testing.assert_allclose(columns(tables[f"{panel}-latents"]), points(w), atol=1e-5)


@oracle("ellipse/forces", "closed form")
def test_what_is_told_of_the_forces(shown, samples):
    tables, nets = shown("ellipse/forces")
    values = tables["values"]
    for name, w in (("latents-warm", array(nets["warm"].net.w)), ("latents-warm-untrained", UNTRAINED)):
        assert values[name] == pytest.approx(taking_part(votes(samples, w, 1)).mean(), rel=1e-6)
    assert values["cosine-least"] == pytest.approx(1, abs=1e-9) and values["beta"] == 1
    np.testing.assert_allclose(values["named"], samples[22], rtol=1e-6)
    np.testing.assert_allclose(columns(tables["samples"]), samples, rtol=1e-6)
    assert (np.abs(samples) < values["half"]).all()
    left, right, bottom, top = values["close"]
    seen = ((samples > [left, bottom]) & (samples < [right, top])).all(axis=1)
    assert seen.sum() == 4


def to_page(places, azimuth, elevation):
    """What lies in space as it is seen, after a turn about z and a tilt: across, and towards the eye, (n, 2)."""
    a, e = np.radians([azimuth, elevation])
    turned = places @ np.array([[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]])
    return np.stack([turned[:, 0], np.sin(e) * turned[:, 2] - np.cos(e) * turned[:, 1]], axis=1)


# horn ---------------------------------------------------------------------------------------------------------------


@oracle("ellipse/horn", "closed form")
def test_the_horn_in_slices_and_rings(ellipse):
    tables = ellipse("horn").tables()
    values, (x, y) = tables["values"], ellipse("data").horn(1000)
    drawn = columns(tables["samples"], "x", "y", "z")
    every = np.column_stack([array(x), array(y)])
    np.testing.assert_allclose(drawn[drawn[:, 0].argsort()], every[every[:, 0].argsort()])
    np.testing.assert_allclose(columns(tables["samples"], "value")[:, 0], drawn[:, 0])
    near = columns(tables["samples"], "near")[:, 0]
    assert near[0] == 0 and near[-1] == 1 and (np.diff(near) >= 0).all()  # the farthest is drawn first
    page = to_page(drawn * [1.5, 1 / 32, 1 / 32], *values["view"])  # a box of 1.5 × 1 × 1
    np.testing.assert_allclose(near, (page[:, 1] - page[0, 1]) / np.ptp(page[:, 1]), atol=1e-9)
    for k, at in enumerate([0, 0.25, 0.5, 0.75, 1]):
        ring, (a, b) = columns(tables[f"ring-{k}"]), (np.array([2 - at / 2, 1.5 + at / 2]) * math.exp(2 * at))
        turn = np.linspace(0, 2 * math.pi, 61)
        np.testing.assert_allclose(ring, np.stack([a * np.cos(turn), b * np.sin(turn)], axis=1), rtol=1e-5, atol=1e-5)
    assert values["rings"] == [0, 0.25, 0.5, 0.75, 1] and values["points"] == 1000
    assert (values["noise"], values["noise-variance"]) == pytest.approx((0.05, 0.0025))
    radii = [values[name] for name in ("rho1-start", "rho2-start", "rho1-end", "rho2-end")]
    assert radii == pytest.approx([2, 1.5, 1.5 * math.e**2, 2 * math.e**2]) and max(radii) < values["reach"] == 16


@oracle("ellipse/horn", "SciPy")
def test_the_horns_distribution(ellipse):
    """x is uniform, and what is left across the ellipse, to first order (y₁²/a² + y₂²/b² − 1) / |∇|, is N(0, 0.05²)."""
    x, y = map(array, ellipse("data").horn(20_000))
    assert kstest(x, "uniform").pvalue > 0.01
    radii = np.stack([2 - x / 2, 1.5 + x / 2], axis=1) * np.exp(2 * x)[:, None]
    turned = y / radii
    off = ((turned**2).sum(axis=1) - 1) / np.linalg.norm(2 * turned / radii, axis=1)
    flat = np.abs(turned[:, 0]) > np.abs(turned[:, 1])
    for group in (flat, ~flat):  # mostly the noise of the first component, mostly that of the second
        assert off[group].std() == pytest.approx(0.05, rel=0.03) and abs(off[group].mean()) < 0.002
    angle = np.arctan2(turned[:, 1], turned[:, 0]) / (2 * math.pi) % 1
    assert kstest(angle, "uniform").pvalue > 0.01


# losses -------------------------------------------------------------------------------------------------------------


@oracle("ellipse/losses", "published value")
def test_losses_are_those_of_lecun_et_al(ellipse):
    """Section 2.2 of their tutorial: E of the right answer; max(0, m + E − Ê); log(1 + exp(E − Ê)).

    The wrong answer's energy Ê is 2 here; the slopes are 1, a step at Ê − m, and the wrong one's probability."""
    tables = ellipse("losses").tables()
    right, energy, hinge, log = columns(tables["losses"], "x", "energy", "hinge", "log").T
    np.testing.assert_allclose(right, np.linspace(0, 4, 121), atol=1e-12)
    np.testing.assert_array_equal(energy, right)
    np.testing.assert_allclose(hinge, np.where(right > 1, right - 1, 0), atol=1e-12)
    np.testing.assert_allclose(log, np.logaddexp(0, right - 2), atol=1e-12)
    slope = np.gradient(log, right)[1:-1]
    np.testing.assert_allclose(slope, (1 / (1 + np.exp(2 - right)))[1:-1], atol=1e-3)
    np.testing.assert_allclose(np.gradient(energy, right), 1)
    values = tables["values"]
    assert (values["top"], values["wrong"], values["margin"]) == (4, 2, 1)
