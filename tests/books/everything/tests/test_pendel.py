"""The pendulum against elliptic functions, SciPy's solvers and closed forms."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import curve_fit
from scipy.special import ellipj, ellipk


@pytest.mark.oracle("pendel/ausschlag", "SciPy")
def test_the_swings_are_elliptic_functions(computed):
    found = computed("pendel/ausschlag")
    t = 2 * np.pi * found["winkel"].t if hasattr(found["winkel"], "t") else 2 * np.pi * found["winkel"].x
    for degrees, ratio in zip((20, 90, 170), found["values"]["ratios"], strict=True):
        start = np.radians(degrees)
        m = np.sin(start / 2) ** 2
        _, cn, dn, _ = ellipj(t, m)
        theta = 2 * np.arcsin(np.sqrt(m) * cn / dn)  # begun at its greatest angle
        np.testing.assert_allclose(getattr(found["winkel"], f"von{degrees}"), theta / start, atol=1e-6)
        assert ratio == pytest.approx(2 / np.pi * ellipk(m), rel=1e-12)


@pytest.mark.oracle("pendel/dauer", "SciPy")
def test_the_periods_are_elliptic_integrals(computed):
    found = computed("pendel/dauer")
    start = np.radians(found["dauer"].x)
    np.testing.assert_allclose(found["dauer"].genau, 2 / np.pi * ellipk(np.sin(start / 2) ** 2), rtol=1e-12)
    timed = np.radians(found["gestoppt"].x)
    np.testing.assert_allclose(found["gestoppt"].y, 2 / np.pi * ellipk(np.sin(timed / 2) ** 2), rtol=1e-5)
    np.testing.assert_allclose(found["dauer"].naeherung, 1 + start**2 / 16)


@pytest.mark.oracle("pendel/phasenbild", "closed form")
def test_orbits_are_lines_of_equal_energy(computed):
    found = computed("pendel/phasenbild")
    border = found["grenze"]  # ω = ±2 cos(θ/2)
    np.testing.assert_allclose(abs(border.y), 2 * abs(np.cos(border.x / 2)), atol=0.03)
    arrows = found["pfeile"]
    theta, omega = arrows.x + arrows.u / 2, arrows.y + arrows.v / 2
    rise = arrows.u * np.sin(theta) + arrows.v * omega
    np.testing.assert_allclose(rise / np.hypot(np.sin(theta), omega), 0, atol=1e-9)
    np.testing.assert_allclose(np.hypot(arrows.u, arrows.v), 0.26)
    assert (arrows.u * omega >= -1e-12).all()  # above they go to the right
    for k, level in enumerate(found["values"]["edges"][1:-1], start=1):
        band = found[f"band-{k}"]
        inner = (abs(band.x) < 1.5 * np.pi - 1e-6) & (abs(band.y) < 2.9 - 1e-6)
        energy = band.y[inner] ** 2 / 2 + 1 - np.cos(band.x[inner])
        np.testing.assert_allclose(energy, level, atol=0.01)


def damped(t, amplitude, damping, frequency, phase):
    return amplitude * np.exp(-damping * t) * np.cos(frequency * t + phase)


@pytest.mark.oracle("pendel/messreihe", "SciPy")
def test_descent_finds_what_least_squares_find(built):
    found = built("pendel/messreihe")
    t, theta, values = found["ablesung"].x, found["ablesung"].y, found["values"]
    fitted, _ = curve_fit(damped, t, theta, p0=(12, 0.06, 2.9, 0.3))
    asked = [values[name] for name in ("amplitude", "damping", "frequency")]
    np.testing.assert_allclose(asked, fitted[:3], rtol=2e-3)
    np.testing.assert_allclose(found["rest"].rest, theta - damped(t, *fitted), atol=0.02)
    assert values["gravity"] == pytest.approx(9.81, rel=0.01) and values["rms"] == pytest.approx(0.6, rel=0.25)


@pytest.mark.oracle("pendel/abstieg", "SciPy")
def test_the_contours_are_of_the_error_and_the_path_ends_in_the_hollow(built):
    found, readings = built("pendel/abstieg"), built("pendel/messreihe")["ablesung"]
    fitted, _ = curve_fit(damped, readings.x, readings.y, p0=(12, 0.06, 2.9, 0.3))
    np.testing.assert_allclose((found["ziel"].x[0], found["ziel"].y[0]), (fitted[2], fitted[1]), rtol=2e-3)
    lines = found["hoehen"]
    for row in range(0, len(lines.x), 41):  # brute force: the best amplitude and phase at a frequency and a damping
        basis = np.exp(-lines.y[row] * readings.x) * np.array(
            [np.cos(lines.x[row] * readings.x), np.sin(lines.x[row] * readings.x)]
        )
        left = readings.y - basis.T @ np.linalg.lstsq(basis.T, readings.y, rcond=None)[0]
        assert np.sqrt(np.mean(left**2)) == pytest.approx(lines.level[row], abs=0.03)


@pytest.mark.oracle("pendel/wurf", "SciPy")
def test_throws_obey_newton_and_stay_under_their_envelope(computed):
    found = computed("pendel/wurf")
    for piece, degrees in zip(found["wuerfe"].pieces(), (15, 25, 35, 55, 65, 75, 85), strict=True):
        angle = np.radians(degrees)
        t = np.linspace(0, 2 * np.sin(angle), 61)
        start = [0, 0, np.cos(angle), np.sin(angle)]
        solved = solve_ivp(lambda _, s: [s[2], s[3], 0, -1], (0, t[-1]), start, t_eval=t, rtol=1e-10).y
        np.testing.assert_allclose([found["wuerfe"].x[piece], found["wuerfe"].y[piece]], solved[:2], atol=1e-8)
        gap = (1 - found["wuerfe"].x[piece] ** 2) / 2 - found["wuerfe"].y[piece]
        assert gap.min() > -1e-12
    assert found["values"]["furthest"] == pytest.approx(1)
    np.testing.assert_allclose(found["huelle"].y, (1 - found["huelle"].x ** 2) / 2)
