"""The ellipse chapter's figures of free energies over the plane: against brute force in double precision, autograd and
closed forms."""

import math
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from scipy.optimize import brentq, minimize

from .definitions import (
    UNTRAINED,
    array,
    check_manifold,
    columns,
    downhill,
    follows,
    free_energy,
    grid,
    is_above,
    points,
    taking_part,
    votes,
)  # fmt: skip

oracle = pytest.mark.oracle
TRAINED = torch.tensor([-2.04, 1.4956], dtype=torch.float64)
COLD = SimpleNamespace(net=SimpleNamespace(w=TRAINED))  # as a figure gets the trained model


def check_bands(tables, name, levels, height, *axes):
    """Those bands are there that the field reaches, and each holds what is above its level; the first is everything."""
    at = grid(*axes[0], *axes[1])
    field = height(at)
    whole = height(np.stack(np.meshgrid(*(np.linspace(-half, half, n) for half, n in axes)), axis=-1))
    last = len(levels) - 2
    reached = {
        k for k in range(last + 1) if (k == 0 or levels[k] < whole.max()) and (k == last or levels[k + 1] > whole.min())
    }
    drawn = {int(n.split("-")[-1]) for n in tables if n.rpartition("-")[0] == name}
    assert drawn == reached
    for k in drawn:
        is_above(tables[f"{name}-{k}"], levels[k] if k else -math.inf, at, field, within=1e-6)
        if k:
            follows(tables[f"{name}-{k}"], levels[k], height, *axes)


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
    assert free_energy(plane, TRAINED, beta).min() >= free_energy(hollow, TRAINED, beta) - 1e-9
    assert hollow[1] == 0 and (hollow[0] > 0.5) == (beta > 0.2)


@pytest.mark.parametrize("axis", [0, 1])
def test_the_centre_is_flat_where_it_is_said_to_be(ellipse, axis):
    flat = float(ellipse("temperatures").flat(TRAINED, axis))
    step = np.zeros((3, 2))
    step[:, axis] = [-1e-3, 0, 1e-3]

    def curvature(beta):
        return np.diff(free_energy(step, TRAINED, beta), 2)[0] / 1e-6

    assert curvature(flat) == pytest.approx(0, abs=1e-5)
    assert curvature(0.95 * flat) > 0.01 and curvature(1.05 * flat) < -0.01


def paraboloid(y, w):
    """|y|² + |w|²/2."""
    return np.square(y).sum(axis=-1) + np.square(w).sum() / 2


@oracle("ellipse/temperatures", "brute force")
@oracle("ellipse/temperatures", "closed form")
def test_six_temperatures_over_the_plane(shown):
    """F_β at the nodes of the grid by its definition; in the last panel the paraboloid |y|² + |w|²/2."""
    tables, nets = shown("ellipse/temperatures")
    w = array(nets["cold"].net.w)
    levels = [0.5 * k for k in range(21)] + [math.inf]
    assert tables["values"]["levels"] == levels[:-1]
    for k, beta in enumerate([math.inf, 10, 1, 10**-0.5, 0.1, None]):
        height = partial(free_energy, w=w, beta=beta) if beta else partial(paraboloid, w=w)
        check_bands(tables, f"panel-{k}", levels, height, (3, 37), (2, 25))
    check_manifold(tables["manifold"], w)


