"""Axes far from 0 count from an offset: which ones, where it is said, and that all lands where it should."""

import os
import re

import numpy as np
import pytest

from pipeline.errors.author import AuthorError
from pipeline.pdf.page import Page
from pipeline.plots import limits, offsets, proven
from pipeline.table import Curve, Points
from pipeline.tex.picture import compile_picture

HOURS = np.arange(48.0)


@pytest.fixture
def tables(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, table in {
        "clock": Curve(2025 + HOURS / 8766, y=np.sin(HOURS)),
        "air": Curve(HOURS, y=101325 + 0.3 * np.sin(HOURS)),
        "near": Curve(HOURS, y=5 + np.sin(HOURS)),
        "flat": Curve(HOURS, y=0 * HOURS + 101325.5),
        "below": Curve(HOURS, y=-1000 - 0.001 * HOURS),
    }.items():
        (tmp_path / f"{name}.dat").write_text(table.dump(), encoding="utf-8")
    return tmp_path


AXIS = r"\begin{{axis}}{}\addplot[curve] table {{{}.dat}};\end{{axis}}"


@pytest.mark.parametrize(
    ("options", "table", "counted"),
    [
        ("", "near", ""),
        ("", "clock", "[x offset=2025]"),
        ("[xlabel={year [a]}]", "clock", "[x offset=2025, xlabel={year [a]}]"),
        (" % all\n  [xlabel=t]", "air", " % all\n  [y offset=101325, xlabel=t]"),
        ("", "below", "[y offset=-1000]"),
        ("", "flat", ""),  # which is told as what it is
        ("[ymin=101320, ymax=101330]", "flat", "[y offset=101320, ymin=101320, ymax=101330]"),
        ("[ymin=0]", "air", "[ymin=0]"),
        ("[ymode=log]", "air", "[ymode=log]"),
        ("[y offset=101000]", "air", "[y offset=101000]"),
        ("[date coordinates in=x]", "clock", "[date coordinates in=x]"),
    ],
)
def test_an_offset_is_set_where_it_must_be(tables, options, table, counted):
    picture = AXIS.format(options, table)
    assert offsets.counted(picture, os.path.isfile) == AXIS.format(counted, table)


def test_each_axis_of_a_group_has_its_own(tables):
    plots = [
        rf"\nextgroupplot{options} \addplot table {{{name}.dat}} node {{}};"
        for options, name in (("", "air"), ("[xmin=0]", "near"), ("[xmin=0]", "clock"))
    ]
    picture = "\n".join([r"\begin{groupplot}[group style={panels=3 by 1}]", *plots, r"\end{groupplot}"])
    counted = offsets.counted(picture, os.path.isfile)
    assert re.findall(r"\\nextgroupplot(\S*)", counted) == ["[y", "[xmin=0]", "[xmin=0]"]  # from 0 on, 2025 is not far
    assert counted.count("\n") == picture.count("\n")
    assert not offsets.counted(picture, lambda path: False).count("offset")


def test_a_plot_on_such_an_axis_is_no_layer():
    assert not any(proven.named(f"{axis} offset") for axis in "xyz")


@pytest.fixture
def drawn(book):
    """A function that compiles plots on an axis and gives the page."""

    def draw(options, body, **tables):
        import pikepdf

        files = [book.build / f"{name}.dat" for name in tables]
        for file, (name, table) in zip(files, tables.items(), strict=True):
            file.write_text(table.dump(), encoding="utf-8")
            body = body.replace(f"{{{name}}}", f"{{{file}}}")
        source = rf"\begin{{tikzpicture}}\begin{{axis}}[{options}]{body}\end{{axis}}\end{{tikzpicture}}"
        picture = book.build / "a.tex"
        picture.write_text(offsets.counted(source, os.path.isfile), encoding="utf-8")
        limits.check(picture.read_text(encoding="utf-8"), "a", os.path.isfile)
        compile_picture(book, "dark", picture, book.build / "a.pdf", "a.tex.j2", *files)
        with pikepdf.open(book.build / "a.pdf") as pdf:
            page = Page(pdf.pages[0])
            found = [
                list(map(float, operands))
                for operands, name in pikepdf.parse_content_stream(pdf.pages[0])
                if str(name) == "re"
            ]
            page.rectangles = np.array(found) * 72.27 / 72  # x, y, width, height
            return page

    return draw


def labels(page, axis):
    return [
        b"".join(p for _, _, pieces, *_ in label.glyphs for p in pieces if isinstance(p, bytes))
        for label in page.ticks
        if label.axis.endswith(axis)
    ]


SIZE = "width=200pt, height=100pt, grid=none, enlargelimits=false, axis line style={draw=none}, tick style={draw=none}"


def marks(page):
    return (
        np.array(
            [[(a + c) / 2, (b + d) / 2] for a, b, c, d in (paint.box for paint in page.paints if paint.kind == "mark")]
        )
        * 72.27
        / 72
    )


def test_numbers_far_from_0_are_drawn_where_they_are(drawn):
    """Marks, a bar, a line between two coordinates, and labels, against the places that they should have."""
    y = 101325 + 0.3 * np.sin(HOURS)
    page = drawn(
        f"{SIZE}, ymin=101324.6, ymax=101325.4, xmin=2025, xmax=2025.02, xtick={{2025,2025.01}}",
        r"\addplot[only marks, mark=square*, mark size=1pt, layer=never] table {air};"
        r"\draw[line width=1pt, dash pattern=] (axis cs:2025.005,101325) -- +(axis direction cs:0.01,0.2);",
        air=Points(2025 + HOURS / 8766, y),
    )
    places, scale = marks(page), np.array([200 / 0.02, 100 / 0.8])
    wanted = (np.column_stack([2025 + HOURS / 8766, y]) - [2025, 101324.6]) * scale
    assert np.abs(places - places[0] - (wanted - wanted[0])).max() < 0.02
    line = next(
        paint.box for paint in page.paints if paint.kind == "line" and paint.width and abs(paint.width - 1) < 0.01
    )
    assert np.allclose((np.array(line[2:]) - line[:2]) * 72.27 / 72, [100, 25], atol=0.1)
    assert labels(page, "x") == [b"2025", b"2025:01"] or labels(page, "x") == [b"2025", b"2025.01"]
    assert [label[-3:].replace(b":", b".") for label in labels(page, "y")] == [b"4.6", b"4.8", b"5.0", b"5.2", b"5.4"]


def test_what_counts_from_0_is_no_difference(drawn):
    """A bar stands on the axis's edge where 0 lies far below; what would show differences is refused."""
    page = drawn(
        f"{SIZE}, ybar, bar width=10pt, ymin=999.5, ymax=1001.5, xmin=-1, xmax=3",
        r"\addplot[draw=none, fill=ink] table {a};",
        a=Points([0, 1, 2], [1000, 1001, 1000.5]),
    )
    heights = [abs(height) for *_, width, height in page.rectangles if abs(width - 10) < 0.1]
    assert np.allclose(heights, [25, 75, 50], atol=0.05)
    for options, what in {"nodes near coords": "differences", "ybar stacked": "stacked"}.items():
        with pytest.raises(AuthorError, match=what):
            drawn(f"{options}, ymin=999", r"\addplot table {a};", a=Points([0, 1, 2], [1000, 1001, 1000.5]))
