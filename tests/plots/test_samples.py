"""Where PGFPlots draws error bars, steps, boxes, violins and bars: at the places that their tables say, on linear and
logarithmic axes and such as count from an offset, upright and lying."""

import numpy as np
import pikepdf
import pytest

from conftest import MINIMAL
from pipeline.errors.author import AuthorError
from pipeline.pdf.page import Page
from pipeline.pdf.spaces import simple
from pipeline.plots import limits, offsets
from pipeline.project.book import Book
from pipeline.table import Bars, Boxes, ErrorBars, Histogram, Violins
from pipeline.tex.picture import compile_picture

LENGTH = 80  # of each axis, in bp
SAMPLE = [1, 2, 3, 4, 5, 9.5]  # quartiles 2.25, 3.5, 4.75; whiskers 1 and 5; an outlier; the mean 4.083
ERRORS = ErrorBars([2, 8], [4, 6], lower=[3, None], upper=[4.5, 8], x_error=[1, None])
FAR = ErrorBars([2, 8], [101324, 101326], lower=[101323, None], upper=[101324.5, 101328], x_error=[1, None])
WIDE = ErrorBars([2, 8], [0.1, 10], lower=[0.01, None], upper=[1, 100], x_error=[1, None])
STEPS = Histogram([1, 1, 2, 6, 6, 6], bins=[0, 1.5, 4, 5, 10])  # 2, 1, 0, 3
BARS = Bars(["Ann", "Bob"], a=[2, -1], b=[3, -2])
ZERO = "xmin=0, xmax=10, ymin=0, ymax=10"
LOG = "xmin=0, xmax=10, ymin=0.001, ymax=1000, ymode=log"
BOXED = "xmin=-1, xmax=1, ymin=0, ymax=10"


def logs(v):
    return (np.log10(v) + 3) * 10 / 6


CAP = 2 * 72 / 72.27 * 10 / LENGTH
# The bars of ERRORS, with the caps at their ends.
CROSS = [
    (2 - CAP, 3, 2 + CAP, 4),
    (2 - CAP, 4, 2 + CAP, 4.5),
    (1, 4 - CAP, 2, 4 + CAP),
    (2, 4 - CAP, 3, 4 + CAP),
    (8 - CAP, 6, 8 + CAP, 8),
]
BOX = [(-0.25, 2.25, 0.25, 4.75), (-0.25, 3.5, 0.25, 3.5), (-0.125, 1, 0.125, 5)]
# {kind: (table, axis's options, plots, boxes that must be among what is painted, from 0 to 10 along each axis)}
KINDS = {
    "error bars": (ERRORS, ZERO, r"\addplot[errors=target] table {%s};", CROSS),
    "logarithmic error bars": (WIDE, LOG, r"\addplot[errors=target] table {%s};",
        [(2 - CAP, logs(0.01), 2 + CAP, logs(0.1)), (2 - CAP, logs(0.1), 2 + CAP, logs(1)), (8 - CAP, logs(10), 8 + CAP, logs(100))]),
    "far error bars": (FAR, "xmin=0, xmax=10, ymin=101320, ymax=101330", r"\addplot[errors=target] table {%s};", CROSS),
    "steps": (STEPS, ZERO, r"\addplot[histogram=target] table {%s};", [(0, 0, 10, 3)]),
    "lying steps": (STEPS, ZERO, r"\addplot[histogram=target, const plot mark right] table[x=y, y=x] {%s};", [(0, 0, 3, 10)]),
    "logarithmic steps": (STEPS, "xmin=0, xmax=10, ymin=0.1, ymax=10, ymode=log", r"\addplot[histogram=target] table {%s};",
        [(0, 0, 10, 5 * (1 + np.log10(3)))]),
    "box": (Boxes(Ann=SAMPLE), BOXED, r"\addplot[box plots=target] table {%s};", [(5 + 5 * a, b, 5 + 5 * c, d) for a, b, c, d in BOX]),
    "lying box": (Boxes(Ann=SAMPLE), "xmin=0, xmax=10, ymin=-1, ymax=1", r"\addplot[box plots=target] table[x=y, y=x] {%s};",
        [(b, 5 + 5 * a, d, 5 + 5 * c) for a, b, c, d in BOX]),
    "logarithmic box": (Boxes(Ann=SAMPLE), "xmin=-1, xmax=1, ymin=1, ymax=10, ymode=log", r"\addplot[box plots=target] table {%s};",
        [(3.75, 10 * np.log10(2.25), 6.25, 10 * np.log10(4.75))]),
    "violin": (Violins(Ann=SAMPLE), BOXED, r"\addplot[violins=target] table {%s};", [(3, 1, 7, 9.5)]),
    "bars": (BARS, "bars={energy,target}, xmin=-0.5, xmax=1.5, ymin=-5, ymax=5, enlarge x limits=false",
        r"\addplot table[y=a] {%s};\addplot table[y=b] {%s};", [(2.5, 3, 9.5, 8)]),
    "stacked bars": (BARS, "stacked bars={energy,target}, xmin=-0.5, xmax=1.5, ymin=-5, ymax=5, enlarge x limits=false",
        r"\addplot table[y=a] {%s};\addplot table[y=b] {%s};", [(1, 2, 9, 10)]),
    "lying stacked bars": (BARS, "lying stacked bars={energy,target}, ymin=-0.5, ymax=1.5, xmin=-5, xmax=5, enlarge y limits=false",
        r"\addplot table[y=x, x=a] {%s};\addplot table[y=x, x=b] {%s};", [(2, 1, 10, 9)]),
}  # fmt: skip