@oracle("ellipse/temperatures", "SciPy")
def test_hollows_and_humps(shown):
    """The lowest points by descent from either side, the humps between them, and where the centre stops being one."""
    tables, nets = shown("ellipse/temperatures")
    w, values = array(nets["cold"].net.w), tables["values"]
    betas = [math.inf, 10, 1, 10**-0.5, 0.1]
    for k, beta in enumerate(betas[1:], 1):
        found = minimize(lambda y, b=beta: float(free_energy(y, w, b)), [1.5, 0.1], options={"gtol": 1e-9})
        lowest = columns(tables[f"lowest-{k}"], "x", "y")
        np.testing.assert_allclose(np.abs(lowest), np.abs([found.x, found.x]), atol=2e-4)
        np.testing.assert_allclose(lowest[0], -lowest[1], atol=1e-12)
        assert values["hollows"][k] == pytest.approx(abs(found.x[0]), abs=2e-4)
        hump = float(free_energy([0, 0], w, beta)) - found.fun
        assert values["humps"][k] == pytest.approx(max(hump, 0), abs=1e-6)
    np.testing.assert_allclose(columns(tables["lowest-0"], "x", "y"), points(w), rtol=1e-5, atol=1e-9)
    np.testing.assert_allclose(columns(tables["lowest-5"], "x", "y"), [[0, 0]])
    for axis in (0, 1):
        step = 1e-3 * np.outer([-1, 0, 1], np.eye(2)[axis])
        flat = brentq(lambda b, step=step: np.diff(free_energy(step, w, b), 2)[0], 0.05, 1)
        assert values[f"flat-{axis + 1}"] == pytest.approx(flat, abs=1e-5)
    plane = np.stack(np.meshgrid(np.linspace(-3, 3, 37), np.linspace(-2, 2, 25)), axis=-1)
    apart = np.abs(free_energy(plane, w, 0.01) - paraboloid(plane, w)).max()
    assert (values["near-zero"], values["difference"]) == pytest.approx((0.01, apart), rel=1e-6)
    # in the cold the ends of the long axis are on the manifold, so that the centre's F∞ is the hump
    assert values["hump-cold"] == values["humps"][0] == pytest.approx(w[1] ** 2) and values["hump-hot"] == 0
    assert values["floor"] == pytest.approx((w**2).sum() / 2) and values["window"] == [3, 2]


# cold-free-energy ---------------------------------------------------------------------------------------------------


@oracle("ellipse/cold-free-energy", "brute force")
def test_the_cold_field_and_its_arrows(ellipse):
    """F∞ at the nodes of the grid, and 0.13 of −½∇F∞ by differences, in two colours, below and above 1."""
    tables = ellipse("cold-free-energy").tables()
    values = tables["values"]
    levels = [k * k / 36 for k in range(16)]
    check_bands(tables, "cold", levels, partial(free_energy, w=UNTRAINED), (3, 97), (2, 65))
    check_manifold(tables["manifold"], UNTRAINED)
    longer = [*values["heads"][1:], math.inf]
    for k, (head, next_head) in enumerate(zip(values["heads"], longer, strict=True)):
        tails, ways = np.split(columns(tables[f"arrows-{k}"]), 2, axis=1)
        length = np.linalg.norm(ways, axis=1)
        full = downhill(lambda y: free_energy(y, UNTRAINED), tails) / 2
        np.testing.assert_allclose(ways * length[:, None] / 0.04, full, atol=1e-5)  # as long as the root of the way
        assert (head <= 0.4 * length).all() and (0.4 * length < next_head).all()  # each has a shaft
    assert values["levels"] == pytest.approx(levels) and values["window"] == [3, 2]
    assert levels[-2] < values["greatest"] < levels[-1]  # the bar ends where the field does


@oracle("ellipse/cold-free-energy", "closed form")
def test_arrows_lead_to_the_nearest_point(ellipse):
    module = ellipse("cold-free-energy")
    results = module.tables()
    arrows = [np.column_stack(list(table.columns.values())) for name, table in results.items() if "arrows" in name]
    tails, ways = np.split(np.concatenate(arrows), 2, axis=1)
    apart = np.linalg.norm(tails[:, None] - points(UNTRAINED), axis=-1)
    whole = ways * np.linalg.norm(ways, axis=1, keepdims=True) / 0.2**2
    np.testing.assert_allclose(tails + whole, points(UNTRAINED)[apart.argmin(axis=1)], atol=1e-12)
    values = results["values"]
    assert values["arrows"] == len(tails) and values["arrows"] + values["ties"] + values["close"] == 25 * 17
    assert apart.min() >= 0.05 and values["close"] == 6
    assert values["greatest"] == pytest.approx(free_energy([3, 2], UNTRAINED, math.inf))
    assert values["cosine"] == pytest.approx(1, abs=1e-12)


