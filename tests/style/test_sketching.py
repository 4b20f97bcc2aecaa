"""What previews have in common with figures beyond their colours."""

from itertools import product
from math import inf

import numpy as np
import pytest
from matplotlib import pyplot
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import ConnectionPatch
from mpl_toolkits.mplot3d import proj3d

from conftest import ROOT
from pipeline.style.axes import Axes
from pipeline.style.faces import prepare
from pipeline.style.sketching import told
from pipeline.style.stylesheet import Stylesheet
from pipeline.style.vivid import luminous
from pipeline.table import Arrows, Curve, Path3D, Points, Region


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


@pytest.mark.parametrize("rows", ["012;034", "102;304"])
def test_a_plane_that_spans_rows_leaves_the_others_their_height(style, rows):
    axes = Axes(style)
    panels = axes.mosaic(rows, (6, 4))
    axes.plane(*panels, xlim=(0, 1), ylim=(0, 1))
    axes.fit()
    axes.figure.draw_without_rendering()
    width, height = axes.figure.get_size_inches()
    for ax in panels:
        if len(ax.get_subplotspec().rowspan) == 1:
            room = ax.get_position(original=True)
            assert room.height * height == pytest.approx(room.width * width, rel=0.05)


def test_a_plane_fills_its_place(style):
    axes = Axes(style)
    (ax,) = axes.panels(1, size=(4, 9))
    axes.plane(ax, xlim=(0, 2), ylim=(0, 1), xticks=[0, 1, 2])
    axes.level_bar([0, 1, 2], ax)
    axes.fit()
    axes.figure.draw_without_rendering()
    found, room = ax.get_position(), ax.get_position(original=True)
    assert found.width == pytest.approx(room.width, rel=0.02) and found.height == pytest.approx(room.height, rel=0.02)
    assert room.width > 0.7 and list(ax.get_xticks()) == [0, 1, 2] and len(ax.get_yticks()) == 0


def test_a_bar_has_ticks_at_levels_that_have_room_and_are_short(style):
    assert told([-20, -10, 0, 10, 20], 0.1) == [-20, -10, 0, 10, 20]
    assert told([0, 0.01, 0.03, 0.1, 0.15, 0.3517], 0.08) == [0, 0.03, 0.1, 0.15]
    axes = Axes(style)
    axes.level_bar([-inf, -5, 0, 5, inf], axes[0])
    assert list(axes.figure.axes[1].get_yticks()) == [-5, 0, 5]
    names = [text.get_text().replace("$", "") for text in axes.figure.axes[1].get_yticklabels()]
    assert names == [r"\leq -5", "0", r"\geq 5"]


@pytest.mark.parametrize(
    ("levels", "ticks"),
    [
        ([k / 2 for k in range(21)], [0, 2, 4, 6, 8, 10]),
        ([k / 10 for k in range(11)], [0, 0.2, 0.4, 0.6, 0.8, 1]),
        ([k - 4 for k in range(9)], [-4, -2, 0, 2, 4]),
        ([3 * k / 10 for k in range(5)], [0, 0.3, 0.6, 0.9, 1.2]),
        ([(k / 6) ** 2 for k in range(16)], [0, 0.25, 1, 2.25, 4, 6.25]),
    ],
)
def test_of_many_levels_evenly_apart_a_bar_has_ticks_at_round_ones(levels, ticks):
    assert told(levels, 0.04) == pytest.approx(ticks)


def test_a_row_begins_and_ends_where_the_one_below_does(style):
    axes = Axes(style)
    *row, left, right = axes.mosaic("012/ab", (6, 4))
    axes.flush(row, [left, right])
    axes.label(left, y="a name", x="x")
    axes.level_bar([0, 1, 2], right)
    axes.fit()
    ends = [[panels[0].get_position().x0, panels[-1].get_position().x1] for panels in (row, [left, right])]
    assert ends[0] == pytest.approx(ends[1], abs=1e-3) and len({round(ax.get_position().width, 4) for ax in row}) == 1


def test_weighted_points_have_a_least_size(style):
    axes = Axes(style)
    axes.weighted(axes[0], Points([0, 1], [0, 1], value=[0, 1], size=[0, 1]))
    (drawn,) = axes[0].collections
    assert list(drawn.get_sizes()) == [1, 36]  # the squares of their widths
    assert tuple(drawn.get_facecolors()[1]) == pytest.approx(pyplot.get_cmap()(1.0))


