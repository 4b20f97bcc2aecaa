"""What previews have in common with figures beyond their colours."""

from math import inf

import pytest
from matplotlib import pyplot
from matplotlib.colors import to_hex

from conftest import ROOT
from pipeline.style.axes import Axes, prepare
from pipeline.style.stylesheet import Stylesheet


@pytest.fixture(scope="module")
def style():
    style = Stylesheet.read(ROOT / "tests/books/minimal/editions/light.tex", ROOT / "templates")
    if "field" not in pyplot.colormaps():
        prepare(style)
    return style


def drawn(style, *ends):
    axes = Axes(style)
    for k, end in enumerate(ends):
        axes[0].plot([0, 1], [0, end], color="#123456", label=f"line {k}")
    return axes


def test_lines_are_named_at_their_ends_in_their_colours(style):
    axes = drawn(style, 1, 2)
    assert axes.name_lines(axes[0])
    found = {text.get_text(): (text.xy, to_hex(text.get_color())) for text in axes[0].texts}
    assert found == {"line 0": ((1, 1), "#123456"), "line 1": ((1, 2), "#123456")}


def test_lines_that_end_side_by_side_have_a_legend(style):
    axes = drawn(style, 1, 1.01)
    assert not axes.name_lines(axes[0]) and not axes[0].texts
    axes = drawn(style, 1)
    axes[0].bar([0, 1], [1, 2], label="bars")
    assert not axes.name_lines(axes[0])


def test_a_bar_of_levels_is_to_scale(style):
    axes = Axes(style)
    axes.level_bar([0, 1, 4, inf], axes[0])
    bar = axes.figure.axes[1]
    assert bar.get_ylim() == (0, 4)
    (mesh,) = [drawn for drawn in bar.collections if drawn.get_array() is not None]
    edges = sorted({round(float(y), 6) for y in mesh.get_coordinates()[..., 1].ravel()})
    assert edges == [0, 1, 4]
    low, middle = (pyplot.get_cmap()(share) for share in (0, 0.5))
    assert [tuple(colour) for colour in mesh.to_rgba(mesh.get_array()).reshape(-1, 4)] == [low, middle]


def test_a_figure_is_as_high_as_its_planes_need(style):
    axes = Axes(style)
    low, high = (sketch(axes, height) for height in (1, 2))
    assert low < high - 1


def sketch(axes, height):
    (ax,) = axes.panels(1, size=(4, 9))
    ax.set(xlim=(0, 2), ylim=(0, height), aspect="equal")
    axes.fit()
    return axes.figure.get_size_inches()[1]
