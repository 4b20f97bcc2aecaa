"""Bars of tables on axes: where these end, what stands upon what, and what an author may not say of them."""

import os
from datetime import date

import pikepdf
import pytest

from conftest import MINIMAL
from pipeline.errors.author import AuthorError
from pipeline.pdf.page import Page
from pipeline.pdf.spaces import simple
from pipeline.plots import bars, named, offsets
from pipeline.project.book import Book
from pipeline.table import Bars, Boxes, Curve, ErrorBars, Histogram, Points
from pipeline.tex.picture import compile_picture

NAMES = ["Ann", "Bob", "Cid"]
TABLES = {
    "near": Bars(NAMES, a=[48, 47, 44]),
    "below": Bars(NAMES, a=[-48, -47, -44]),
    "both": Bars(NAMES, a=[-1, 2, 3]),
    "naught": Bars(NAMES, a=[0, 0, 0]),
    "two": Bars(NAMES, a=[1, 2, 3], b=[3, 2, 1]),
    "stacked": Bars(NAMES, a=[1000, None, 990], b=[5, 20, 10], stacked=True),
    "lying": Bars(NAMES, a=[48, 47, 44], lying=True),
    "line": Curve(NAMES, y=[1.5, 2.5, 2.5]),
    "points": Points(NAMES, [-1, 2, 3]),
    "counts": Histogram([1, 1, 2, 6, 6, 6], bins=[0, 1.5, 4, 10]),
    "errors": ErrorBars(NAMES, [1, 2, 3], error=2),
}


