"""Labels of ticks tell numbers apart, on any axis, and are as short as they can be; what a text quotes is told, too."""

import pikepdf
import pytest

from pipeline.pdf.page import Page
from pipeline.pdf.ticks import alike
from pipeline.tex.definitions import digits
from pipeline.tex.picture import compile_picture

# options, numbers along y, and the labels that are wanted; · stands for what is no digit
AXES = [
    ("", (0.990, 0.991), ["0.9900", "0.9905", "0.9910"]),
    ("", (100000, 100050), ["100·000", "100·020", "100·040"]),
    ("", (2019, 2021), ["2019", "2020", "2021"]),
    ("", (1e-5, 1.01e-5), ["1.000·10·5", "1.005·10·5", "1.010·10·5"]),
    ("", (0, 1), ["0", "0.5", "1"]),
    ("", (0, 80000), ["0", "20·000", "40·000", "60·000", "80·000"]),
    ("", (0, 0.004), ["0", "0.002", "0.004"]),
    ("", (0, 4e6), ["0", "2·106", "4·106"]),
    ("ytick={0,0.125,0.25}", (0, 0.3), ["0.000", "0.125", "0.250"]),
    ("ytick={0.333333,0.666667}", (0, 1), ["0.33", "0.67"]),
    ("ytick={1.05,2.05}", (1, 3), ["1.05", "2.05"]),
    ("ytick={5,7000,12000}", (0, 12000), ["5", "7000", "12·000"]),
    ("y offset=101325", (101324.7, 101325.3), ["101·324.8", "101·325.0", "101·325.2"]),
    ("y offset=2025", (2025, 2025.02), ["2025", "2025.01", "2025.02"]),
    ("y offset=1", (1, 1.00000002), ["1.00000000", "1.00000001", "1.00000002"]),
    ("y offset=-1000", (-1000.4, -1000), ["·1000.4", "·1000.2", "·1000"]),
    ("ymode=log", (1, 100), ["100", "101", "102"]),
    ("ticklabel style={/pgf/number format/.cd, fixed, precision=1}", (0.990, 0.991), ["1", "1", "1"]),
    ("yticklabels={a,b,a}, ytick={0,1,2}", (0, 2), ["a", "b", "a"]),
    ("yticklabels={a,b,a}, ytick={0,1,2}, labels may repeat", (0, 2), []),
    ("extra y ticks={0.5}", (0, 1), ["0", "0.5", "1", "0.5"]),
]  # fmt: skip
REPEATED = {17: 2, 18: 1}  # {axis: labels that read as one before}


PICTURE = "".join(
    rf"\begin{{axis}}[at={{({k % 4 * 85}pt,{-(k // 4) * 65}pt)}}, width=30pt, height=40pt, xtick=\empty, {options}]"
    rf"\addplot[only marks] coordinates {{(0,{low}) (1,{high})}};\end{{axis}}"
    for k, (options, (low, high), _) in enumerate(AXES)
)


def shown(label):
    """A label's letters and digits, its decimal point, and · for what else is shown."""
    said = ""
    for _, _, pieces, *_ in label.glyphs:
        for piece in pieces:
            if isinstance(piece, bytes):
                said += "".join(
                    c if c == "." or (c.isalnum() and c.isascii()) else "·" for c in piece.decode("latin-1")
                )
            elif piece < -100:
                said += "·"
    return said


def test_labels_tell_numbers_apart(book):
    """Of many axes at once, in one picture."""
    picture, target = book.build / "ticks.tex", book.build / "ticks.pdf"
    picture.write_text(rf"\begin{{tikzpicture}}{PICTURE}\end{{tikzpicture}}", encoding="utf-8")
    compile_picture(book, "light", picture, target, "ticks")
    with pikepdf.open(target) as pdf:
        ticks = Page(pdf.pages[0]).ticks
    axes = [[label for label in ticks if label.axis == f"{k + 1} y"] for k in range(len(AXES))]
    assert [list(map(shown, labels)) for labels in axes] == [wanted for *_, wanted in AXES]
    repeated = {k: sum(again for _, again in alike(labels)) for k, labels in enumerate(axes)}
    assert {k: count for k, count in repeated.items() if count} == REPEATED


LOW = r"xtick={0,1,2,3}, xticklabels={$0$,$\pi$,mean,a}"


def test_labels_below_an_axis_stand_on_one_line(book):
    """Letters without ascenders beside digits, on an axis and on a bar that lies."""
    picture, target = book.build / "line.tex", book.build / "line.pdf"
    drawn = rf"\begin{{axis}}[{LOW}, ymin=0, ymax=1, xmin=0, xmax=3]\end{{axis}}"
    drawn += rf"\lyinglevelbar[yshift=-60pt, {LOW}]{{0, 1, 2, 3}}"
    picture.write_text(rf"\begin{{tikzpicture}}{drawn}\end{{tikzpicture}}", encoding="utf-8")
    compile_picture(book, "light", picture, target, "ticks")
    with pikepdf.open(target) as pdf:
        ticks = Page(pdf.pages[0]).ticks
    for axis in ("1 x", "2 x"):
        heights = [y for label in ticks if label.axis == axis for *_, y in label.glyphs]
        assert len(heights) >= 4 and max(heights) - min(heights) < 0.1  # bp


@pytest.mark.parametrize(
    ("number", "fixed", "percent", "style"),
    [
        (1234567890123, 0, 1, "fixed"),
        (1234567.0, 0, 1, "fixed"),
        (-0.0, 0, 1, "fixed"),
        (0.99987, 5, 3, "fixed"),
        (0.9998700022697449, 5, 3, "fixed"),  # the same as a 32-bit float
        (0.125, 3, 1, "fixed"),
        (1 / 3, 2, 1, "fixed"),
        (3.14159265358979, 2, 1, "fixed"),
        (2.9999999999999996, 2, 1, "fixed"),
        (12345678.9, 2, 1, "fixed"),
        (0.0113, 4, 1, "sci"),
        (1e-320, 320, 1, "sci"),
        (2**70, 2, 1, "sci"),
    ],
)
def test_a_value_is_quoted_with_the_digits_that_it_needs(number, fixed, percent, style):
    places, _, share, chosen = digits(number)[1:-1].split("}{")
    assert (int(places), int(share), chosen) == (fixed, percent, style)
