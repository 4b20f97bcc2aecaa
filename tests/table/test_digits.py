"""A number has the digits that it needs to be drawn where it is, and no more."""

import numpy as np
import pytest

from pipeline.table import Curve, Points, read
from pipeline.table.digits import digits, texts

HOURS = np.arange(24 * 365)


def written(column, beside=()):
    return np.array(list(map(float, texts(column, beside))))


@pytest.mark.parametrize(
    "column",
    [
        2025 + HOURS / 8766,  # hours, in years
        101325 + 0.3 * np.sin(HOURS[:48] / 4),
        1.7e9 + HOURS[:100] / 7,
        1 + 1e-9 * np.arange(50) ** 1.5,
        -1e-5 * (1 + np.arange(50) / 3e5),
    ],
)
def test_neighbours_stay_where_they_are(column):
    off = np.abs(written(column) - column)
    assert off.max() <= 1e-5 * np.ptp(column)
    assert np.median(off[1:] / np.abs(np.diff(column))) <= 1e-2
    assert (
        np.abs([f"{v:.7g}" == t for v, t in zip(column, texts(column), strict=True)]).mean()
    ) < 0.9  # seven were too few


@pytest.mark.parametrize(
    "column",
    [
        np.linspace(-1, 1, 1000),
        np.random.default_rng(0).normal(size=1000),
        np.logspace(-9, 9, 50),
        np.float32([0.1, 0.2, 0.3]),
        np.array([0.1, 0.1]),
        np.array([3.5]),
        np.array([np.nan, 1 / 3, 0.5]),
    ],
)
def test_seven_digits_are_enough(column):
    assert digits(column) == 7


def test_a_constant_has_the_digits_of_what_it_is_drawn_with():
    curve, event = 2025 + HOURS[:168] / 8766, np.array([2025.0123456789])
    assert texts(event) == ["2025.012"]
    assert abs(written(event, [curve, HOURS])[0] - event[0]) < 1e-5 * np.ptp(curve)
    assert texts(event, [np.array([0.0, 1.0])]) == ["2025.012"]


def test_whole_numbers_keep_their_digits_as_floats_too():
    assert texts(np.array([123456789.0, np.nan, -3.0])) == ["123456789", "nan", "-3"]


def test_no_float_has_more_digits_than_it_holds():
    third = np.float32(1) / 3 + np.arange(5, dtype="f4") * np.float32(2**-24)
    assert [np.float32(t) for t in texts(third)] == third.tolist()
    close = 1 + np.arange(5) * 2.0**-52
    assert [float(t) for t in texts(close)] == close.tolist()


def test_gaps_and_digits_are_read_back(tmp_path):
    table = Curve(2025 + HOURS[:5] / 8766, y=[0.5, None, 1, np.nan, 2])
    (tmp_path / "a.dat").write_text(table.dump(), encoding="utf-8")
    copy = read(tmp_path / "a.dat")
    np.testing.assert_allclose(copy.x, table.x, rtol=0, atol=1e-6)
    np.testing.assert_array_equal(copy.y, table.y)
    assert copy.dump() == table.dump()
    assert len(Points([1, None], [1, 2])) == 2
