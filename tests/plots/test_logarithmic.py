"""On a logarithmic axis, what is longest is largest: bars, combs and areas begin at its lower end."""

import numpy as np
import pikepdf
import pytest
from matplotlib import pyplot

import pdfs
from conftest import MINIMAL, ROOT
from pipeline.pdf.page import Page
from pipeline.pdf.spaces import simple
from pipeline.project.book import Book
from pipeline.style.axes import Axes
from pipeline.style.stylesheet import Stylesheet
from pipeline.table import Bars
from pipeline.tex.picture import compile_picture

HEIGHTS = np.array([50, 0.5, 0.004])  # on both sides of 1
SUMS = np.cumsum([0.5, 5, 0.01])
LEAST, DECADES, LENGTH = 1e-3, 5, 50  # of each axis; bp
UP, ACROSS = "ymode=log, ymin=0.001, ymax=100", "xmode=log, xmin=0.001, xmax=100"


def test_numbers_on_a_logarithmic_axis_are_told_whole(book):
    source, target = book.build / "picture.tex", book.build / "out.pdf"
    axis = r"\begin{axis}[width=160bp, height=60bp, %s, log ticks with fixed point]\addplot coordinates {(0.01,1) (70000,2)};\end{axis}"
    asked, powers = (
        "xmode=log, ytick=\\empty, xtick={0.0125,3,1024,65536}",
        "xmode=log, ytick=\\empty, log basis x=2, xtick={0.5,4096}",
    )
    pictures = "".join(rf"\begin{{tikzpicture}}{axis % options}\end{{tikzpicture}}\par" for options in (asked, powers))
    source.write_text(pictures.replace(r"\par", ""), encoding="utf-8")
    compile_picture(book, "light", source, target, "x.tex.j2", preloaded=book.format("light"))
    assert pdfs.text(target).split() == ["0.0125", "3", "1024", "65", "536", "0.5", "4096"]


def plot(options, points, end=""):
    return rf"\addplot[draw=none, fill=target, {options}] coordinates {{{points}}}{end};"


def each(options, points):
    """A plot for each height, so that each is painted by itself."""
    return "\n".join(plot(options, points.format(k=k, next=k + 1, v=v)) for k, v in enumerate(HEIGHTS))


# An axis, and what is painted in it: the lower and upper ends of each thing.
KINDS = {
    "bars": (f"ybar, bar width=3bp, bar shift=0pt, {UP}", each("", "({k},{v})"), [LEAST] * 3, HEIGHTS),
    "bars across": (f"xbar, bar width=3bp, bar shift=0pt, {ACROSS}", each("", "({v},{k})"), [LEAST] * 3, HEIGHTS),
    "combs": (UP, each("ycomb, draw=target", "({k},{v})"), [LEAST] * 3, HEIGHTS),
    "intervals": (UP, each("ybar interval", "({k},{v}) ({next},{v})"), [LEAST] * 3, HEIGHTS),
    "area": (UP, plot("", "(0,50) (1,0.5) (2,0.004)", r" \closedcycle"), [LEAST], [50]),
    "stacked": (f"ybar stacked, bar width=3bp, xmin=-1, xmax=1, {UP}", "".join(plot("", f"(0,{v})") for v in (0.5, 5, 0.01)),
                [LEAST, *SUMS[:2]], SUMS),
}  # fmt: skip


@pytest.fixture(scope="module")
def paints(built, tmp_path_factory):
    """{kind: boxes in the data's colour}, in bp from the axis's lower end; all kinds in one run of TeX, side by side."""
    project = built.copy(tmp_path_factory.mktemp("logarithmic"))
    axes = "\n".join(rf"\nextgroupplot[{options}]{plots}" for options, plots, *_ in KINDS.values())
    group = f"group style={{group size={len(KINDS)} by 1, horizontal sep=0pt}}, width={LENGTH}bp, height={LENGTH}bp"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project.root)
        book = Book(MINIMAL)
        source, target = book.build / "picture.tex", project.root / "out.pdf"
        text = rf"\begin{{tikzpicture}}\begin{{groupplot}}[{group}, ticks=none, grid=none]{axes}\end{{groupplot}}\end{{tikzpicture}}"
        source.write_text(text, encoding="utf-8")
        compile_picture(book, "light", source, target, "bars.tex.j2", preloaded=book.format("light"))
    with pikepdf.open(target) as pdf:
        rim = (float(pdf.pages[0].mediabox[3]) - LENGTH) / 2
        drawn = [p.box for p in Page(pdf.pages[0]).paints if simple(p.colour) == (0, 0x6D, 0xAD)]  # target's blue
    found = {kind: [] for kind in KINDS}
    for left, bottom, right, top in np.array(drawn) - rim:
        at = int((left + right) / 2 // LENGTH)
        found[list(KINDS)[at]].append((left - at * LENGTH, bottom, right - at * LENGTH, top))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_longest_is_largest(paints, kind):
    _, _, lower, upper = KINDS[kind]
    sides = (0, 2) if "across" in kind else (1, 3)
    found = sorted(tuple(box[side] for side in sides) for box in paints[kind])
    expected = sorted(
        zip(*(np.log10(np.divide(ends, LEAST)) * LENGTH / DECADES for ends in (lower, upper)), strict=True)
    )
    assert np.array(found) == pytest.approx(np.array(expected), abs=0.6)


@pytest.mark.parametrize("before", [True, False])
def test_so_it_is_in_previews(before):
    axes = Axes(Stylesheet.read(ROOT / MINIMAL / "editions/dark.tex"))
    if before:
        axes[0].set_yscale("log")
    axes.draw(axes[0], Bars([0, 1, 2], error=HEIGHTS))
    axes[0].set_yscale("log")
    axes.figure.canvas.draw()
    floor = axes[0].get_window_extent().y0
    lengths = [max(bar.get_window_extent().y1 - floor, 0) for bar in axes[0].patches]
    assert sorted(lengths) == lengths[::-1] and lengths[-1] > 0
    assert all(bar.get_window_extent().y0 <= floor for bar in axes[0].patches)
    pyplot.close("all")