def test_arrows_take_turns_in_their_roles_and_have_the_tints_beneath_as_halos(style):
    axes = Axes(style)
    roles = axes.roles("class", 2)
    axes.arrows(axes[0], Arrows([0, 1, 2], [0, 0, 0], [1, 2, 3], [4, 5, 6]), roles, width=2, head=9, on=roles, short=4)
    drawn = [text.arrow_patch for text in axes[0].texts]
    assert [text.xy for text in axes[0].texts] == [(1, 4), (3, 5), (5, 6)] and axes[0].dataLim.y1 == 6
    assert [to_hex(arrow.get_edgecolor()) for arrow in drawn] == [to_hex(axes.colour(roles[k])) for k in (0, 1, 0)]
    halos = [arrow.get_path_effects()[0]._gc["foreground"] for arrow in drawn]
    assert halos == [axes.tinted(roles[k]) for k in (0, 1, 0)]
    assert {(arrow.get_linewidth(), arrow.get_arrowstyle().head_length) for arrow in drawn} == {(2, 7)}
    assert {arrow.shrinkB for arrow in drawn} == {4}


def test_a_part_is_seen_close_to_in_the_frame_that_it_has(style):
    axes = Axes(style)
    axes[0].set(xlim=(0, 4), ylim=(0, 4))
    inner = axes.close_to(axes[0], (0, 1, 0, 1), [0.5, 0.5, 0.4, 0.4])
    assert (*inner.get_xlim(), *inner.get_ylim()) == (0, 1, 0, 1)
    frame = axes[0].lines[0].get_color()
    assert {spine.get_edgecolor() for spine in inner.spines.values()} == {(*to_rgb(frame), 1)}
    lines = [line for line in axes[0].get_children() if isinstance(line, ConnectionPatch)]
    assert [(line.xy1, line.xy2) for line in lines] == [((1, 0), (0, 0)), ((1, 1), (0, 1))]


@pytest.mark.parametrize(("over", "halo"), [("field", True), ("bright field", False)])
def test_type_over_a_field_is_of_a_tone_that_is_read_there(style, over, halo):
    axes, role = Axes(style), to_rgb(style.colours["class0"])
    axes.number(axes[0], [(0, 0)], "class", over=over)
    (text,) = axes[0].texts
    mixed = luminous(role, 0.4) if halo else [0.1 * a for a in role]
    assert to_hex(text.get_color()) == to_hex(mixed)
    rims = [
        effect._gc["foreground"] for effect in text.get_path_effects() if "foreground" in getattr(effect, "_gc", {})
    ]
    assert rims == [style.scales["field"][0]] * halo


def test_bands_of_a_bar_may_be_as_high_as_one_another(style):
    axes = Axes(style)
    axes.level_bar([0, 0.001, 1], axes[0], even=True)
    bar = axes.figure.axes[1]
    low, middle, high = (bar.transData.transform((0, level))[1] for level in (0, 0.001, 1))
    assert middle - low == pytest.approx(high - middle) and list(bar.get_yticks()) == [0, 0.001, 1]


def test_axes_go_through_the_origin_and_have_names_at_their_ends(style):
    axes = Axes(style)
    axes.plane_axes(axes[0], "a", "b", xlim=(-1, 3), ylim=(-2, 2), xticks=[1])
    found = {text.get_text(): text.xy for text in axes[0].texts}
    assert found == {"a": (3, 0), "b": (0, 2)}
    assert {side for side, spine in axes[0].spines.items() if spine.get_visible()} == {"left", "bottom"}
    assert all(axes[0].spines[side].get_position() == "zero" for side in ("left", "bottom"))


def test_names_stand_on_the_left_and_below_alone(style):
    axes = Axes(style)
    for ax in axes.panels(2, 2, sharex=True, sharey=True):
        axes.label(ax, x="a", y="b")
    axes.outer()
    assert [(ax.get_xlabel(), ax.get_ylabel()) for ax in axes.all] == [("", "b"), ("", ""), ("a", "b"), ("a", "")]


def test_panels_begin_anew_after_a_stroke(style):
    axes = Axes(style)
    panels = axes.mosaic("012/aab", (6, 4))
    assert [ax.get_gridspec().ncols for ax in panels] == [3] * 5
    assert panels[0].get_gridspec() is not panels[3].get_gridspec()
    assert len({ax.get_gridspec() for ax in axes.mosaic("012;aab", (6, 4))}) == 1