@oracle("ellipse/cold-free-energy", "brute force")
def test_the_free_energy_as_it_cools(ellipse, monkeypatch):
    """Frames of the film: F_β at the nodes of the grid, and arrows along −½∇F_β by differences; the last is printed."""
    module = ellipse("cold-free-energy")
    assert module.BETAS[0] == pytest.approx(0.1) and 300 < module.BETAS[-1] < 330
    monkeypatch.setattr(module, "BETAS", betas := [0.1, 1, 31.6])
    *frames, last = module.frames()
    for beta, tables in zip(betas, frames, strict=True):
        height = partial(free_energy, w=UNTRAINED, beta=beta)
        check_bands(tables, "cold", [k * k / 36 for k in range(16)], height, (3, 97), (2, 65))
        assert tables["manifold"].labels["title"] == rf"$\cbeta = {beta:.{1 if beta > 10 else 2}f}$"
        arrows = np.concatenate([columns(table) for name, table in tables.items() if "arrows" in name])
        tails, ways = np.split(arrows, 2, axis=1)
        length = np.linalg.norm(ways, axis=1, keepdims=True)
        np.testing.assert_allclose(ways * length / 0.04, downhill(height, tails) / 2, atol=1e-5)
    for name, table in module.tables().items():
        assert name == "values" or (columns(table) == columns(last[name])).all()
    assert last["values"] == module.tables()["values"] and "infty" in last["manifold"].labels["title"]


@oracle("ellipse/cold-free-energy", "autograd")
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


@oracle("ellipse/bowl", "closed form")
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


def corners(tables):
    """The corners of the bowl's facets, in the order in which they are drawn: (facets, 4, 3)."""
    facets = []
    for k in range(4):
        mesh = columns(tables[f"bowl-{k}"], "x", "y", "value").reshape(-1, tables["values"]["rows"], 3)
        around = [mesh[:-1, :-1], mesh[:-1, 1:], mesh[1:, 1:], mesh[1:, :-1]]
        facets.append(np.stack(around, axis=2).reshape(-1, 4, 3))
    return np.concatenate(facets)


@oracle("ellipse/bowl", "brute force")
def test_the_bowl_is_the_free_energy_up_to_its_rim(ellipse):
    results = ellipse("bowl").tables()
    top, drawn = results["values"]["top"], corners(results).reshape(-1, 3)
    heights = free_energy(drawn[:, :2], UNTRAINED, math.inf)
    np.testing.assert_allclose(drawn[:, 2], heights.clip(max=top), atol=1e-12)
    assert heights.max() == pytest.approx(top, abs=0.02)  # its rim


@oracle("ellipse/bowl", "brute force")
def test_the_nearer_facet_hides_the_farther(ellipse):
    """Wherever facets lie behind one another on the page, the one drawn last is the nearest to the eye."""
    tables = ellipse("bowl").tables()
    values = tables["values"]
    right, top = values["window"]
    scale = np.divide(values["ratio"], [2 * right, 2 * top, values["top"] - values["floor"]])
    a, e = np.radians(values["view"])
    axes = np.array(
        [  # across the page, up it, and towards the eye
            [math.cos(a), math.sin(a), 0],
            [-math.sin(a) * math.sin(e), math.cos(a) * math.sin(e), math.cos(e)],
            [math.sin(a) * math.cos(e), -math.cos(a) * math.cos(e), math.sin(e)],
        ]
    )
    seen = (corners(tables) * scale) @ axes.T
    triangles = seen[:, [[0, 1, 2], [0, 2, 3]]]  # (facet, half, corner, 3)
    least, greatest = seen[..., :2].min(axis=(0, 1)), seen[..., :2].max(axis=(0, 1))
    hidden = 0
    for spot in np.random.default_rng(0).uniform(least, greatest, (400, 2)):
        share = np.linalg.solve(
            np.concatenate([triangles[..., :2], np.ones((*triangles.shape[:-1], 1))], axis=-1).swapaxes(-1, -2),
            np.broadcast_to(np.append(spot, 1)[:, None], (*triangles.shape[:2], 3, 1)),
        )[..., 0]
        facet, half = np.nonzero(share.min(axis=-1) > 0.02)  # well inside: flat halves are not the facet at its edges
        if len(facet):
            near = (share * triangles[..., 2]).sum(axis=-1)[facet, half]
            assert near[facet.argmax()] == near.max()
            hidden += len(facet) > 1
    assert hidden > 5