@pytest.fixture
def tables(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, table in TABLES.items():
        table.check(name)
        (tmp_path / f"{name}.dat").write_text(table.dump(), encoding="utf-8")


def put(options, body, environment="axis"):
    """What stands among an axis's options, and its plots, when the pipeline has put its keys there."""
    picture = rf"\begin{{{environment}}}[{options}]{body}\end{{{environment}}}"
    found = bars.barred(picture, os.path.isfile, "a.tex.j2")
    return found.removeprefix(rf"\begin{{{environment}}}").removesuffix(rf"\end{{{environment}}}")


@pytest.mark.parametrize(
    ("options", "body", "found"),
    [
        ("bars={first}", r"\addplot table {near.dat};", "ymin=0, bars={first}"),
        ("width=3cm, bars=first", r"\addplot table {below.dat};", "ymax=0, width=3cm, bars=first"),
        ("bars=first", r"\addplot table {both.dat};", "bars=first"),
        ("bars=first", r"\addplot table {naught.dat};", "bars=first"),
        ("ybar", r"\addplot table {near.dat};", "ybar"),  # PGFPlots's own
        ("width=3cm", r"\addplot[histogram=first] table {counts.dat};", "ymin=0, width=3cm"),
        ("width=3cm", r"\addplot[histogram=first] table[x=y, y=x] {counts.dat};", "xmin=0, width=3cm"),
        ("width=3cm, ymin=-1", r"\addplot[histogram=first] table {counts.dat};", "width=3cm, ymin=-1"),
        ("ymode=log", r"\addplot[histogram=first] table {counts.dat};", "ymode=log"),
        ("width=3cm", r"\addplot[histogram=first] table {counts.dat}; \addplot[curve] table {both.dat};", "width=3cm"),
        ("bars=first, ymode=log", r"\addplot table {near.dat};", "bars=first, ymode=log"),
        ("bars=first, ymin=40", r"\addplot table {near.dat};", "bars=first, ymin=40"),
        ("bars=first, ymax=90", r"\addplot table {near.dat};", "ymin=0, bars=first, ymax=90"),
        ("lying bars=first", r"\addplot table[x=a, y=x] {lying.dat};", "xmin=0, lying bars=first"),
        ("bars=first", r"\addplot table[x=a, y=x] {lying.dat};", "xmin=0, lying bars=first"),
        ("bars={first,second}", r"\addplot table {stacked.dat};", "ymin=0, stacked bars={first,second}"),
        ("bars=first", r"\addplot table {near.dat};\addplot[curve] coordinates {(0,-3) (1,3)};", "bars=first"),
        ("bars=first", r"\addplot table {two.dat};\addplot[errors=ink] table {errors.dat};", "bars=first"),
    ],
)
def test_bars_begin_at_0_and_follow_their_table(tables, options, body, found):
    assert put(options, body).startswith(f"[{found}]")


def test_a_panel_has_its_groups_limits(tables):
    body = r"\nextgroupplot\addplot table {near.dat};"
    assert put("bars=first", body, "groupplot") == r"[bars=first]\nextgroupplot[ymin=0]\addplot table {near.dat};"
    assert put("bars=first, ymin=3", body, "groupplot") == f"[bars=first, ymin=3]{body}"
    with pytest.raises(AuthorError, match="bars of a group's tables are stacked"):
        put("bars=first", body.replace("near", "stacked"), "groupplot")


def test_what_is_no_bar_is_drawn_so_and_takes_no_role(tables):
    body = r"\addplot[curve, draw=ink] table {line.dat};" + "\n" + r"\addplot table {near.dat};"
    assert put("bars=first", body) == (
        r"[ymin=0, bars=first]\addplot[beside bars, curve, draw=ink] table {line.dat};"
        + "\n"
        + r"\pgfplotsset{cycle list shift=-1}\addplot table {near.dat};"
    )
    body = r"\addplot table {near.dat};\addplot[big points=ink] coordinates {(0,1)};% \addplot table {line.dat};"
    assert put("bars=first", body) == f"[ymin=0, bars=first]{body.replace('[big', '[beside bars, big')}"
    body = r"\addplot table {near.dat};\addplot[fill=ink] coordinates {(0,1)};"  # a bar of the author's own
    assert put("bars={first,second}", body) == f"[ymin=0, bars={{first,second}}]{body}"


@pytest.mark.parametrize(
    ("options", "body", "message"),
    [
        ("bars={first,second}", r"\addplot table {two.dat};" * 3, "an axis has 3 series of bars and 2 roles for them"),
        ("stacked bars=first", r"\addplot table {near.dat};", "table 'near' are neither stacked nor lying, and its axis"),
        ("lying bars=first", r"\addplot table[x=a, y=x] {near.dat};", "and its axis has 'lying bars'"),
        ("bars={first,second}", r"\addplot table {near.dat};\addplot table {stacked.dat};", "table 'stacked' on the same"),
        ("bars=first", r"\addplot table {lying.dat};", "table 'lying' lie, and its column 'a' is along y"),
        ("bars=first", r"\addplot table[x=a, y=x] {near.dat};", "table 'near' stand, and its column 'a' is along x"),
        ("bars={first,second}", r"\addplot table {near.dat};\addplot table {line.dat};", "table 'line' is among bars"),
    ],
)  # fmt: skip
def test_what_an_axis_cannot_have(tables, options, body, message):
    with pytest.raises(AuthorError, match=f"^a.tex.j2: .*{message}"):
        put(options, body)


@pytest.mark.parametrize("trait", ["", "stacked ", "lying ", "lying stacked "])
def test_bars_of_dates_have_room_at_both_ends(tmp_path, trait):
    table = Bars([date(1970, 1, 11), date(1970, 1, 13)], a=[1, 2], **dict.fromkeys(trait.split(), True))
    (tmp_path / "t.dat").write_text(table.dump(), encoding="utf-8")
    across, chosen = ("y", "[x=a, y=x]") if "lying" in trait else ("x", "")
    picture = rf"\begin{{axis}}[bars=first]\addplot table{chosen} {{{tmp_path}/t.dat}};\end{{axis}}"
    found = bars.barred(picture, os.path.isfile, "a.tex.j2")
    found = named.named(found, os.path.isfile, "a.tex.j2", named.Speech("british"))
    assert f"[{across}min=8, {across}max=14, " in found and f"{trait}bars=first" in found


def test_what_would_stand_twice_in_one_place():
    for x, told in ((["Ann", "Ann", "Bob"], "'Ann' again"), ([2, 1, 2], "what is in a row before it again")):
        with pytest.raises(AuthorError, match=rf"here: row \d, column 'x' is {told}, and one bar"):
            Bars(x, a=[1, 2, 3]).check("here")
    for kind in (Boxes, Histogram):
        with pytest.raises(AuthorError, match="sample 'Ann' is there twice, in the mapping and by name"):
            kind({"Ann": [1, 2]}, Ann=[3])


@pytest.fixture
def drawn(built, tmp_path, monkeypatch):
    """A function that gives the boxes painted in a colour of bars on an axis, in the axis's units."""
    monkeypatch.chdir(built.copy(tmp_path).root)
    book = Book(MINIMAL)

    def draw(options, body, ink, **tables):
        files = [book.build / f"{name}.dat" for name in tables]
        for file, (name, table) in zip(files, tables.items(), strict=True):
            file.write_text(table.dump(), encoding="utf-8")
            body = body.replace(f"{{{name}}}", f"{{{file}}}")
        more = "width=100bp, height=100bp, ymax=10, axis line style={draw=none}, ticks=none, extra y ticks=, grid=none"
        source = rf"\drawnto{{400bp}}\begin{{tikzpicture}}\begin{{axis}}[{options}, {more}]{body}\end{{axis}}\end{{tikzpicture}}"
        source = bars.barred(source, os.path.isfile, "a.tex.j2")
        source = named.named(source, os.path.isfile, "a.tex.j2", named.Speech("british"))
        picture, target = book.build / "a.tex", book.build / "a.pdf"
        picture.write_text(offsets.counted(source, os.path.isfile), encoding="utf-8")
        compile_picture(book, "light", picture, target, "a.tex.j2", *files)
        with pikepdf.open(target) as pdf:
            page = Page(pdf.pages[0])
            return [p.box for p in page.paints if ink in (simple(p.colour), p.edge and simple(p.edge))]

    return draw


def sizes(boxes):
    return sorted((round(box[2] - box[0]), round(box[3] - box[1])) for box in boxes)


BLUE = (0, 0x6D, 0xAD)


def test_where_a_height_is_missing_there_is_no_bar_and_the_others_stack_on(drawn):
    body = "".join(rf"\addplot table[y={name}] {{t}};" for name in "abc")
    table = Bars(["Ann", "Bob"], a=[1, None], b=[2, 0], c=[3, 1], stacked=True)
    # the only one of a; both of c, from 0 up to 1 and from 3 up to 6
    assert sizes(drawn("bars={target,target,target}", body, BLUE, t=table)) == [(30, 10), (80, 60)]


def test_a_curve_among_stacked_bars_is_a_line_where_its_numbers_are(drawn):
    body = r"\addplot[curve, draw=target] table {u};\addplot table {t};"
    table, line = Bars(["Ann", "Bob"], a=[4, 4], stacked=True), Curve(["Ann", "Bob"], y=[2, 8])
    assert sizes(drawn("bars=ink", body, BLUE, t=table, u=line)) == [(50, 60)]
