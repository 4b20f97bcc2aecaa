"""The chapter on wines against scikit-learn, NumPy and SciPy."""

import numpy as np
import pytest
from scipy import stats
from sklearn.datasets import load_wine
from sklearn.decomposition import PCA
from sklearn.metrics import accuracy_score, log_loss
from sklearn.preprocessing import StandardScaler


@pytest.fixture(scope="module")
def wine():
    """The data as scikit-learn ships them: a pandas frame's columns by name, and the cultivars."""
    bunch = load_wine()
    return dict(zip(bunch.feature_names, bunch.data.T, strict=True)), bunch.target, bunch.data


@pytest.fixture(scope="module")
def plane(wine):
    """scikit-learn's first two components, with the signs of the book's."""
    scores = PCA(2).fit(z := StandardScaler().fit_transform(wine[2]))
    signs = np.sign([row[abs(row).argmax()] for row in scores.components_])
    return scores.transform(z) * signs, scores.components_.T * signs, PCA().fit(z).explained_variance_ratio_


@pytest.mark.oracle("wein/daten", "scikit-learn")
def test_each_bottle_is_where_it_was_measured(computed, wine):
    columns, y, _ = wine
    found = computed("wein/daten")
    for k in range(3):
        np.testing.assert_array_equal(found[f"sorte-{k}"].x, columns["alcohol"][y == k])
        np.testing.assert_array_equal(found[f"sorte-{k}"].y, columns["flavanoids"][y == k])
    np.testing.assert_allclose(found["mitten"].x, [columns["alcohol"][y == k].mean() for k in range(3)])
    assert [found["values"][f"count-{name}"] for name in ("barolo", "grignolino", "barbera")] == [59, 71, 48]


@pytest.mark.oracle("wein/verteilung", "NumPy")
@pytest.mark.oracle("wein/verteilung", "SciPy")
def test_bars_count_bottles_and_bells_have_their_moments(computed, wine):
    columns, y, _ = wine
    found = computed("wein/verteilung")
    for k in range(3):
        own = columns["proline"][y == k]
        np.testing.assert_array_equal(
            getattr(found["zahl"], f"sorte{k}"), np.histogram(own, np.arange(200, 1801, 100))[0]
        )
        bell = len(own) * 100 * stats.norm.pdf(found["glocke"].x, own.mean(), own.std(ddof=1))
        np.testing.assert_allclose(getattr(found["glocke"], f"sorte{k}"), bell, rtol=1e-9)


def test_no_bottle_is_left_out_of_the_bars(computed):
    found = computed("wein/verteilung")
    assert sum(getattr(found["zahl"], f"sorte{k}").sum() for k in range(3)) == 178


@pytest.mark.oracle("wein/tafel", "NumPy")
def test_the_table_has_means_and_deviations(computed, wine):
    columns, y, _ = wine
    values = computed("wein/tafel")["values"]
    own = [[columns[row][y == k] for k in range(3)] for row in ("alcohol", "flavanoids", "color_intensity", "proline")]
    np.testing.assert_allclose(values["means"], [[cell.mean() for cell in row] for row in own])
    np.testing.assert_allclose(values["spreads"], [[cell.std(ddof=1) for cell in row] for row in own])


@pytest.mark.oracle("wein/korrelation", "NumPy")
def test_the_areas_are_the_correlations(computed, wine):
    r = np.corrcoef(wine[2].T)
    found = computed("wein/korrelation")
    seen = {}
    for name, sign in (("plus", 1), ("minus", -1)):
        table = found[name]
        for piece in table.pieces():
            x, y = table.x[piece], table.y[piece]
            area = abs(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))) / 2
            centre = round((x.min() + x.max()) / 2), round(-(y.min() + y.max()) / 2)
            seen[centre] = sign * area / (2 * found["values"]["full"]) ** 2
    assert len(seen) == 78
    np.testing.assert_allclose(list(seen.values()), [r[row, column] for column, row in seen], atol=1e-9)
    assert found["values"]["phenols"] == pytest.approx(r[5, 6])


@pytest.mark.oracle("wein/stichprobe", "closed form")
def test_means_spread_as_the_root_says(computed, wine):
    columns, y, _ = wine
    sigma = columns["proline"][y == 0].std()
    found = computed("wein/stichprobe")
    assert found["values"]["sigma"] == pytest.approx(sigma)
    np.testing.assert_allclose(found["gesetz"].y * np.sqrt(found["gesetz"].x), sigma)
    # The deviation of 2000 draws is known to 1/√4000 of itself: four times that.
    np.testing.assert_allclose(found["gezogen"].y * np.sqrt(found["gezogen"].x), sigma, rtol=4 / 4000**0.5)


