"""Each kind of plot, axis and option drawn both ways: as a layer it looks as PGFPlots draws it, or it is none."""

import re
import subprocess
from io import BytesIO

import numpy as np
import pytest
from kinds import LAYERED, ODD
from PIL import Image

from pipeline.plots import dense
from pipeline.table import Arrows, Contours, Curve, Field, Path2D, Points, Region, placed
from pipeline.tex.picture import compile_picture

BATCH, COLUMNS, CELL = 32, 4, (88, 92)  # kinds in a picture, and the room of each, in pt
DPI, WINDOW, LEAST = 150, 5, 10  # dots, and of 255 what differs in the mean of a window of 2 pt
RNG = np.random.default_rng(0)
T = np.linspace(-2, 2, 61)
X, Y = np.cos(3 * T) * T / 2, np.sin(3 * T) * T / 2  # a spiral
GRID = T[::6], T[::5], np.subtract.outer(T[::5] ** 2, T[::6] ** 2) + T[::6]
TABLES = {
    "points": Points(*(PLACES := RNG.normal(size=(2, 50))), **placed(PLACES.T[::-1], 2, 3)),
    "curve": Curve(T, y=np.sin(3 * T) + T / 3, z=np.cos(T)),
    "positive": Curve(np.exp(T / 2), y=np.exp(T)),
    "helix": Points(np.cos(3 * T), np.sin(3 * T), z=T + 3),
    "pieces": Path2D([np.column_stack([X, Y])[a:b] for a, b in ((0, 25), (30, 45), (45, 61))]),
    "levels": Contours(*GRID, levels=[-2, 0, 1]),
    "area": Region(*GRID, -0.5, 2),
    "arrows": Arrows(X, Y, -Y / 3, X / 3),
    "field": Field(*GRID),
}
NAME = re.compile(r"{(" + "|".join(TABLES) + ")}")


@pytest.fixture
def drawn(book):
    """A function that draws kinds, each in a picture of its own with its bounding box, as layers or not: (PDF, {number of
    a kind: why it is no layer, empty where it is one})."""
    folder = book.build / "tables"

    def cell(number, axis, plots):
        for name in NAME.findall(plots):
            (folder / f"{number}-{name}.dat").write_text(TABLES[name].dump(), encoding="utf-8")
        plots = NAME.sub(rf"{{{folder}/{number}-\1.dat}}", plots)
        around, options = axis if isinstance(axis, tuple) else ("", axis)
        return rf"\hbox to {CELL[0]}pt{{\fbox{{{around}\begin{{tikzpicture}}\begin{{axis}}[width=50pt, height=42pt, {options}] {plots}\end{{axis}}\end{{tikzpicture}}}}\hss}}"

    def draw(kinds, monkeypatch, layered=True):
        cells = [cell(number, *kind) for number, kind in enumerate(kinds)]
        rows = ["\n".join(cells[k : k + COLUMNS]) for k in range(0, len(cells), COLUMNS)]
        lines = "\\global\\pictureheight=100in\n" + "\n".join(
            rf"\vbox to {CELL[1]}pt{{\hbox{{{row}}}\vss}}" for row in rows
        )
        source, target = book.build / "kinds.tex", book.build / f"kinds-{layered}.pdf"
        source.write_text(rf"\fboxsep0pt\vbox{{{lines}}}", encoding="utf-8")
        with monkeypatch.context() as patch:
            if not layered:
                patch.setattr(dense, "ROWS", 10**9)
            told = compile_picture(
                book, "dark", source, target, "kinds.tex.j2", folder, preloaded=str(book.format("dark"))
            )
        found = {}
        for line in told:
            number, why = re.fullmatch(r"(?:no )?layer: (?:.*')?(\d+)-\w+(?:' one by one, (.*))?", line).groups()
            found[int(number)] = found.get(int(number)) or why or ""
        return target, found

    return draw


