"""Error bars, histograms, box plots and violins: against numpy, scipy, definitions, and what an author may get wrong."""

import numpy as np
import pytest
from scipy.stats import gaussian_kde

from pipeline.errors.author import AuthorError
from pipeline.table import Bars, Boxes, ErrorBars, Histogram, Path3D, Violins

NAN = float("nan")
DRAWS = np.random.default_rng(0).normal(size=200)
SKEWED = np.random.default_rng(1).exponential(size=150)


# ---- Error bars ----
def test_lengths_of_error_bars():
    table = ErrorBars([1, 2, 3], [10, 20, 30], lower=[9, NAN, 30], upper=[12, 25, None], x_error=0.5)
    np.testing.assert_array_equal(table.minus, [1, NAN, 0])
    np.testing.assert_array_equal(table.plus, [2, 5, NAN])
    assert table.xminus.tolist() == table.xplus.tolist() == [0.5] * 3
    table = ErrorBars([1, 2], [10, 20], error=[1, 2])
    assert table.minus.tolist() == table.plus.tolist() == [1, 2] and np.isnan(table.xplus).all()
    table.check("here")  # bars along one axis, or on one side, lack the others


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "error bars have no lengths"),
        ({"error": [1, -1]}, "row 1 of error is a length on both sides, and cannot be negative"),
        ({"error": 1, "lower": 0}, r"either error=… or its ends, lower=… and upper=…"),
        ({"lower": [0, 3]}, "row 1 of lower is where the bar ends, and cannot lie above y"),
        ({"upper": 1.5}, "row 1 of upper is where the bar ends, and cannot lie below y"),
        ({"x_upper": [9, 0.5]}, "row 1 of x_upper is where the bar ends, and cannot lie below x"),
        ({"error": [1, 2, 3]}, r"error has shape \(3,\); it is a number, or a vector of shape \(2,\)"),
        ({"error": ["a", "b"]}, "error holds what is no number"),
    ],
)
def test_error_bars_that_reach_backwards_are_refused(given, message):
    with pytest.raises(AuthorError, match=message):
        ErrorBars([1, 2], [1, 2], **given)


# ---- Histograms ----
def test_a_histogram_counts_as_numpy_does():
    table = Histogram(DRAWS, bins=13)
    counts, edges = np.histogram(DRAWS, bins=13)
    assert table.y.tolist() == [0, *counts.tolist(), 0] and table.y.dtype.kind == "i"
    np.testing.assert_allclose(table.x, [edges[0], *edges])


def test_samples_have_their_bins_in_common():
    table = Histogram(one=DRAWS, two=DRAWS + 5)
    np.testing.assert_allclose(table.x[1:], np.histogram_bin_edges(np.r_[DRAWS, DRAWS + 5], "auto"))
    assert table.one.sum() == table.two.sum() == 200 and list(table.series) == ["one", "two"]


def test_samples_may_be_called_as_no_column_can():
    samples = {"Bed & Breakfast": DRAWS, "Bed, Breakfast": DRAWS + 1, "50 %": DRAWS, "plain": DRAWS, "3 %": DRAWS}
    table = Histogram(samples, {"x": "nights", "50 %": "half"})
    table.check("here")
    assert list(table.series) == ["Bed-Breakfast", "Bed-Breakfast-2", "50", "plain", "3"]
    labels = {"Bed-Breakfast": r"Bed \& Breakfast", "Bed-Breakfast-2": "Bed, Breakfast", "50": "half", "3": r"3 \%"}
    assert table.labels == {"x": "nights", **labels}


def test_a_density_has_the_area_1_in_unequal_bins():
    table = Histogram({"a": SKEWED}, bins=[0, 0.1, 0.5, 2, 20], density=True)
    widths = np.diff(table.x[1:])
    assert (table.a[1:-1] * widths).sum() == pytest.approx(1)
    inside = [((low <= SKEWED) & (high > SKEWED)).mean() for low, high in [(0, 0.1), (0.1, 0.5), (0.5, 2), (2, 20)]]
    np.testing.assert_allclose(table.a[1:-1], inside / widths)


def test_weights_count_for_each_number():
    table = Histogram([1, 1, 2, NAN], bins=[0.5, 1.5, 2.5], weights=[1, 2, 0.5, 9])
    assert table.y.tolist() == [0, 3, 0.5, 0]
    named = Histogram({"a": [1, 2], "b": [1, 2]}, bins=[0.5, 1.5, 2.5], weights={"b": [3, 4]})
    assert (named.a.tolist(), named.b.tolist()) == ([0, 1, 1, 0], [0, 3, 4, 0])


def test_what_is_not_counted_is_said():
    assert Histogram([1, None, 3, 9], bins=[0, 2, 4]).notes() == [
        "1 of 4 numbers of sample 'y' are missing, and left out",
        "1 of 3 numbers of sample 'y' lie outside of the bins",
    ]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "a histogram has nothing to count"),
        ({"values": []}, "sample 'y' is empty"),
        ({"values": [NAN]}, "all of sample 'y' is missing"),
        ({"values": [[1, 2], [3, 4]]}, r"sample 'y' has shape \(2, 2\), and is to be a vector"),
        ({"values": [1, "a"]}, "sample 'y': entry 1 is 'a', a word"),
        ({"values": [1, 2], "bins": [3, 2, 1]}, "the bins cannot be made: .*monotonically"),
        ({"values": [1, 2], "bins": [5, 6]}, "all of sample 'y' lies outside of the bins, 5 to 6"),
        ({"values": [1, 2], "weights": [1]}, r"the weights of 'y' have shape \(1,\), not \(2,\)"),
        ({"values": [1, 2], "weights": [1, 1]}, "the bins cannot be made"),  # `auto` knows no weights
        ({"a": [1], "b": [2], "weights": [1]}, "weights of which sample"),
        ({"a": [1], "weights": {"c": [1]}}, "weights of c"),
    ],
)
def test_a_histogram_of_nothing_is_refused(given, message):
    with pytest.raises(AuthorError, match=message):
        Histogram(**given)