@pytest.mark.oracle("wein/ebene/hauptachsen", "scikit-learn")
def test_the_plane_is_that_of_principal_components(computed, wine, plane):
    scores, components, shares = plane
    y = wine[1]
    found = computed("wein/ebene/hauptachsen")
    for k in range(3):
        np.testing.assert_allclose(
            np.column_stack([found[f"sorte-{k}"].x, found[f"sorte-{k}"].y]), scores[y == k], atol=1e-9
        )
    shown = [6, 0, 9, 1, 10]
    np.testing.assert_allclose(
        np.column_stack([found["richtungen"].u, found["richtungen"].v]), 7 * components[shown], atol=1e-9
    )
    assert found["values"]["share-both"] == pytest.approx(shares[:2].sum())


def test_ellipses_are_two_deviations_wide(computed, wine, plane):
    scores, y = plane[0], wine[1]
    for k in range(3):
        line = computed("wein/ebene/hauptachsen")[f"ellipse-{k}"]
        away = np.column_stack([line.x, line.y]) - scores[y == k].mean(axis=0)
        inverse = np.linalg.inv(np.cov(scores[y == k].T))
        np.testing.assert_allclose(np.einsum("ni,ij,nj->n", away, inverse, away), 4, rtol=1e-9)


@pytest.mark.oracle("wein/ebene/anteile", "scikit-learn")
def test_shares_are_those_of_the_components(computed, plane):
    found = computed("wein/ebene/anteile")
    np.testing.assert_allclose(found["anteil"].anteil, 100 * plane[2], rtol=1e-9)
    np.testing.assert_allclose(found["summe"].summe, 100 * np.cumsum(plane[2]), rtol=1e-9)
    assert found["values"]["enough"] == int(np.searchsorted(np.cumsum(plane[2]), 0.8)) + 1 == 5


def outputs(net, xy):
    """The net's linear outputs (n, 3), recomputed in NumPy from its weights."""
    weights = [p.detach().numpy() for p in net.parameters()]
    return np.tanh(xy @ weights[0].T + weights[1]) @ weights[2].T + weights[3]


def shown(y):
    """Which bottles a model has seen: all but each fourth of a cultivar."""
    return np.array([(y[: n + 1] == y[n]).sum() % 4 != 0 for n in range(len(y))])


@pytest.mark.oracle("wein/ebene/karte", "scikit-learn")
def test_the_map_is_what_the_net_says(built, trained, wine, plane):
    net, (scores, y), seen = trained("wein/klassen").net, (plane[0], wine[1]), shown(wine[1])
    found = built("wein/ebene/karte")
    s = outputs(net, scores)
    values = found["values"]
    assert values["accuracy-shown"] == pytest.approx(accuracy_score(y[seen], s[seen].argmax(axis=1)))
    assert values["accuracy-out"] == pytest.approx(accuracy_score(y[~seen], s[~seen].argmax(axis=1)))
    assert (values["wrong"], values["shown"], values["parameters"]) == ((s.argmax(axis=1) != y).sum(), seen.sum(), 75)
    for k in range(3):  # on the edge of a region inside the window, the net wavers between two
        region = found[f"gebiet-{k}"]
        edge = np.column_stack([region.x, region.y])
        edge = edge[(abs(edge) < np.array(values["half"]) - 0.1).all(axis=1)]
        top = np.sort(outputs(net, edge), axis=1)
        assert np.abs(top[:, 2] - top[:, 1]).max() < 0.3  # where three regions meet, the grid cuts a corner
    line = np.column_stack([found["sicher"].x, found["sicher"].y])
    s = outputs(net, line)
    np.testing.assert_allclose((np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)).max(axis=1), 0.9, atol=0.005)


@pytest.mark.oracle("wein/lernen", "scikit-learn")
def test_the_last_losses_are_those_of_the_net(built, trained, wine, plane):
    y, seen = wine[1], shown(wine[1])
    s = outputs(trained("wein/klassen").net, plane[0])
    p = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
    values = built("wein/lernen")["values"]  # the last epoch's were recorded before its step
    assert values["end"] == pytest.approx(log_loss(y[seen], p[seen]), rel=0.01)
    assert values["out"] == pytest.approx(log_loss(y[~seen], p[~seen]), rel=0.01)
    assert values["guess"] == pytest.approx(np.log(3)) and values["end"] < 0.15