@oracle("ellipse/bowl", "closed form")
def test_the_bowls_mesh(ellipse, outline):
    """Four rows from the ridge to the manifold, nine rings outside it, at equal distances up to 0.6; eighty ways down
    along normals, between which the rim goes on and turns alike. The ridge is seen: it rises to a third of the rim."""
    tables = ellipse("bowl").tables()
    values, facets = tables["values"], corners(tables)
    assert len(facets) == 12 * 80 and values["rows"] == 13
    centres = facets[..., :2].mean(axis=1)
    assert len(np.unique(centres.round(9), axis=0)) == len(facets)  # each is drawn once
    a, b = np.abs(UNTRAINED)
    drawn = np.unique(facets.reshape(-1, 3).round(9), axis=0)
    inside, height = (drawn[:, 0] / a) ** 2 + (drawn[:, 1] / b) ** 2 < 1 - 1e-6, drawn[:, 2]
    distance = np.linalg.norm(drawn[:, None, :2] - outline, axis=2).min(axis=1)
    np.testing.assert_allclose(distance[~inside], (distance[~inside] / 0.6 * 9).round() / 9 * 0.6, atol=3e-4)
    assert ((distance[~inside] / 0.6 * 9).round() == np.arange(10)[:, None]).sum(axis=1).tolist() == [80] * 10
    ridge = np.abs(drawn[:, 1]) < 1e-8
    assert height[inside & ridge].max() == pytest.approx(b**2, rel=0.05)
    z = ellipse("bowl").even()
    rim = ellipse("bowl").beside(torch.cat([z, z[:1]]), 0.6).numpy()
    steps = np.linalg.norm(np.diff(rim, axis=0), axis=1)
    normals = ellipse("bowl").outwards(torch.cat([z, z[:1]])).numpy()
    turns = np.arccos((normals[1:] * normals[:-1]).sum(axis=1))
    np.testing.assert_allclose(steps / steps.sum() + turns / turns.sum(), 2 / 80, rtol=5e-3)
    towards_eye = [math.sin(math.radians(22)), -math.cos(math.radians(22))]
    assert set((normals[:-1] @ towards_eye).argsort()[-2:]) == {0, 79}
    check_rings(tables, outline)


def check_rings(tables, outline):
    """Those on the floor are level, and open where their values stand."""
    values = tables["values"]
    assert (values["top"], values["levels"]) == (0.36, [0.04, 0.16, 0.36]) and values["floor"] < 0
    for piece, level, end in zip(tables["rings"].pieces(), values["levels"], values["ends"], strict=True):
        ring = columns(tables["rings"], "x", "y")[piece]
        apart = np.linalg.norm(np.vstack([ring, end])[:, None] - outline, axis=2).min(axis=1) ** 2
        np.testing.assert_allclose(apart, level, atol=1e-5)
        assert (np.abs(ring) < values["window"]).all()
        steps, open_ = np.linalg.norm(np.diff(ring, axis=0), axis=1), np.linalg.norm(ring[0] - ring[-1])
        assert steps.max() < 0.06 < 0.3 < open_ < 0.5 and np.linalg.norm(ring - end, axis=1).min() > 0.17
    check_manifold(tables["manifold"], UNTRAINED)


# cross-section ------------------------------------------------------------------------------------------------------


@oracle("ellipse/cross-section", "brute force")
def test_the_cross_section_is_the_mean_over_the_latents(ellipse, shown):
    """Columns y2 and one for each β of each model."""
    tables, nets = shown("ellipse/cross-section")
    table, trained = tables["free-energy"], array(nets["cold"].net.w)
    assert len(table) == 17 and len(table.columns) == 13
    y = np.column_stack([np.zeros(17), np.linspace(-2, 2, 17)])
    np.testing.assert_array_equal(table.columns["y2"], y[:, 1])
    betas = {"0p1": 0.1, "0p316": 10**-0.5, "1": 1, "3p16": 10**0.5, "10": 10, "inf": math.inf}
    for model, w in (("untrained", UNTRAINED), ("trained", trained)):
        for name, beta in betas.items():
            np.testing.assert_allclose(table.columns[f"{model}-{name}"], free_energy(y, w, beta), rtol=1e-6, atol=1e-12)
    values = tables["values"]
    for model, w in (("untrained", UNTRAINED), ("trained", trained)):
        for name, beta in (("cold", math.inf), ("hot", 0.1)):
            assert values[f"centre-{name}-{model}"] == pytest.approx(float(free_energy([0, 0], w, beta)))
    assert values["crossing"] == pytest.approx([abs(UNTRAINED[1]), abs(trained[1])])
    assert (values["half"], values["points"], values["betas"]) == (2, 17, 6)
    assert max(column.max() for column in table.columns.values()) < values["top"]


