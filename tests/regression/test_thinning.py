"""What is kept of tables: rows and statistics of known data, curves whatever their vertices, regions as pictures."""

import math
from pathlib import Path

import numpy as np
import pytest

from pipeline.regression.comparing import Tolerances, compare_table
from pipeline.regression.thinning import CELLS, inside, keep, nearest, paint, spread, thin
from pipeline.table import Contours, Curve, ErrorBars, Graph, Path2D, Points, Region

AXIS = np.linspace(-1, 1, 81)


def circle(vertices, centre=(0, 0), radius=1):
    angle = np.linspace(0, 2 * math.pi, vertices + 1)
    return np.column_stack([np.cos(angle), np.sin(angle)]) * radius + centre


def square(left, bottom, side):
    return np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]) * side + [left, bottom]


@pytest.mark.parametrize(("rows", "shown"), [(1, 1), (31, 31), (32, 32), (1001, 32)])
def test_rows_are_evenly_spaced_and_statistics_know_all(rows, shown):
    x, y = np.arange(rows), np.random.default_rng(0).normal(size=rows)
    kept = thin(Curve(x, y=y))
    assert (kept.kind, kept.columns) == (f"Curve, {rows} rows", ["x", "y"])
    numbered = {int(at.split()[1]): values for at, values in kept.numbers.items() if at.startswith("row")}
    assert len(numbered) == shown and {0, rows - 1} <= numbered.keys()
    assert all((values == [x[row], y[row]]).all() for row, values in numbered.items())
    assert [kept.numbers[at][1] for at in ("least", "greatest", "mean", "deviation")] == pytest.approx(
        [y.min(), y.max(), y.mean(), y.std()]
    )


def test_a_spread_is_the_range_or_the_size_of_what_is_constant():
    assert spread(np.array([[1, 5, 0, -3], [3, 5, 0, -3]])).tolist() == [2, 5, 0, 3]


@pytest.mark.parametrize("vertices", [50, 1000])
def test_a_curve_is_the_same_whatever_its_vertices(vertices):
    sagitta = 1 - math.cos(math.pi / vertices)
    kept = thin(Path2D([circle(vertices)]), thin(Path2D([circle(777)])))
    for at, expected in {"mean": 0, "deviation": math.sqrt(0.5), "travel": 4}.items():
        np.testing.assert_allclose(kept.numbers[at], expected, atol=4 * sagitta)
    old = thin(Path2D([circle(777)])).numbers
    assert max(np.abs(kept.numbers[at] - old[at]).max() for at in old if at.startswith("row")) < 2 * sagitta + 1e-5


def test_a_curve_that_moved_is_as_far_as_it_moved():
    line = Path2D([np.array([[0, 0.25], [10, 0.25]])])
    np.testing.assert_allclose(nearest(np.array([[2.0, 0], [7, 0]]), line), [[2, 0.25], [7, 0.25]])


def test_gaps_between_pieces_are_no_part_of_a_curve():
    pieces = [np.array([[0, 0], [1, 0]]), np.array([[9, 0], [10, 0]])]
    assert nearest(np.array([[4.0, 0], [6, 0]]), Path2D(pieces)).tolist() == [[1, 0], [9, 0]]
    assert thin(Path2D(pieces)).numbers["travel"].tolist() == [2, 0]


def test_a_level_line_is_not_taken_for_another_level():
    x, y = np.meshgrid(AXIS, AXIS)
    one, two = (thin(Contours(AXIS, AXIS, np.hypot(x, y), [level])) for level in (0.4, 0.6))
    both = thin(Contours(AXIS, AXIS, np.hypot(x, y), [0.4, 0.6]), one)
    assert all(row[2] == pytest.approx(0.4) for at, row in both.numbers.items() if at.startswith("row"))
    assert two.numbers["mean"][2] == pytest.approx(0.6)


def test_holes_are_outside():
    region = Region.inside([square(0, 0, 4), square(1, 1, 2)])
    assert inside(np.array([[0.5, 0.5], [2, 2], [3.5, 2], [5, 5]]), region).tolist() == [True, False, True, False]


def test_a_picture_stands_upright_and_later_regions_lie_on_top():
    picture = paint([Region.inside([square(0, 0, 4)]), Region.inside([square(0, 2, 2)])]).picture
    across, up = CELLS
    assert picture == ("1" * (across // 2) + "0" * (across // 2),) * (up // 2) + ("0" * across,) * (up // 2)


def test_a_picture_is_looked_at_through_the_golden_window():
    golden = paint([Region.inside([square(0, 0, 4)])])
    today = paint([Region.inside([square(2, 0, 6)])], golden)
    assert today.picture == ("." * (CELLS[0] // 2) + "0" * (CELLS[0] // 2),) * CELLS[1]
    assert (today.numbers["least"].tolist(), today.numbers["greatest"].tolist()) == ([2, 0], [8, 6])


def test_regions_that_differ_in_their_numbers_are_one_picture():
    bands = Region.bands("band", AXIS, AXIS, np.tile(AXIS, (81, 1)), np.linspace(-1, 1, 12))
    kept = keep(
        {"band": Points([0], [0])}
        | bands
        | {"alone": Region.inside([square(0, 0, 1)]), "part-x": Region.inside([square(0, 0, 1)])}
    )
    assert set(kept) == {"band", "band-*", "alone", "part-x"}
    assert kept["band-*"].kind == "Region, 11 of them"
    assert "".join(dict.fromkeys(kept["band-*"].picture[0])) == "0123456789a"  # band-10 lies above band-9


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("table", [ErrorBars([1, 2], [1, 2], lower=0.5), Graph([], nodes=["a", "b"])])
def test_of_columns_without_a_number_nothing_is_kept(table):
    kept = thin(table)
    assert {"plus", "xminus", "from"}.isdisjoint(kept.columns) and kept.columns[1] in "xy"
    found = compare_table("it", kept, thin(table), Tolerances(Path("no such file")))
    assert len(found) == len(kept.columns) and not any(change.beyond for change in found)


def test_a_region_that_was_a_line_is_looked_at_through_its_own_window():
    region = Region.inside([square(0, 0, 4)])
    was = {"band": thin(Path2D([square(0, 0, 1)], level=[2.5]))}
    assert keep({"band": region}, was)["band"].picture == paint([region]).picture