def test_areas_have_borders_and_marks_their_numbers_in_their_colours(style):
    axes = Axes(style)
    axes.draw(axes[0], Region.inside([[(0, 0), (1, 0), (1, 1), (0, 0)]]), roles=["class0"])
    axes.borders(axes[0])
    assert to_hex(axes[0].patches[0].get_edgecolor()) == axes.colour("axis").lower()
    axes.number(axes[0], [(0, 0), (1, 1)], "class", "no. {}", on=[0, 0])
    first, second = axes[0].texts
    assert (second.get_text(), second.xy, to_hex(second.get_color())) == (
        "no. 2",
        (1, 1),
        axes.colour("class1").lower(),
    )
    grounds = [to_hex(text.get_path_effects()[0]._gc["foreground"]) for text in (first, second)]
    assert grounds == [to_hex(axes[0].patches[0].get_facecolor())] * 2


def test_what_has_no_colour_of_its_own_in_a_note_has_its_role(style):
    axes = Axes(style)
    axes.note(axes[0], r"$\red{x}=1$", (0, 0), "class1")
    paint = axes[0].texts[0].get_path_effects()[-1]
    assert {colour.lower() for colour in paint.pieces} == {axes.colour(role).lower() for role in ("red", "class1")}


def test_lines_of_reference_are_dashed_and_named(style):
    axes = Axes(style)
    axes.reference(axes[0], "level", 0.5, y=2)
    axes.reference(axes[0], x=1, role="class0")
    axes.distance(axes[0], (0, 1), (2, 3), "class1")
    axes.frame(axes[0], (0, 1, 2, 3))
    assert all(line.get_linestyle() == "--" and line.get_label() == "_" for line in axes[0].lines)
    colours = [to_hex(line.get_color()) for line in axes[0].lines]
    assert colours == [axes.colour(role).lower() for role in ("annotation", "class0", "class1", "neutral")]
    assert list(axes[0].lines[0].get_ydata()) == [2, 2] and list(axes[0].lines[1].get_xdata()) == [1, 1]
    assert (axes[0].texts[0].get_text(), axes[0].texts[0].xy) == ("level", (0.5, 2))


def test_a_way_has_an_arrow_on_it(style):
    axes = Axes(style)
    axes.way(axes[0], [0, 1, 2], [0, 1, 0], "class1", at=0.5)
    assert to_hex(axes[0].lines[0].get_color()) == axes.colour("class1").lower()
    (arrow,) = axes[0].texts
    assert (arrow.xy, arrow.xyann) == ((1, 1), (0, 0))


def test_a_bar_of_scale_is_as_long_as_it_says(style):
    axes = Axes(style)
    axes[0].set(xlim=(0, 10), ylim=(0, 1))
    axes.scale_bar(axes[0], 2.5)
    left, right = axes[0].lines[0].get_xdata()
    assert right - left == 2.5 and 9 < right < 10 and axes[0].texts[0].get_text() == "2.5"


def test_a_bar_of_scale_may_lie_below_its_plane(style):
    axes = Axes(style)
    axes.plane(axes[0], xlim=(0, 10), ylim=(0, 10))
    axes.scale_bar(axes[0], 2.5, below=True)
    axes.figure.draw_without_rendering()
    bar, number = axes[0].lines[0], axes[0].texts[0]
    assert [*bar.get_xdata()] == [7.5, 10] and max(bar.get_ydata()) < 0 and not bar.get_clip_on()
    assert number.get_window_extent().x1 < bar.get_window_extent().x0 and axes[0].get_ylim() == (0, 10)


def test_ticks_have_names_in_the_books_macros(style):
    axes = Axes(style)
    axes[0].set_xticks([0, 1])
    axes.tick_names(axes[0], x=["0", r"$\red{m}$"])
    axes.figure.draw_without_rendering()
    last = axes[0].get_xticklabels()[1]
    assert "\\red" not in last.get_text() and to_hex(last.get_color()) == axes.colour("red").lower()


