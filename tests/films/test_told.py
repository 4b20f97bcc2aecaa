"""One axis for all frames: what TeX tells of them, what they have in common, and what moves."""

import math

import pytest

from pipeline.films.told import Axis, Told, anchors, apart, common, moved, told

LOG = """This is pdfTeX
film:page;overhang=12.5pt
film:picture;at=65781 131562
film:picture;at=65781 131562
film:limits 1;space=0;x=-1.0 2.0 1 ;y=0.0 6.907755 0 ;meta=0.0 4.0 1 ;at=65781 131562
film:axis 1;low=0.0 0.0;high=72.27 144.54;at=65781 131562
film:limits 2;space=1;x=0.0 1.0 1 ;y=-2 3 0 10;z=0.0 1.0 1 ;at=65781 131562
"""


def frame(x=(0, 1), low=(10, 20), overhang=0, space=False, **limits):
    high = low[0] + 100, low[1] + 50
    return Told(overhang, (5, 5), {1: Axis(space, {"x": x, **limits}, low, high)})


def test_what_tex_tells():
    found = told(LOG)
    assert found.overhang == 12.5 and found.origin == pytest.approx((1, 2), abs=1e-4)
    first, second = found.axes[1], found.axes[2]
    assert first.limits["x"] == (-1, 2) and first.limits["y"] == pytest.approx((1, 1000), rel=1e-6)
    assert first.low == pytest.approx((1, 2), abs=1e-4) and first.high == pytest.approx((73, 146), abs=1e-4)
    assert second.space and second.limits["y"] == pytest.approx((0.01, 1000)) and first.limits["meta"] == (0, 4)


def test_nothing_is_said_where_all_have_the_same():
    assert common([frame(), frame((0, 1 + 1e-9)), frame()]) == ""


def test_all_have_room_for_what_each_needs():
    said = common([frame((0, 1), y=(0, 1), meta=(1, 2)), frame((-2, 0.5), y=(0, 1), meta=(0, 1.5), overhang=3)])
    assert said == (
        r"\narrowed{3pt}\common{1}{point meta min=0,point meta max=2,xmin=-2,xmax=1,enlarge x limits=false}"
    )
    assert apart([frame((0, 1)), frame((-2, 0.5))]) == {1}


def test_pages_are_laid_upon_one_another_by_their_axes():
    frames = [frame(low=(10, 20)), frame(low=(14, 21))]
    assert anchors(frames) == [(10, 20), (14, 21)] and not [*moved(frames)]
    frames[1].axes[1].high = (200, 71)
    assert [*moved(frames)] == [(1, 1)]


def test_of_space_only_the_limits_count():
    """Its box follows from the view, which may turn."""
    frames = [frame(space=True), frame(space=True, low=(0, 0))]
    assert anchors(frames) == [(5, 5)] * 2 and not [*moved(frames)]


def test_an_axis_that_is_not_in_all_frames():
    frames = [frame(), Told(0, (1, 2)), frame((0, 3))]
    assert r"\common{1}{xmin=0,xmax=3" in common(frames) and anchors(frames)[1] == (1, 2)
    assert math.isclose(anchors(frames)[0][0], 5)