# ---- Box plots and violins ----
def test_boxes_are_as_tukey_defined_them():
    table = Boxes({"Ann": DRAWS, "Bob": [*SKEWED, NAN]}, whis=1.5)
    table.check("here")
    assert table.words == {"x": ["Ann", "Bob"]} and table.notes() == [
        "1 of 151 numbers of sample 'Bob' are missing, and left out"
    ]
    for name, sample in (("Ann", DRAWS), ("Bob", SKEWED)):
        box = table.stats[name]
        q1, median, q3 = np.percentile(sample, (25, 50, 75))
        near = sample[(sample >= q1 - 1.5 * (q3 - q1)) & (sample <= q3 + 1.5 * (q3 - q1))]
        expected = (near.min(), q1, median, q3, near.max(), sample.mean())
        assert [box[key] for key in ("low", "q1", "median", "q3", "high", "mean")] == pytest.approx(expected)
        assert sorted(box["outliers"]) == sorted(set(sample) - set(near))
    assert len(table.stats["Bob"]["outliers"])


def test_whiskers_may_be_percentiles():
    box = Boxes(a=np.arange(101), whis=(5, 95)).stats["a"]
    assert (box["low"], box["high"], len(box["outliers"])) == (5, 95, 10)


def test_boxes_of_one_number_are_lines():
    box = Boxes(a=[3], b=[1, 1, 1]).stats
    assert box["a"]["low"] == box["a"]["high"] == box["a"]["mean"] == 3 and not len(box["b"]["outliers"])


@pytest.mark.parametrize("bandwidth", ["scott", "silverman", 0.3])
def test_a_violin_is_as_wide_as_scipys_density(bandwidth):
    table = Violins({"Ann": DRAWS, "Bob": SKEWED}, bandwidth=bandwidth, width=0.8)
    table.check("here")
    estimates = [gaussian_kde(sample, bandwidth) for sample in (DRAWS, SKEWED)]
    groups = [(x[6:], y[6:]) for _, x, y in table.groups()]
    densities = [estimate(y) for estimate, (_, y) in zip(estimates, groups, strict=True)]
    most = max(density.max() for density in densities)
    for k, ((x, y), density, sample) in enumerate(zip(groups, densities, (DRAWS, SKEWED), strict=True)):
        np.testing.assert_allclose(np.abs(x - k), 0.4 * density / most, rtol=1e-6)
        assert (y.min(), y.max()) == (sample.min(), sample.max())


def test_violins_have_lines_at_the_quartiles_as_wide_as_they_are():
    ((_, x, y),) = Violins(Ann=SKEWED).groups()
    assert y[:6].tolist() == pytest.approx(np.repeat(np.percentile(SKEWED, (25, 50, 75)), 2))
    heights, half = y[6:][: (len(y) - 6) // 2], -x[6:][: (len(y) - 6) // 2]
    np.testing.assert_allclose(x[1:6:2], np.interp(y[1:6:2], heights, half))


def test_violins_have_one_area_or_one_width():
    def width(x):
        return np.ptp(x[6:])

    def area(x, y):
        return abs(np.sum(x[6:] * np.roll(y[6:], -1) - y[6:] * np.roll(x[6:], -1))) / 2

    (a, b), (c, d) = (
        [(x, y) for _, x, y in Violins({"a": DRAWS, "b": 9 * DRAWS}, alike=alike).groups()] for alike in (False, True)
    )
    assert area(*a) == pytest.approx(area(*b)) and width(a[0]) == pytest.approx(9 * width(b[0]))
    assert width(c[0]) == pytest.approx(width(d[0])) == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Violins(a=[3]), "sample 'a' is 3 alone, and has no density"),
        (lambda: Violins(a=DRAWS, b=[2, 2, 2]), "sample 'b' is 2 throughout, and has no density"),
        (lambda: Boxes(), "there is no sample"),
        (lambda: Boxes({"a": []}), "sample 'a' is empty"),
        (lambda: Boxes({"a": [1, float("inf")]}), "sample 'a': entry 1 is inf"),
        (lambda: Boxes(a=[1, 2], whis="x"), "whis is 'x', neither a number"),
        (lambda: Boxes(a=[1, 2], whis=(5, 195)), r"whis is \(5, 195\), neither a number"),
        (lambda: Violins(a=[1, 2], bandwidth="x"), "bandwidth is 'x'"),
        (lambda: Boxes({" ": [1]}), "a sample is called ' ', not by a word"),
        (lambda: Path3D([[[0, 1]]]), r"piece 0 of a path has shape \(1, 2\), not \(n, 3\)"),
        (lambda: Path3D([]), "a path has no pieces"),
    ],
)
def test_what_has_no_shape_is_refused(make, message):
    with pytest.raises(AuthorError, match=message):
        make()


def test_a_path_in_space_has_a_blank_line_between_its_pieces():
    table = Path3D([[[0, 0, 0], [1, 2, 3]], [[4, 5, 6]]], of=[[7, 8], 9])
    assert table.dump() == "# Path3D\nx y z of\n0 0 0 7\n1 2 3 8\n\n4 5 6 9\n"


def test_bars_say_how_they_stand():
    assert Bars(["Ann", "Bob"], a=[1, 2], stacked=True, lying=True).dump().startswith("# Bars stacked lying\n")
