"""The ellipse chapter's figures of free energies over the plane: against brute force in float64, autograd and closed
forms."""

import math
from types import SimpleNamespace

import numpy as np
import pytest
import torch

TRAINED = torch.tensor([-2.04, 1.4956], dtype=torch.float64)
UNTRAINED = np.array([-1.45265, 0.35856])
COLD = SimpleNamespace(net=SimpleNamespace(w=TRAINED))  # as a figure gets the trained model
Z = np.arange(48) * np.pi / 24


def points(w):
    """The model's 48 points, shape (48, 2)."""
    return np.asarray(w) * np.column_stack([np.cos(Z), np.sin(Z)])


def brute(y, w, beta):
    """F_β at y (…, 2), by the definition."""
    e = np.square(np.asarray(y)[..., None, :] - points(w)).sum(axis=-1)
    return e.min(axis=-1) if beta == math.inf else -np.log(np.exp(-beta * e).mean(axis=-1)) / beta


# Fields -------------------------------------------------------------------------------------------------------------


def test_the_window_is_row_by_row(ellipse):
    x, y, plane = ellipse("fields").window(3, 5)
    assert x.tolist() == [-3, 0, 3] and y.tolist() == [-2, -1, 0, 1, 2]
    assert plane.shape == (5, 3, 2) and plane[4, 0].tolist() == [-3, 2]


def test_only_the_bands_that_a_field_reaches_are_there(ellipse):
    x, y, plane = ellipse("fields").window(7, 5)
    field = plane[..., 0]  # from -3 to 3
    bands = ellipse("fields").bands("band", x, y, field, [-9, -5, -1, 1, 2, 4, 8])
    assert list(bands) == ["band-1", "band-2", "band-3", "band-4"]
    assert [band.x.min() for band in bands.values()] == [-3, -1, 1, 2]


# temperatures -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("beta", [10, 1, 10**-0.5, 0.1])
def test_nothing_is_lower_than_the_hollow(ellipse, beta):
    hollow = ellipse("temperatures").hollow(TRAINED, beta)
    plane = ellipse("fields").window(121, 81)[2]
    assert brute(plane, TRAINED, beta).min() >= brute(hollow, TRAINED, beta) - 1e-9
    assert hollow[1] == 0 and (hollow[0] > 0.5) == (beta > 0.2)


@pytest.mark.parametrize("axis", [0, 1])
def test_the_centre_is_flat_where_it_is_said_to_be(ellipse, axis):
    flat = float(ellipse("temperatures").flat(TRAINED, axis))
    step = np.zeros((3, 2))
    step[:, axis] = [-1e-3, 0, 1e-3]

    def curvature(beta):
        return np.diff(brute(step, TRAINED, beta), 2)[0] / 1e-6

    assert curvature(flat) == pytest.approx(0, abs=1e-5)
    assert curvature(0.95 * flat) > 0.01 and curvature(1.05 * flat) < -0.01


def test_heat_makes_the_paraboloid(ellipse):
    values = ellipse("temperatures").tables(COLD)["values"]
    plane = ellipse("fields").window(37, 25)[2].numpy()
    paraboloid = np.square(plane).sum(axis=-1) + np.square(TRAINED.numpy()).sum() / 2
    assert values["difference"] == pytest.approx(abs(brute(plane, TRAINED, 0.01) - paraboloid).max(), rel=1e-6)
    assert values["hump-cold"] == pytest.approx(TRAINED[1] ** 2) and values["hump-hot"] == 0
    assert values["humps"] == sorted(values["humps"], reverse=True)


# cold-free-energy ---------------------------------------------------------------------------------------------------


def test_arrows_lead_to_the_nearest_point(ellipse):
    module = ellipse("cold-free-energy")
    results = module.tables()
    arrows = [np.column_stack(list(results[name].columns.values())) for name in ("arrows-near", "arrows-far")]
    tails, ways = np.split(np.concatenate(arrows), 2, axis=1)
    apart = np.linalg.norm(tails[:, None] - points(UNTRAINED), axis=-1)
    np.testing.assert_allclose(tails + ways / module.SHARE, points(UNTRAINED)[apart.argmin(axis=1)], atol=1e-12)
    values = results["values"]
    assert values["arrows"] == len(tails) and values["arrows"] + values["ties"] == 25 * 17
    assert values["greatest"] == pytest.approx(brute([3, 2], UNTRAINED, math.inf))
    assert values["cosine"] > 0.999