def image(path):
    """A page's pixels, grey; Cairo does not move lines onto the grid of dots, as pdftoppm does."""
    command = ["pdftocairo", "-r", str(DPI), "-gray", "-png", "-singlefile", path, "-"]
    shown = subprocess.run(command, capture_output=True, check=True).stdout
    return np.asarray(Image.open(BytesIO(shown)).convert("L"), np.float32)


def apart(a, b, count):
    """How much the cells of two pages differ: by 2 where their numbers are rounded otherwise, by 30 where a mark is lost
    or a tick is moved by 1 pt."""
    a, b = image(a), image(b)
    height, width = (min(sizes) for sizes in zip(a.shape, b.shape, strict=True))
    if max(np.ptp([a.shape, b.shape], axis=0)) > 1:
        return [255.0] * count
    sums = np.pad(a[:height, :width] - b[:height, :width], ((WINDOW, 0), (WINDOW, 0))).cumsum(0).cumsum(1)
    means = sums[WINDOW:, WINDOW:] - sums[:-WINDOW, WINDOW:] - sums[WINDOW:, :-WINDOW] + sums[:-WINDOW, :-WINDOW]
    means, found = np.abs(means) / WINDOW**2, []
    for row, column in (divmod(k, COLUMNS) for k in range(count)):
        left, top, right, bottom = (
            int(at * DPI / 72.27) for at in np.multiply([column, row, column + 1, row + 1], CELL * 2).tolist()
        )
        found.append(float(means[top:bottom, left:right].max(initial=0)))
    return found


def batches(kinds):
    """Where each batch begins."""
    return range(0, len(kinds), BATCH)


@pytest.mark.long
@pytest.mark.parametrize("start", batches(LAYERED))
def test_a_layer_looks_as_pgfplots_draws_it(drawn, monkeypatch, start):
    kinds = LAYERED[start : start + BATCH]
    (layers, why), (plain, _) = (drawn(kinds, monkeypatch, layered) for layered in (True, False))
    assert {kinds[k][0] + kinds[k][1]: why.get(k) for k in range(len(kinds)) if why.get(k) != ""} == {}
    differ = apart(layers, plain, len(kinds))
    assert {kinds[k]: much for k, much in enumerate(differ) if much > LEAST} == {}


@pytest.mark.long
@pytest.mark.parametrize("start", batches(ODD))
def test_what_is_not_proven_is_no_layer(drawn, monkeypatch, start):
    kinds = ODD[start : start + BATCH]
    _, why = drawn(kinds, monkeypatch)
    assert [kinds[k] for k in range(len(kinds)) if why.get(k) == ""] == []


def test_there_are_three_hundred_kinds():
    assert len(set(LAYERED) | set(ODD)) > 450 and len(set(LAYERED)) > 300


FAULTS = {  # a picture, and what is wrong in another
    "a lost mark": (r"\fill (0.5,0.5) circle (0.8pt);", ""),
    "a lost dash": (r"\draw (0.5,0.5) -- +(4pt,0);", ""),
    "a moved tick": (r"\draw (0.5,0) -- +(0,-2.5pt);", r"\draw (0.5,0) ++(1pt,0) -- +(0,-2.5pt);"),
    "a larger picture": ("", r"\path (-0.1,0);"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_seen(book, fault):
    pages = []
    for k, more in enumerate(FAULTS[fault]):
        source, target = book.build / "kinds.tex", book.build / f"{k}.pdf"
        cell = rf"\fbox{{\begin{{tikzpicture}}\draw (0,0) rectangle (1,1); {more}\end{{tikzpicture}}}}"
        source.write_text(rf"\fboxsep0pt\hbox to 300pt{{{cell}\hss}}", encoding="utf-8")
        compile_picture(book, "dark", source, target, "kinds.tex.j2", preloaded=str(book.format("dark")))
        pages.append(target)
    assert max(apart(*pages, 1)) > LEAST
    assert max(apart(pages[0], pages[0], 1)) == 0
