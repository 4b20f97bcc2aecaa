"""What previews draw of tables: where bars, boxes and error bars are, and that areas are tinted, never transparent."""

import numpy as np
import pytest
from matplotlib import RcParams, pyplot
from matplotlib.colors import to_hex, to_rgb

from conftest import MINIMAL, ROOT, coloured
from pipeline.preview import generic
from pipeline.style.axes import Axes
from pipeline.style.stylesheet import Stylesheet
from pipeline.table import Arrows, Bars, Boxes, ErrorBars, Field, Histogram, Path3D, Points, Region, Violins

DRAWS = np.random.default_rng(0).normal(size=60)
X = np.linspace(-1, 1, 9)
BOWL = X**2 + X[:, None] ** 2


@pytest.fixture
def axes():
    style = Stylesheet.read(ROOT / MINIMAL / "editions/light.tex")
    coloured(style)
    with pyplot.rc_context(RcParams(style.rcparams)):
        yield Axes(style)
    pyplot.close("all")


def boxes(ax):
    return [tuple(np.round([p.get_x(), p.get_y(), p.get_width(), p.get_height()], 6).tolist()) for p in ax.patches]


def test_stacked_bars_stand_upon_those_of_their_own_side(axes):
    table = Bars(["Ann", "Bob"], a=[1, -1], b=[2, -2], c=[-4, 8], stacked=True)
    generic(axes, {"bars": table})
    expected = [
        (-0.3, 0, 0.6, 1),
        (0.7, 0, 0.6, -1),
        (-0.3, 1, 0.6, 2),
        (0.7, -1, 0.6, -2),
        (-0.3, 0, 0.6, -4),
        (0.7, 0, 0.6, 8),
    ]
    assert boxes(axes[0]) == expected


def test_lying_bars_begin_at_the_top(axes):
    generic(axes, {"bars": Bars(["Ann", "Bob"], a=[1, 2], b=[3, 4], lying=True, labels={"y": "much"})})
    assert boxes(axes[0]) == [(0, -0.4, 1, 0.4), (0, 0.6, 2, 0.4), (0, 0, 3, 0.4), (0, 1, 4, 0.4)]
    assert axes[0].yaxis_inverted() and axes[0].get_xlabel() == "much"


@pytest.mark.parametrize(
    "table",
    [
        Bars([0, 1], a=[1, 2]), Boxes(a=DRAWS), Violins(a=DRAWS), Histogram(DRAWS), Region(X, X, BOWL, 0, 0.5),
    ],
    ids=lambda table: type(table).__name__,
)  # fmt: skip
def test_areas_have_the_editions_tint(axes, table):
    axes.draw(axes[0], table, roles=["target"])
    tinted = np.array(to_rgb(axes.colour("target"))) * 0.12 + np.array(to_rgb(axes.colour("paper"))) * 0.88
    found = axes[0].patches
    assert {to_hex(patch.get_facecolor()) for patch in found} == {to_hex(tinted)}
    assert {patch.get_alpha() for patch in found} == {None}


def test_error_bars_reach_as_far_as_they_are_long(axes):
    table = ErrorBars([1, 2], [10, 20], lower=[9, None], upper=[12, 25], x_upper=[1.5, None])
    axes.draw(axes[0], table)
    lines = [segment.tolist() for each in axes[0].collections for segment in each.get_segments()]
    assert lines == [[[1, 10], [1, 9]], [[1, 10], [1, 12]], [[2, 20], [2, 25]], [[1, 10], [1.5, 10]]]


def test_arrows_have_heads_of_one_size(axes):
    arrows = Arrows([0, 0, 1], [0, 1, 1], [1, 1e-3, 0], [0, 0, 0])  # the last is none
    arrows.draw(axes[0], iter(["#123456"]))
    shafts, heads = axes[0].collections
    axes.figure.draw_without_rendering()
    assert (shafts.N, heads.N) == (2, 2)
    assert np.ptp(heads.XY, axis=0).tolist() == pytest.approx([0.999, 1])  # at the tips
    first, second = (path.vertices - path.vertices.mean(axis=0) for path in heads.get_paths())
    np.testing.assert_allclose(first, second, atol=1e-6)


def test_what_lies_in_space_is_drawn_in_space(axes):
    path = Path3D([[[0, 0, 0], [1, 2, 3]], [[4, 5, 6], [7, 8, 9]]], {"z": "up"})
    generic(axes, {"path": path, "points": Points([0], [1], z=[2]), "bowl": Field(X, X, BOWL)})
    assert axes[0].name == "3d" and axes[0].get_zlabel() == "up"
    assert [np.array(line.get_data_3d()).T.tolist() for line in axes[0].lines] == [
        [[0, 0, 0], [1, 2, 3]], [[4, 5, 6], [7, 8, 9]], [[0, 1, 2]],
    ]  # fmt: skip
    assert len(axes[0].collections) == 1 and len(axes.figure.axes) == 2  # the surface, and its colour bar


def test_a_field_has_a_colour_bar_with_its_name(axes):
    generic(axes, {"bowl": Field(X, X, BOWL, {"value": "height"})})
    assert [ax.get_ylabel() for ax in axes.figure.axes] == ["", "height"]
