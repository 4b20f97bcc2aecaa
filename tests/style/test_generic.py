"""Previews that no module draws: several things on one plate, colour bars with their meanings, pixels that are squares."""

import numpy as np
import pytest
from matplotlib import RcParams, pyplot

from conftest import MINIMAL, ROOT, coloured
from pipeline.preview import generic
from pipeline.style.axes import Axes
from pipeline.style.stylesheet import Stylesheet
from pipeline.table import Cells, Curve, Field, Graph, Image, Points, Tabular

STYLE = Stylesheet.read(ROOT / MINIMAL / "editions/dark.tex")
AXIS = np.linspace(0, 1, 3)


@pytest.fixture(scope="module", autouse=True)
def scales():
    coloured(STYLE)


def drawn(**tables):
    with pyplot.rc_context(RcParams(STYLE.rcparams)):
        axes = Axes(STYLE)
        generic(axes, tables)
        axes.figure.canvas.draw()
        return axes


def bars(axes):
    return [ax for ax in axes.figure.axes if ax not in axes.all]


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_plates_have_axes_of_their_own_and_the_rest_has_one():
    axes = drawn(
        a=Cells([[1, 2]]), b=Curve([0, 1], y=[0, 1]), c=Image(np.eye(2)), d=Points([0], [1]), e=Graph([("u", "v")])
    )
    assert len(axes.all) == 4 and sum(len(ax.lines) == 2 for ax in axes.all) == 2  # the curve and the points; two nodes
    assert len(drawn(b=Curve([0, 1], y=[0, 1]), d=Points([0], [1])).all) == 1


def test_a_scale_has_a_bar_with_its_meaning():
    (bar,) = bars(drawn(it=Cells([[1, 2], [3, 4]], labels={"value": "how many"})))
    assert bar.get_ylabel() == "how many" and bar.get_ylim() == (1, 4)
    assert len(bars(drawn(it=Field(AXIS, AXIS, np.eye(3))))) == 1
    assert bars(drawn(it=Image(np.eye(2)))) == bars(drawn(it=Points([0], [1]))) == []
    (bar,) = bars(drawn(it=Cells([[-1, 2], [3, None]])))
    assert bar.get_ylim() == (-3, 3)  # 0 in the middle


def test_cells_are_written_in_where_they_stand_and_a_hole_is_empty():
    axes = drawn(it=Cells([[0.25, None], [-0.5, 1]], ["a", "b"], ["c", "d"]))
    assert texts(axes[0]) == ["0.25", "-0.50", "1.00"]
    assert [label.get_text() for label in axes[0].get_xticklabels()] == ["a", "b"]
    low, high = axes[0].get_ylim()
    assert low > high  # the first row is on top


def test_pixels_are_nearest_neighbours_and_where_the_image_is():
    axes = drawn(it=Image(np.arange(6).reshape(2, 3) / 5, x=(0, 3), y=(0, 2)))
    (image,) = axes[0].images
    assert image.get_extent() == pytest.approx((0, 3, 0, 2)) and image.get_interpolation() == "nearest"
    assert image.get_array().tolist() == [[0, 51, 102], [153, 204, 255]]


def test_a_tabular_is_drawn_as_a_table_within_its_axes():
    axes = drawn(it=Tabular(model=["one", None], loss=[0.5, 0.25], labels={"loss": r"$\cy$"}, rules=[1]))
    ((table,),) = [ax.tables for ax in axes.all]
    cells = {place: cell.get_text().get_text() for place, cell in table.get_celld().items()}
    assert [cells[k] for k in [(0, 0), (1, 0), (1, 1), (2, 0), (2, 1)]] == ["model", "one", "0.50", "–", "0.25"]
    assert r"\cy" not in cells[0, 1]  # the book's macros are Matplotlib's here
    box = table.get_window_extent()
    assert box.x0 >= 0 and box.x1 <= axes.figure.bbox.width


def test_a_wide_tabular_stays_within_the_preview():
    names = [f"quantity {k}" for k in range(12)]
    axes = drawn(
        it=Tabular({f"c{k}": name for k, name in enumerate(names)}, **{f"c{k}": [k, 1000.5] for k in range(12)})
    )
    box = axes[0].tables[0].get_window_extent()
    assert box.x0 >= -1 and box.x1 <= axes.figure.bbox.width + 1