@pytest.fixture(scope="module")
def paints(built, tmp_path_factory):
    """{kind: boxes in the data's colour}, from 0 to 10 along each axis; all kinds in one run of TeX, side by side."""
    project = built.copy(tmp_path_factory.mktemp("spread"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project.root)
        book = Book(MINIMAL)
        source, target = book.build / "picture.tex", project.root / "out.pdf"
        axes, files = "", []
        for number, (table, options, plots, _) in enumerate(KINDS.values()):
            file = book.build / f"{number}.dat"
            file.write_text(table.dump(), encoding="utf-8")
            axes += rf"\nextgroupplot[{options}]{plots.replace('%s', str(file))}" + "\n"
            files.append(file)
        group = f"group style={{group size={len(KINDS)} by 1, horizontal sep=0pt}}, width={LENGTH}bp, height={LENGTH}bp"
        text = rf"\drawnto{{1100bp}}\begin{{tikzpicture}}\begin{{groupplot}}[{group}, ticks=none, extra x ticks=, extra y ticks=, grid=none]{axes}\end{{groupplot}}\end{{tikzpicture}}"
        source.write_text(offsets.counted(text, lambda path: True), encoding="utf-8")
        compile_picture(book, "light", source, target, "kinds.tex.j2", *files, preloaded=book.format("light"))
    with pikepdf.open(target) as pdf:
        rim = (float(pdf.pages[0].mediabox[3]) - LENGTH) / 2
        ink = (0, 0x6D, 0xAD)  # target's blue
        drawn = [p.box for p in Page(pdf.pages[0]).paints if ink in (simple(p.colour), p.edge and simple(p.edge))]
    found = {kind: [] for kind in KINDS}
    for box in np.array(drawn) - rim:
        at = int((box[0] + box[2]) / 2 // LENGTH)
        found[list(KINDS)[at]].append((box - np.array([at * LENGTH, 0, at * LENGTH, 0])) * 10 / LENGTH)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_all_is_where_its_table_says(paints, kind):
    for box in KINDS[kind][3]:
        near = min(np.abs(np.array(box) - other).max() for other in paints[kind])
        assert near < 0.15, f"{box}: {np.round(paints[kind], 2).tolist()}"


def test_missing_error_bars_are_not_drawn(paints):
    assert len(paints["error bars"]) == len(CROSS) + 2  # and two marks


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        (ErrorBars([1], [1], error=2), "ymode=log", "table data: row 0: the error bar ends at y = -1"),
        (ErrorBars([1], [1], x_error=1), "xmode=log", "table data: row 0: the error bar ends at x = 0"),
        (STEPS, "ymode=log", "table data: row 0, column 'y' is 0"),
        (
            ErrorBars(range(3001), range(3001), error=1),
            "",
            "table data: 3001 rows with error bars on one axis, and TeX's memory",
        ),
    ],
)
def test_what_tex_cannot_show(tmp_path, table, options, message):
    (tmp_path / "data.dat").write_text(table.dump(), encoding="utf-8")
    picture = rf"\begin{{axis}}[{options}]\addplot[errors=ink] table {{{tmp_path}/data.dat}};\end{{axis}}"
    with pytest.raises(AuthorError, match=message):
        limits.check(picture, "a.tex.j2", lambda path: True)