# gibbs --------------------------------------------------------------------------------------------------------------


def test_how_many_take_part(ellipse):
    even, one, two = torch.full((48,), 1 / 48), torch.eye(48)[3], torch.eye(48)[[3, 7]].mean(dim=0)
    assert ellipse("gibbs").taking_part(torch.stack([even, one, two])).tolist() == pytest.approx([48, 1, 2], rel=1e-5)


@oracle("ellipse/gibbs", "brute force")
def test_areas_are_proportional_to_the_gibbs_weights(shown):
    results, nets = shown("ellipse/gibbs")
    w, values = array(nets["cold"].net.w), results["values"]
    assert values["probes"] == [[2.35, 0.7], [0.95, 0.9], [-0.2, 0.1]]
    for k, probe in enumerate(values["probes"]):
        table, heat = results[f"weights-{k}"], np.exp(-np.square(np.array(probe) - points(w)).sum(axis=1))
        np.testing.assert_allclose(columns(table, "x", "y"), points(w), rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(table.value, heat, rtol=1e-5)
        np.testing.assert_allclose(table.size**2, heat / heat.max(), rtol=1e-5)
        assert values[f"latents-{k + 1}"] == pytest.approx(taking_part(heat / heat.sum()))
        assert values["heats"][k] == pytest.approx(heat.max())
    np.testing.assert_allclose(columns(results["probes"]), values["probes"])
    check_manifold(results["manifold"], w)
    assert (values["beta"], values["latents"]) == (1, 48)
    assert (np.abs(np.vstack([points(w), values["probes"]])) < values["window"]).all()


@oracle("ellipse/gibbs", "closed form")
def test_helmholtz(ellipse):
    """F_β = Σ p E − (H(p) − log K)/β, which ties the count of latents to the free energy."""
    probes = array(ellipse("gibbs").PROBES)
    p = votes(probes, TRAINED, 1)
    count = array(ellipse("gibbs").taking_part(torch.as_tensor(p)))
    e = np.square(probes[:, None] - points(TRAINED)).sum(axis=-1)
    np.testing.assert_allclose((p * e).sum(axis=1) - np.log(count / 48), free_energy(probes, TRAINED, 1), rtol=1e-12)


# free-energy-construction -------------------------------------------------------------------------------------------


@oracle("ellipse/free-energy-construction", "closed form")
def test_the_construction_with_numbers(ellipse):
    """Three energies; their heights, the mean height, and the energy that belongs to it."""
    tables = ellipse("free-energy-construction").tables()
    values, (y1, y2), (w1, w2) = tables["values"], (-1.3, 0.9), UNTRAINED
    e = np.array([(y1 - w1 * math.cos(z)) ** 2 + (y2 - w2 * math.sin(z)) ** 2 for z in (0.6, 1.2, 4.8)])
    told = values["energies"], values["mean"], values["least"], values["end"]
    assert [*told[0], *told[1:]] == pytest.approx([*e, e.sum() / 3, min(e), 1.12 * max(e)])
    for name, beta in (("cold", 3), ("hot", 0.25)):
        heights = np.exp(-beta * e)
        assert values[f"beta-{name}"] == beta and values[f"heights-{name}"] == pytest.approx(heights)
        assert values[f"height-{name}"] == pytest.approx(heights.mean())
        assert values[f"f-{name}"] == pytest.approx(-math.log(heights.sum() / 3) / beta)
        np.testing.assert_allclose(columns(tables[f"{name}-points"]), np.stack([e, heights], axis=1))
        axis = np.linspace(0, 1.12 * max(e), 100)
        np.testing.assert_allclose(columns(tables[f"{name}-curve"]), np.stack([axis, np.exp(-beta * axis)], axis=1))
    assert min(e) < values["f-cold"] < values["f-hot"] < e.mean()