def test_a_turned_arrow_is_noticed(ellipse):
    module = ellipse("cold-free-energy")
    y = torch.tensor([[1.0, 1.0], [-2.5, 0.3]], dtype=torch.float64)
    ways = torch.as_tensor(
        np.stack([points(UNTRAINED)[np.linalg.norm(p - points(UNTRAINED), axis=1).argmin()] - p for p in y.numpy()])
    )
    assert module.cosine(y, ways).min() > 1 - 1e-12
    turn = torch.tensor([[math.cos(0.1), -math.sin(0.1)], [math.sin(0.1), math.cos(0.1)]], dtype=torch.float64)
    assert module.cosine(y, ways @ turn).max() == pytest.approx(math.cos(0.1))


def test_ties_are_on_the_axes_of_symmetry(ellipse):
    y = torch.tensor([[0.5, 0], [0.5, 1e-6], [0, 0], [2, 0], [0, 1]], dtype=torch.float64)
    assert ellipse("cold-free-energy").tied(y).tolist() == [True, False, True, False, False]


# bowl ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def outline():
    """The manifold, as good as continuous: shape (20000, 2)."""
    z = np.linspace(0, 2 * np.pi, 20_000)
    return UNTRAINED * np.column_stack([np.cos(z), np.sin(z)])


def test_rings_are_level(ellipse, outline):
    module = ellipse("bowl")
    z = module.even()
    for distance in (0.5, 1.5):
        apart = np.linalg.norm(module.beside(z, distance).numpy()[:, None] - outline, axis=-1).min(axis=1)
        np.testing.assert_allclose(apart, distance, atol=1e-6)


def test_the_ridge_is_as_near_to_either_side(ellipse, outline):
    z = ellipse("bowl").even()
    ridge, foot = ellipse("bowl").ridge(z).numpy(), UNTRAINED * np.column_stack([z.cos(), z.sin()])
    nearest = np.linalg.norm(ridge[:, None] - outline, axis=-1).min(axis=1)
    np.testing.assert_allclose(np.linalg.norm(ridge - foot, axis=1), nearest, atol=1e-6)


def test_the_bowl_is_the_free_energy_up_to_its_rim(ellipse):
    results = ellipse("bowl").tables()
    bowl, top = results["bowl"], results["values"]["top"]
    heights = brute(np.column_stack([bowl.x, bowl.y]), UNTRAINED, math.inf)
    np.testing.assert_allclose(bowl.value, heights.clip(max=top), atol=1e-12)
    assert len(bowl) % results["values"]["ways"] == 0
    assert heights[-results["values"]["ways"] :] == pytest.approx(top, abs=0.02)  # its rim


# cross-section ------------------------------------------------------------------------------------------------------


def test_the_cross_section_is_the_mean_over_the_latents(ellipse):
    table = ellipse("cross-section").tables(COLD)["free-energy"]
    header, *rows = [line.split() for line in table.dump().splitlines() if not line.startswith("#")]
    written = dict(zip(header, np.array(rows, dtype=float).T, strict=True))
    assert len(rows) == 17 and len(header) == 13
    y = np.column_stack([np.zeros(17), np.linspace(-2, 2, 17)])
    np.testing.assert_array_equal(written["y2"], y[:, 1])
    betas = {"0p1": 0.1, "0p316": 10**-0.5, "1": 1, "3p16": 10**0.5, "10": 10, "inf": math.inf}
    for model, w in (("untrained", UNTRAINED), ("trained", TRAINED)):
        for name, beta in betas.items():
            np.testing.assert_allclose(written[f"{model}-{name}"], brute(y, w, beta), rtol=1e-6, atol=1e-12)


# gibbs --------------------------------------------------------------------------------------------------------------


def test_how_many_take_part(ellipse):
    even, one, two = torch.full((48,), 1 / 48), torch.eye(48)[3], torch.eye(48)[[3, 7]].mean(dim=0)
    assert ellipse("gibbs").taking_part(torch.stack([even, one, two])).tolist() == pytest.approx([48, 1, 2], rel=1e-5)


def test_areas_are_proportional_to_the_gibbs_weights(ellipse):
    results = ellipse("gibbs").tables(COLD)
    for k, probe in enumerate(results["values"]["probes"]):
        table, heat = results[f"weights-{k}"], np.exp(-np.square(np.array(probe) - points(TRAINED)).sum(axis=1))
        np.testing.assert_allclose(table.value, heat, rtol=1e-9)
        np.testing.assert_allclose(table.size**2, heat / heat.max(), rtol=1e-9)
        weights = heat / heat.sum()
        assert results["values"][f"latents-{k + 1}"] == pytest.approx(math.exp(-(weights * np.log(weights)).sum()))