def test_a_curve_is_named_beside_it_in_its_colour(style):
    axes = Axes(style)
    curve = Curve([0, 1, 2], {"a": "name"}, a=[3, 4, 5], b=[0, 0, 0])
    axes.name_curve(axes[0], curve, "a", 0.5, role="class0")
    (text,) = axes[0].texts
    assert (text.get_text(), text.xy, to_hex(text.get_color())) == ("name", (1, 4), axes.colour("class0").lower())


def test_a_legend_below_is_the_figures(style):
    axes = drawn(style, 1, 2)
    axes.legend(axes[0], below=True)
    assert axes[0].get_legend() is None
    assert [text.get_text() for text in axes.figure.legends[0].get_texts()] == ["line 0", "line 1"]


def box(style, *names, **options):
    axes = Axes(style)
    for ax in axes.panels(len(names), size=(6, 3)):
        ax = axes.space(ax, (30, 20), (2, 1, 1), xlim=(0, 1), ylim=(0, 1), zlim=(0, 1), **options)
        axes.label(ax, x="across", y="into depth", z="a long name", title=names[0])
    axes.fit()
    axes.figure.draw(axes.renderer())
    return axes


@pytest.fixture(params=["agg", "svg"])
def backend(request):
    """One that a notebook or another program may have chosen."""
    before = pyplot.get_backend()
    pyplot.switch_backend(request.param)
    yield
    pyplot.switch_backend(before)


@pytest.mark.usefixtures("backend")
@pytest.mark.parametrize("names", [[""], ["before", "after"]])
def test_boxes_in_space_are_as_wide_as_their_panels_and_lack_no_name(style, names):
    axes = box(style, *names)
    for k, ax in enumerate(axes.all):
        left, bottom, right, top = axes.extent(ax).extents / axes.figure.dpi
        cell, height = 6 / len(names), axes.figure.get_size_inches()[1]
        assert k * cell < left and right < (k + 1) * cell and right - left == pytest.approx(cell - 0.16, abs=0.1)
        assert bottom > 0 and top < height - 0.25 * bool(names[0]) and top - bottom > height - 0.6


@pytest.mark.parametrize("shape", [0.7, 1.2, 2.5])
def test_a_box_is_stretched_as_in_its_figure(style, shape):
    axes = box(style, "", shape=shape)
    x, y, _ = proj3d.proj_transform(*np.array([*product((0, 1), repeat=3)]).T, axes[0].get_proj())
    width, height = np.ptp(axes[0].transData.transform(np.column_stack([x, y])), axis=0)
    assert width / height == pytest.approx(shape, rel=1e-3)


def test_a_box_without_axes_bleeds_off_the_page(style):
    axes = box(style, "", box=False)
    assert axes.extent(axes[0]).width == pytest.approx(axes.figure.dpi * 6, abs=5)


def test_surfaces_have_the_colours_of_their_heights_and_a_darker_mesh(style):
    axes = box(style, "")
    x, y = np.meshgrid([0, 1, 2], [0, 1])
    axes.surface(axes[0], x, y, np.array([[0, 0.5, 0.5], [0, 0.5, 0.5]]), 0, 1)
    (mesh,) = axes[0].collections
    half = np.array(pyplot.get_cmap("relief")(0.5)[:3])
    assert mesh.to_rgba(mesh.get_array())[-1, :3] == pytest.approx(half)
    assert (np.array(mesh.get_edgecolor())[-1, :3] < half).all()


def test_what_is_drawn_first_lies_behind(style):
    axes = box(style, "")
    piece = Path3D([[(0, 0, 0), (1, 0, 0), (1, 1, 1), (0, 0, 0)]])
    axes.facets(axes[0], piece, "class0")
    axes[0].plot([0, 1], [0, 1], [0, 1])
    axes.facets(axes[0], piece, "class0", 0.25, "class1")
    axes.fit()
    (line,), (first, second) = axes[0].lines, axes[0].collections
    assert first.get_zorder() < line.get_zorder() < second.get_zorder()
    mix = 0.25 * np.array(to_rgb(axes.colour("class0"))) + 0.75 * np.array(to_rgb(axes.colour("class1")))
    assert second.get_facecolor()[0, :3] == pytest.approx(mix) and second.get_edgecolor()[0, 3] == 0


def test_near_dots_are_larger(style):
    axes = box(style, "")
    axes.dots(axes[0], Points([0, 1], [0, 1], z=[0, 1], value=[0, 1], near=[0, 1]), "field")
    assert list(axes[0].collections[0].get_sizes()) == [1, 5]
