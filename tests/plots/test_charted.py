"""Marks in the colours of their places on a chart: as layers, by PGFPlots and in previews they are the same."""

import re

import numpy as np
import pikepdf
import pytest
from matplotlib.colors import to_rgb

from pipeline.pdf.page import Page
from pipeline.plots import dense, reading
from pipeline.style.axes import Axes
from pipeline.style.stylesheet import Stylesheet
from pipeline.table import Points, placed
from pipeline.tex.picture import compile_picture

STARTS = np.random.default_rng(1).normal(size=(300, 2))
MOVED = STARTS @ [[1, 0.5], [-0.5, 1]]


def table(steps=4):
    return Points(*MOVED.T, **placed(STARTS, 2, steps))


def bilinear(style, across, up):
    """The colour of a place on the chart of three by three, by its four neighbours and their shares."""
    nodes = np.array([[to_rgb(stop) for stop in row] for row in style.charts["places"]])
    i, j = min(int(2 * across), 1), min(int(2 * up), 1)
    s, t = 2 * across - i, 2 * up - j
    low, high = ((1 - s) * nodes[row, i] + s * nodes[row, i + 1] for row in (j, j + 1))
    return (1 - t) * low + t * high


def drawn(book, text, options="charted points", name="a", axis="xmin=-1.5, xmax=1.5"):
    """(each mark's colour and place, what became of the plot)"""
    data, target, picture = (book.build / f"{name}.{ending}" for ending in ("dat", "pdf", "tex"))
    data.write_text(text, encoding="utf-8")
    axis = rf"\begin{{axis}}[width=200pt, height=150pt, {axis}, ymin=-4, ymax=4, grid=none, xtick=\empty, ytick=\empty]"
    plot = rf"\addplot[{options}] table {{{data}}};"
    picture.write_text(rf"\begin{{tikzpicture}}{axis}{plot}\end{{axis}}\end{{tikzpicture}}", encoding="utf-8")
    told = compile_picture(book, "dark", picture, target, "a.tex.j2", str(data))
    return marks(target), told


def marks(path):
    """Colours and centres of all dots of a page, those of layers, too: (marks, 5)."""
    with pikepdf.open(path) as pdf:
        content = pdf.pages[0].Contents.read_bytes().decode("latin-1")
        shown = pikepdf.new()
        shown.pages.append(pdf.pages[0])
        shown.pages[0].Contents = shown.make_stream(
            re.sub(r"/Layer BMC|/Layer <<.*?>> BDC", "/L BMC", content).encode()
        )
        paints = [paint for paint in Page(shown.pages[0]).paints if paint.kind == "mark" and paint.colour]
    return np.array([[*paint.colour, *(paint.box[k] + paint.box[k + 2] for k in (0, 1))] for paint in paints])


def test_a_layer_has_the_colours_that_pgfplots_gives(book):
    text = table().dump()
    (layer, told), (plain, _) = drawn(book, text), drawn(book, text, "charted points, layer=never", "b")
    assert told == ["layer: a"]
    inside = np.abs(MOVED[:, 0]) < 1.5
    assert len(layer) == len(plain) == inside.sum() < len(MOVED)
    np.testing.assert_allclose(layer[:, :3], plain[:, :3], atol=1e-6)
    np.testing.assert_allclose(layer[:, 3:], plain[:, 3:], atol=0.05)
    style = Stylesheet.read(book.edition_file("dark"))
    across, up = placed(STARTS, 2, 4).values()
    wanted = [bilinear(style, *place) for place in zip(across[inside], up[inside], strict=True)]
    np.testing.assert_allclose(layer[:, :3], wanted, atol=0.005)
    assert len(np.unique(layer[:, :3], axis=0)) == len(np.unique(wanted, axis=0)) > 9


def test_a_colour_of_which_the_specimen_has_no_mark_is_left_to_pgfplots(book, monkeypatch):
    monkeypatch.setattr("pipeline.plots.plot.Plot.shaded", property(lambda plot: set()))
    assert "as its rows foretell" in drawn(book, table().dump())[1][0]


def test_without_places_there_is_no_chart(tmp_path):
    path = tmp_path / "a.dat"
    path.write_text(Points(*MOVED.T).dump(), encoding="utf-8")
    (plot,) = reading.plots(rf"\begin{{axis}}\addplot[charted points] table {{{path}}};\end{{axis}}")
    assert plot.shades is None and plot.shaded == set()


def test_a_specimen_has_each_colour_within_the_limits(tmp_path):
    path = tmp_path / "a.dat"
    path.write_text(table().dump(), encoding="utf-8")
    (plot,) = dense.dense(
        rf"\begin{{axis}}[xmin=0] \addplot[charted points] table {{{path}}};\end{{axis}}", lambda _: 1
    )
    seen = MOVED[:, 0] >= 0
    assert set(plot.shades) == set(plot.shades[plot.specimen])
    assert set(plot.shades[seen]) == {plot.shades[row] for row in plot.specimen if seen[row]}


def test_a_preview_has_them_too(book):
    style = Stylesheet.read(book.edition_file("dark"))
    axes, points = Axes(style), table()
    axes.charted(axes[0], points)
    (drawn,) = axes[0].collections
    wanted = [bilinear(style, *place) for place in zip(points.across, points.up, strict=True)]
    np.testing.assert_allclose(drawn.get_facecolor()[:, :3], wanted, atol=1e-6)


@pytest.mark.parametrize(("place", "share"), [((-9, 9), (0, 1)), ((0, 0), (6 / 11, 6 / 11)), ((2, -2), (1, 0))])
def test_places_are_shares_of_a_square_in_steps(place, share):
    assert [float(found[0]) for found in placed([place], 2).values()] == pytest.approx(share)


def test_the_chart_is_read_on_both_papers_and_without_hues(book):
    """From row to row it is lighter, in OKLab, from blue to orange more yellow, which all colour-blind eyes but a few see."""
    from coloraide import Color

    for edition in ("dark", "light"):
        style = Stylesheet.read(book.edition_file(edition))
        nodes = [[Color(stop) for stop in row] for row in style.charts["places"]]
        light = np.array([[node.convert("oklab")["lightness"] for node in row] for row in nodes])
        assert (np.diff(light, axis=0) > 0.08).all()
        assert min(node.contrast(style.colours["paper"]) for row in nodes for node in row) >= 3
        for kind in ("protan", "deutan"):
            seen = np.array([[node.filter(kind).convert("oklab")["b"] for node in row] for row in nodes])
            assert (np.diff(seen, axis=1) > 0.02).all()
