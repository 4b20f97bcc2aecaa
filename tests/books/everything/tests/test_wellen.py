"""Waves against SciPy, Fourier series and closed forms."""

import numpy as np
import pytest
from scipy import signal
from scipy.optimize import minimize_scalar
from scipy.special import jn_zeros, jv, sici


def partial(x, terms):
    return 4 / np.pi * sum(np.sin(k * x) / k for k in range(1, 2 * terms, 2))


@pytest.mark.oracle("wellen/teilsummen/eins", "closed form")
@pytest.mark.oracle("wellen/teilsummen/drei", "closed form")
@pytest.mark.oracle("wellen/teilsummen/neun", "closed form")
@pytest.mark.oracle("wellen/teilsummen/viele", "closed form")
@pytest.mark.parametrize(("name", "terms"), [("eins", 1), ("drei", 3), ("neun", 9), ("viele", 33)])
def test_partial_sums_and_their_overshoot(computed, name, terms):
    found = computed(f"wellen/teilsummen/{name}")
    np.testing.assert_allclose(found["summe"].y, partial(found["summe"].x, terms), atol=1e-12)
    assert found["values"]["terms"] == terms
    top = minimize_scalar(lambda x: -partial(x, terms), bounds=(0, np.pi / terms), method="bounded")
    assert found["values"]["top"] == pytest.approx(-top.fun, abs=1e-6)
    assert found["values"]["top"] > 2 / np.pi * sici(np.pi)[0]  # the limit that Gibbs gave


@pytest.mark.oracle("wellen/spektrum", "SciPy")
def test_the_spectrum_is_that_of_scipy(computed, module):
    found, noise = computed("wellen/spektrum"), module("wellen/spektrum")
    x = noise.signal(64 * 512)
    f, power = signal.welch(x, window="boxcar", nperseg=512, noverlap=0, detrend=False, scaling="density")
    np.testing.assert_allclose(found["gemessen"].x, f[1:-1])
    np.testing.assert_allclose(found["gemessen"].y, power[1:-1] / 2, rtol=1e-9)  # SciPy's is one-sided
    _, h = signal.freqz([1], [1, -0.9], worN=2 * np.pi * found["gesetz"].x)
    np.testing.assert_allclose(found["gesetz"].y, abs(h) ** 2, rtol=1e-9)
    assert found["values"]["plateau"] == pytest.approx(100)
    assert 0.08 < found["values"]["scatter"] < 0.2  # 1/√64 for the mean of 64 periodograms


@pytest.mark.oracle("wellen/interferenz", "closed form")
def test_crests_add_up_and_still_lines_are_hyperbolas(computed):
    found = computed("wellen/interferenz")
    still = found["still"]
    ways = [np.hypot(still.x, still.y - s) for s in (1.5, -1.5)]
    difference = abs(ways[0] - ways[1])
    for piece in still.pieces():
        np.testing.assert_allclose(difference[piece], difference[piece][0], atol=1e-9)
        assert difference[piece][0] % 1 == pytest.approx(0.5)
    for k, level in ((1, -0.75), (2, -0.45), (3, -0.2), (4, 0.2), (5, 0.45), (6, 0.75)):
        band = found[f"band-{k}"]
        inside = (band.x > 3) & (band.x < 12.9) & (abs(band.y) < 4.3)  # where waves are well resolved
        r = [np.hypot(band.x[inside], band.y[inside] - s) for s in (1.5, -1.5)]
        height = sum(np.cos(2 * np.pi * d) / np.sqrt(d) for d in r)
        np.testing.assert_allclose(height, level, atol=0.06)
    assert found["values"]["first"] == pytest.approx(np.degrees(np.arcsin(1 / 6)))


@pytest.mark.oracle("wellen/waerme", "closed form")
def test_the_rod_cools_as_fouriers_series_says(computed):
    found = computed("wellen/waerme")
    x = found["temperatur"].x
    for k, time in enumerate((0, 0.001, 0.005, 0.02, 0.05, 0.1)):
        if time:
            n = np.arange(1, 400)[:, None]
            weights = 2 / (n * np.pi) * (np.cos(0.35 * n * np.pi) - np.cos(0.65 * n * np.pi))
            series = (weights * np.sin(n * np.pi * x) * np.exp(-((n * np.pi) ** 2) * time)).sum(axis=0)
            np.testing.assert_allclose(getattr(found["temperatur"], f"zeit{k}"), series, atol=2e-3)


@pytest.mark.oracle("wellen/trommel", "SciPy")
def test_the_drum_is_a_bessel_function(computed):
    found, (inner, rim) = computed("wellen/trommel"), jn_zeros(2, 2)
    assert (found["values"]["inner"], found["values"]["rim"]) == pytest.approx((inner, rim))
    assert found["values"]["overtone"] == pytest.approx(rim / jn_zeros(0, 1)[0])
    skin = found["fell"]
    r, turn = np.hypot(skin.x, skin.y), np.arctan2(skin.y, skin.x)
    top = jv(2, np.linspace(0, rim, 100_001)).max()
    np.testing.assert_allclose(skin.value, jv(2, rim * r) * np.cos(2 * turn) / top, atol=1e-5)


@pytest.mark.oracle("wellen/saite", "Fourier series")
def test_the_plucked_string_is_the_sum_of_its_overtones(computed):
    found = computed("wellen/saite")
    x, t, u = found["saite"].grid
    k = np.arange(1, 4001)[:, None]
    weights = 2 * np.sin(0.3 * k * np.pi) / (0.3 * 0.7 * (k * np.pi) ** 2)
    for row in range(0, len(t), 5):
        series = (weights * np.sin(k * np.pi * x) * np.cos(2 * np.pi * k * t[row])).sum(axis=0)
        np.testing.assert_allclose(u[row], series, atol=2e-4)
    assert abs(u[[0, -1]] - u[0]).max() < 1e-12 and abs(u[len(t) // 2] + u[0, ::-1]).max() < 1e-12
