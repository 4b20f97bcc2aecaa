"""Matplotlib's axes in the book's style: colour maps, labels in colour, the face."""

from pathlib import Path

import pytest
from matplotlib import font_manager, pyplot
from matplotlib.colors import to_hex

from conftest import MINIMAL, ROOT, coloured
from pipeline.style.axes import Axes
from pipeline.style.faces import faces
from pipeline.style.stylesheet import Stylesheet
from pipeline.table import Field


@pytest.fixture(scope="module")
def style():
    style = Stylesheet.read(ROOT / MINIMAL / "editions/light.tex")
    coloured(style)
    with pyplot.rc_context(style.rcparams):
        yield style


def test_scales_are_colour_maps(style):
    for name, stops in style.scales.items():
        scale = pyplot.get_cmap(name)
        assert [to_hex(scale(end)).upper() for end in (0.0, 1.0)] == [stops[0], stops[-1]]
    assert pyplot.get_cmap("signed")(0.5)[:3] == pytest.approx((1, 1, 1), abs=0.01)  # paper
    assert pyplot.get_cmap().name == "field"


def test_fields_are_drawn_in_the_first_one(style):
    axes = Axes(style)
    axes.draw(axes[0], Field([0, 1], [0, 1], [[0, 1], [2, 3]]))
    assert axes[0].collections[0].get_cmap().name == "field"


def test_labels_of_ticks_are_whole_numbers_and_tell_them_apart(style):
    for low, high in ((101324.7, 101325.3), (0.99, 0.991), (2019, 2024), (2025, 2025.02)):
        axes = Axes(style)
        axes[0].plot([0, 1], [low, high])
        axes.figure.canvas.draw()
        labels = [label.get_text() for label in axes[0].get_yticklabels()]
        assert len(set(labels)) == len(labels) and axes[0].yaxis.get_offset_text().get_text() == ""
        assert all(
            abs(float(label) - tick) < 1e-9 * abs(tick)
            for label, tick in zip(labels, axes[0].get_yticks(), strict=True)
        )


def test_labels_and_legends_are_in_colour(style):
    axes = Axes(style)
    axes[0].plot([0, 1], [0, 1], label=r"$\vx$")
    axes[0].plot([0, 1], [1, 0], label=r"$F(\vy)$")
    axes.legend(axes[0])
    axes.label(axes[0], x=r"$\cx$", y=r"$\pd{\cost}{\vx}$")
    one, two = axes[0].get_legend().get_texts()
    assert (one.get_color(), one.get_path_effects()) == (style.colours["pink"], [])
    assert set(two.get_path_effects()[0].pieces) == {style.colours["ink"], style.colours["blue"]}
    assert axes[0].xaxis.label.get_color() == style.colours["pink"]
    assert len(axes[0].yaxis.label.get_path_effects()[0].pieces) == 3


def test_without_fontconfig_the_face_is_found_by_tex(style, monkeypatch):
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda **_: [])
    cuts = sorted(Path(path).stem for path in faces("texgyrepagella"))
    assert cuts == [f"texgyrepagella-{cut}" for cut in ("bold", "bolditalic", "italic", "regular")]


def test_numbers_along_axes_end_at_their_last_digit(style):
    axes = Axes(style)
    axes[0].set(xlim=(0, 1), xticks=[0, 0.25, 0.5, 1], ylim=(0, 100), yticks=[0, 50, 100])
    axes.write_numbers()
    axes.figure.draw_without_rendering()
    assert [label.get_text() for label in axes[0].get_xticklabels()] == ["0", "0.25", "0.5", "1"]
    assert [label.get_text() for label in axes[0].get_yticklabels()] == ["0", "50", "100"]
