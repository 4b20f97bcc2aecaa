"""Axes of dates and words: what is put among their options, and that all lands where it should."""

import os
import re

import numpy as np
import pikepdf
import pytest

from pdfs import text
from pipeline.errors.author import AuthorError
from pipeline.pdf.page import Page
from pipeline.plots import named, offsets
from pipeline.table import Bars, Curve, Points, Words
from pipeline.table.dates import days
from pipeline.tex.picture import compile_picture

DAYS = np.arange("2025-01-01", "2025-04-01", dtype="M8[D]")


@pytest.fixture
def tables(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, table in {
        "fruits": Bars(["figs", "pears & plums"], kg=[3, 4]),
        "more": Points(["figs", "pears & plums", "quinces"], [1, 2, 3]),
        "others": Points(["pears & plums", "figs"], [1, 2]),
        "days": Curve(DAYS, y=np.arange(90)),
        "numbers": Curve([0, 1], y=[0, 1]),
    }.items():
        (tmp_path / f"{name}.dat").write_text(table.dump(), encoding="utf-8")
    return tmp_path


def put(options, *plots):
    body = "".join(rf"\addplot[ybar] table{plot};" for plot in plots)
    picture = rf"\begin{{axis}}{options}{body}\end{{axis}}"
    found = named.named(picture, os.path.isfile, "a.tex.j2", named.Speech("british"))
    assert found.count("\n") == picture.count("\n") and found.endswith(body + r"\end{axis}")
    return found.removeprefix(r"\begin{axis}").removesuffix(body + r"\end{axis}")


def test_an_axis_of_words_has_them_as_ticks_and_room_at_its_ends(tables):
    names = r"{\strut figs}{\strut pears \& plums}"
    own = (
        "xmin=-0.5, xmax=1.5, xtick={0,1}, xmajorgrids=false, xtick style={draw=none}, "
        rf"x tick names=\wordlabel{{{names}}}"
    )
    assert put("", " {fruits.dat}") == f"[{own}]"
    assert put(" % a\n [xmin=0]", " {fruits.dat}") == f" % a\n [{own}, xmin=0]"
    upright = re.sub(r"\bx(?=m|t)", "y", own.replace("x tick names", "y tick names"))
    assert put("", "[x=kg, y=x] {fruits.dat}") == f"[{upright}]"
    assert put("", " {numbers.dat}") == ""
    assert put("[symbolic x coords={a,b}]", " {fruits.dat}") == "[symbolic x coords={a,b}]"


def test_words_that_are_too_wide_are_set_aslant(tables):
    slanted = "xticklabel style={rotate=40, anchor=north east, inner sep=1pt}"
    assert slanted not in put("[width=5cm]", " {fruits.dat}") and slanted in put("[width=3cm]", " {fruits.dat}")
    assert "rotate" not in put("[height=1cm]", "[x=kg, y=x] {fruits.dat}")


def test_tables_on_an_axis_have_one_order(tables):
    assert put("", " {fruits.dat}", " {more.dat}").count(r"\strut") == 3
    assert put("", " {fruits.dat}", " {numbers.dat}").count(r"\strut") == 2  # a line across all bars
    with pytest.raises(AuthorError) as error:
        put("", " {more.dat}", " {others.dat}")
    assert str(error.value) == (
        "a.tex.j2: tables 'more' and 'others' have other words along x: in place 0, 'figs' and 'pears & plums'"
    )
    for other, what in (
        ("numbers", "have dates and numbers in 'x' along x"),
        ("fruits", "have words and dates along x"),
    ):
        with pytest.raises(AuthorError, match=rf"^a.tex.j2: tables '\w+' and '\w+' {what}$"):
            put("", " {days.dat}", f" {{{other}.dat}}")


def test_an_axis_of_dates(tables):
    found = put("[xmax=2025-03-01, ymin=0]", " {days.dat}")
    assert "xmax=20148, ymin=0]" in found and "x dates=20088, " in found
    assert re.search(r"xtick=\{20089,[\d,]+\}", found) and r"20089={\strut 1\\Jan 2025}" in found
    assert r"20100={\strut 12\\Jan 2025}" in put("[xtick={2025-01-12, 2025-02-12}]", " {days.dat}")
    wide, narrow = (put(f"[width={width}, bar width=1pt]", " {days.dat}") for width in ("10cm", "2cm"))
    assert len(re.search(r"xtick=\{(.*?)\}", wide)[1]) > len(re.search(r"xtick=\{(.*?)\}", narrow)[1]) > 5
    with pytest.raises(AuthorError, match=r"^a.tex.j2: '2025-02-30' is no date$"):
        put("[xtick={2025-01-12, 2025-02-30}]", " {days.dat}")
    with pytest.raises(AuthorError, match=r"^a.tex.j2: the x axis has no room between xmin and xmax$"):
        put("[xmax=2024-01-12]", " {days.dat}")


def test_limits_are_dates_on_axes_of_dates_alone(tables):
    for picture in (
        r"\begin{axis}[xmax=1024-1, xmin=0] \addplot {x};\end{axis}",
        r"\begin{axis}[xmax=1000-50] \addplot table {numbers.dat};\end{axis}",
        r"\begin{axis}[ymax=1000-50, x dates=0] \addplot table {days.dat};\end{axis}",
    ):
        assert named.named(picture, os.path.isfile, "a.tex.j2", named.Speech("british")) == picture
    found = put("[xmax=2025-03-01 9:30, ymax=2024-01-01]", " {days.dat}")
    assert "xmax=20148.3958333333, ymax=2024-01-01]" in found
    with pytest.raises(AuthorError, match=r"^a.tex.j2: '2025-13-01' is no date$"):
        put("[xmax=2025-13-01]", " {days.dat}")
    with pytest.raises(AuthorError, match=r"^a.tex.j2: '2025' is a day of 1975$") as error:
        put("[xmin=2025]", " {days.dat}")
    assert error.value.hint == "of a year, write 2025-01-01"
    for far in ("1e9", "0000-01-01"):
        with pytest.raises(AuthorError, match=rf"^a.tex.j2: '{far}' is no date$"):
            put(f"[xmin={far}]", " {days.dat}")


@pytest.mark.parametrize("bars", ["bars={first}", "stacked bars={first,second}", "ybar"])
def test_bars_of_dates_have_room_at_the_ends(tables, bars):
    (tables / "months.dat").write_text(Bars(DAYS[::30], n=[1, 2, 3]).dump(), encoding="utf-8")
    picture = rf"\begin{{axis}}[{bars}]\addplot table {{months.dat}};\end{{axis}}"
    found = named.named(picture, os.path.isfile, "a.tex.j2", named.Speech("british"))
    assert "xmin=20059, xmax=20179, " in found and ("bar distance=30, " in found) == ("bars" in bars)
    lying = named.named(
        picture.replace(bars, f"lying {bars}").replace("table", "table[x=n, y=x]"),
        os.path.isfile,
        "a.tex.j2",
        named.Speech("british"),
    )
    assert "ymin=20059, ymax=20179, " in lying or bars == "ybar"


def test_bars_of_numbers_are_as_wide_as_their_distance(tables):
    (tables / "tens.dat").write_text(Bars([10, 30, 20], n=[1, 2, 3]).dump(), encoding="utf-8")
    assert put("[bars={first}]", " {tens.dat}") == "[bar distance=10, bars={first}]"
    assert put("[bars={first}]", " {numbers.dat}") == "[bars={first}]"


def test_what_a_group_says_of_its_axes_holds(tables):
    picture = (
        r"\begin{groupplot}[group style={panels=1 by 2}, xmin=2025-01-01, xtick=data]"
        r"\nextgroupplot \addplot table {days.dat};"
        r"\nextgroupplot[xmax=2025-02-01] \addplot table {days.dat};\end{groupplot}"
    )
    found = named.named(picture, os.path.isfile, "a.tex.j2", named.Speech("british"))
    group, one, other = found.split(r"\nextgroupplot")
    assert "xmin=20089, xtick=data]" in group and "xmax=20120]" in other
    for panel in (one, other):
        assert "xmax=201" in panel and "x dates=20089" in panel and "xmin" not in panel and "xtick=" not in panel


@pytest.fixture
def drawn(book):
    """A function that compiles plots on an axis and gives the path of its PDF."""

    def table(name, table):
        file = book.build / f"{name}.dat"
        file.write_text(table.dump(), encoding="utf-8")
        return file

    def picture(source, *files):
        source = named.named(source, os.path.isfile, "a.tex.j2", named.Speech("british"))
        picture, target = book.build / "a.tex", book.build / f"{len(source)}.pdf"
        picture.write_text(offsets.counted(source, os.path.isfile), encoding="utf-8")
        draw.told = compile_picture(book, "light", picture, target, "a.tex.j2", *files)
        return target

    def draw(options, body, **tables):
        files = [table(name, each) for name, each in tables.items()]
        for file in files:
            body = body.replace(f"{{{file.stem}}}", f"{{{file}}}")
        return picture(rf"\begin{{tikzpicture}}\begin{{axis}}[{options}]{body}\end{{axis}}\end{{tikzpicture}}", *files)

    draw.table, draw.picture = table, picture
    return draw


SIZE = "width=300pt, height=100pt, ymin=-1, ymax=1, axis line style={draw=none}, tick style={draw=none}, grid=none"
MARKS = r"\addplot[only marks, mark=square*, mark size=1pt] "


def places(path):
    """Where marks stand along x, in pt."""
    with pikepdf.open(path) as pdf:
        paints = [paint for paint in Page(pdf.pages[0]).paints if paint.kind == "mark"]
    return np.array([(paint.box[0] + paint.box[2]) / 2 for paint in paints]) * 72.27 / 72


def test_a_date_may_stand_wherever_a_coordinate_may(drawn):
    """From the first day of the calendar's leap years to parts of a second, against NumPy."""
    moments = [
        "1969-12-31",
        "1972-02-29",
        "1996-02-29 12:00",
        "2000-03-01",
        "2025-1-5",
        "2038-01-19T03:14:07.5",
        "2040-06",
    ]
    exact = days(np.array([*moments[:4], "2025-01-05", moments[5], "2040-06-01"], "M8[ms]"))
    body = f"{MARKS} coordinates {{{''.join(f'({moment},0)' for moment in moments)}}};"
    body += r"\node[coordinate] (a) at (axis cs:2000-03-01,0) {}; \draw (a) -- (axis cs:2025-01-05,0);"
    path = drawn(
        f"{SIZE}, xmin=1960-01-01, xmax={{2050-01-01}}, xtick={{1980-01-01,2000-01-01}}",
        r"\addplot[draw=none] table {t};" + body,
        t=Curve(DAYS, y=np.zeros(90)),
    )
    found = places(path)
    wanted = (exact - exact[0]) / (days(np.array(["2050"], "M8[D]"))[0] + 3653) * 300
    assert np.abs(found - found[0] - wanted).max() < 0.05
    assert {"1980", "2000"} < {*text(path).split()}


@pytest.mark.slow
@pytest.mark.parametrize("step", ["1 s", "1 m", "1 h", "1 D"])
def test_many_dates_are_a_layer_that_looks_as_pgfplots_draws_it(drawn, step, tmp_path):
    count, unit = step.split()
    time = np.datetime64("2025-02-27T03:00:00") + np.arange(60) * np.timedelta64(int(count), unit)
    table = Points(time, np.sin(np.arange(60) / 5))
    never = places(drawn(SIZE, MARKS[:-2] + ", layer=never] table {t};", t=table))
    layer = places(drawn(SIZE, MARKS + "table {t};", t=table))
    assert drawn.told == ["layer: t"]
    assert np.abs(np.sort(layer)[:60] - np.sort(never)).max() < 0.05


def test_words_as_they_are_written(drawn):
    words = [r"50 % of $\alpha$", "R & D", "a_b", r"\textbf{bold}", "{"]
    path = drawn("width=300pt, height=50pt", r"\addplot[ybar, fill=ink] table {t};", t=Bars(words, n=range(1, 6)))
    found = text(path)
    for said in ("50 % of α", "R&D", "bold", "{"):
        assert said in found
    path = drawn(
        "width=300pt, height=50pt, xtick={0,2}, ytick=\\empty",
        r"\addplot[ybar, fill=ink] table {t};",
        t=Bars(Words(["1", "2", "3"]), n=[4, 5, 6]),
    )
    assert text(path).split() == ["1", "3"]


GROUP = r"\begin{{tikzpicture}}\begin{{groupplot}}[group style={{panels=1 by 2}}, {}, width=250pt, height=80pt]{}\end{{groupplot}}\end{{tikzpicture}}"


def test_names_of_ticks_stand_where_a_group_has_labels(drawn, book):
    """At its lower edge, once."""
    words = drawn.table("words", Bars(["figs", "pears"], n=[1, 2]))
    panel = rf"\nextgroupplot \addplot[ybar, fill=ink] table {{{words}}};"
    assert text(drawn.picture(GROUP.format("ymin=0", panel * 2), words)).count("figs") == 1


def test_bars_of_the_house_are_as_wide_as_their_distance(drawn):
    months = np.array(["2025-01-01", "2025-02-01", "2025-03-04"], "M8[D]")  # 31 days apart
    path = drawn(
        "bars={input}, ymin=0, width=300pt, height=100pt, scale only axis",
        r"\addplot table {t};",
        t=Bars(months, n=[1, 2, 1]),
    )
    with pikepdf.open(path) as pdf:
        boxes = [paint.box for paint in Page(pdf.pages[0]).paints]
    widths = [72.27 / 72 * (box[2] - box[0]) for box in boxes]
    assert any(abs(width - 300 * (2 + 0.8) / 4) < 1 for width in widths), widths  # of all three, which are one path


@pytest.mark.parametrize(
    ("options", "body", "message"),
    [
        ("", r"\draw (axis cs:2025-02-30,0) -- (axis cs:2025-03-01,0);", "'2025-02-30' is no date"),
        ("xtick/.expanded={20089,20089.25}, xmax=20090", "", "no name"),
    ],
)
def test_tex_refuses_dates_that_are_none_and_ticks_without_a_name(drawn, options, body, message):
    with pytest.raises(AuthorError, match=message):
        drawn(options, r"\addplot[draw=none] table {t};" + body, t=Curve(DAYS, y=np.zeros(90)))
