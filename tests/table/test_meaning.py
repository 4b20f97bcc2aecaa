"""Dates and words: what of them becomes a column, against Matplotlib and the libraries; and what is refused."""

import datetime as dt
import re
import subprocess
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from matplotlib.dates import date2num

from pipeline.errors.author import AuthorError
from pipeline.table import Arrows, Bars, Contours, Curve, Field, Path2D, Points, Region, Words, read
from pipeline.table.meaning import meant

NAN = float("nan")
NOON = dt.datetime(2025, 3, 1, 12, 30, 0, 250_000)
UNITS = ("Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns")


@pytest.mark.parametrize("unit", UNITS)
def test_dates_of_any_unit_are_days_as_matplotlib_counts_them(unit):
    dates = np.array(["2025-03-01T12:30:00.25", "1969-12-31T23:59", "NaT", "1583-10-15"], f"M8[{unit}]")
    if unit == "ns":
        dates = dates[:3]  # its years end at 1678
    column = meant(dates)
    assert column.dates and column.words is None
    np.testing.assert_allclose(column.numbers, date2num(dates), rtol=0, atol=1e-11)


def test_finer_units_and_python_s_own_agree():
    for unit in ("ps", "fs", "as"):
        assert meant(np.array([1, 0], "M8[ms]").astype(f"M8[{unit}]")).numbers.tolist() == [1 / 86_400_000, 0]
    utc, there = dt.UTC, ZoneInfo("America/New_York")
    moments = [NOON, NOON.replace(tzinfo=utc), NOON.replace(tzinfo=utc).astimezone(there), np.datetime64(NOON)]
    assert len({*meant(moments).numbers}) == 1 and meant([NOON])[0] == date2num(NOON)
    assert meant([dt.date(1970, 1, 3), None, np.datetime64("NaT")]).numbers[0] == 2
    np.testing.assert_array_equal(meant([dt.date(1970, 1, 3), None]).numbers, [2, NAN])
    hidden = np.ma.masked_array(np.array(["1970-01-02", "2000-01-01"], "M8[ns]"), [False, True])
    np.testing.assert_array_equal(meant(hidden).numbers, [1, NAN])


@pytest.mark.parametrize(
    ("given", "numbers", "words"),
    [
        (["pears", "figs", "pears"], [0, 1, 0], ["pears", "figs"]),
        (np.array(["b", "a", "b"]), [0, 1, 0], ["b", "a"]),
        (np.array(["b", None, "a"], object), [0, NAN, 1], ["b", "a"]),
        (np.array(["b", "a"], np.dtypes.StringDType()), [0, 1], ["b", "a"]),
        (np.ma.masked_equal(np.array(["b", "?", "a"]), "?"), [0, NAN, 1], ["b", "a"]),
        ([" two\n words", "two words", r"50 % of $\alpha$"], [0, 0, 1], ["two words", r"50 % of $\alpha$"]),
        (Words(["2025", None, "2024"]), [0, NAN, 1], ["2025", "2024"]),
        (Words(["mid", "low"], order=["low", "mid", "high"]), [1, 0], ["low", "mid", "high"]),
    ],
)
def test_words_are_counted_in_their_order(given, numbers, words):
    column = meant(given)
    np.testing.assert_array_equal(column.numbers, numbers)
    assert (column.words, column.dates) == (words, False)


def test_an_order_has_each_word_once_and_all_of_them():
    with pytest.raises(AuthorError, match=r"^'c' is not in the order of the words: a, b$"):
        Words(["a", "c"], order=["a", "b"])
    with pytest.raises(AuthorError, match=r"^an order of words has one twice: a, b, a$"):
        Words(["a"], order=["a", "b", "a"])


@pytest.mark.parametrize(
    "table",
    [
        Points(["pears", None], [dt.date(2025, 1, 1), dt.date(2025, 1, 2)], {"x": "fruit: $x$"}, kind=["a = b", "c"]),
        Curve(np.arange("2025-01", "2025-03", dtype="M8[D]"), {"when": "day"}, over="when", y=range(59)),
        Path2D([[[dt.date(2025, 1, 1), "a"], [dt.date(2025, 1, 2), "b"]]], who=["one"]),
        Bars(Words(["1", "2"]), n=[3, 4]),
        Field(np.arange("2025-01-01", "2025-01-04", dtype="M8[D]"), [0, 1], np.ones((2, 3))),
        Contours(np.arange("2025-01-01", "2025-01-04", dtype="M8[D]"), [0, 1], [[0, 1, 2], [1, 2, 3]], [1.5]),
        Region(np.arange("2025-01-01", "2025-01-04", dtype="M8[D]"), [0, 1], [[0, 1, 2], [1, 2, 3]], 0.5, 1.5),
        Arrows(np.array(["2025-01-01"], "M8[s]"), [0], [1], [1]),
    ],
    ids=lambda table: type(table).__name__,
)  # fmt: skip
def test_what_numbers_stand_for_is_in_the_file(table, tmp_path):
    table.check("here")
    (tmp_path / "table.dat").write_text(table.dump(), encoding="utf-8")
    copy = read(tmp_path / "table.dat")
    assert (copy.words, copy.dates, copy.labels) == (table.words, table.dates, table.labels)
    assert copy.words or copy.dates
    for name, column in table.columns.items():
        np.testing.assert_array_equal(copy.columns[name], column)
    assert copy.dump() == table.dump()


def test_a_person_can_read_what_a_file_says():
    text = Bars(["pears", "50 % of figs"], n=[3, 4]).dump()
    assert text == "# Bars\n# x 0 = pears\n# x 1 = 50 % of figs\nx n\n0 3\n1 4\n"
    text = Curve([dt.date(2025, 1, 1)], y=[1]).dump()
    assert text == "# Curve\n# x in days since 1970-01-01 (UTC)\nx y\n20089 1\n"


def test_no_word_disturbs_tex(tmp_path):
    """Whatever stands in a comment, PGFPlots reads all rows and no more, and the word comes back."""
    words = ["a {", "}", "{}}{", r"\{", r"\{}", "{50 % }", '"a"', r"$\frac{1}{2}$", "a: b = c", "#", "\\", "^^M", "{{{"]
    commands = []
    for k, word in enumerate(words):
        path = tmp_path / f"{k}.dat"
        path.write_text(Bars([word, "b"], n=[3, 4]).dump(), encoding="utf-8")
        assert read(path).words == {"x": [word, "b"]}
        commands.append(rf"\pgfplotstableread{{{k}.dat}}\t\pgfplotstablegetrowsof\t\typeout{{[\pgfplotsretval]}}")
    lines = [r"\documentclass{article}\usepackage{pgfplotstable}\begin{document}", *commands, r"\end{document}"]
    (tmp_path / "a.tex").write_text("\n".join(lines), encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "a.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", errors="replace")
    assert re.findall(r"^\[(\d+)\]", run.stdout, re.MULTILINE) == ["2"] * len(words)
    assert run.returncode == 0


@pytest.mark.parametrize(
    ("given", "what", "advice"),
    [
        (["a", "b", 3], "row 2, column 'y' is 3, and no word as what stands before it", "a column holds words, or"),
        (["a", None, dt.date(2025, 1, 1)], "row 2, column 'y' is 2025-01-01, and no word as", "a column holds"),
        ([dt.date(2025, 1, 1), 3, 4], "row 1, column 'y' is 3, and no date as what stands before it", "a column holds"),
        ([3, "a", "b"], "row 1, column 'y' is 'a', a word, where a number is asked for", None),
        (
            [3, " ", 4],
            "row 1, column 'y' is ' ', a word, where a number is asked for",
            "None or nan for what is missing",
        ),
        (["1.5", "2", "3"], "row 0, column 'y' is '1.5', a number in quotes", "float(…) makes it a number; "),
        (["a", "nan", "b"], "row 1, column 'y' is 'nan', a number in quotes", "Words([…]) where they are names"),
        (["1,5", "a", "b"], "row 0, column 'y' is '1,5', a number in quotes", "float(…)"),
        (["2025-01-01", "a", "b"], "row 0, column 'y' is '2025-01-01', a date in quotes", "'datetime64[s]'"),
        (["a", " ", "b"], "row 1, column 'y' is an empty word", "None where a word is missing"),
        (["a", "b\0", "c"], r"row 1, column 'y' is 'b\x00', which no line of a file can hold", "leave out"),
        ([dt.time(3), dt.time(4), dt.time(5)], "row 0, column 'y' is 03:00:00, a time of no day", "t.hour"),
        ([dt.timedelta(3)] * 3, "row 0, column 'y' is 3 days, 0:00:00, a span of time", "how much time has passed"),
    ],
)
def test_what_is_neither_is_told_with_its_place(given, what, advice):
    with pytest.raises(AuthorError) as error:
        Curve([1, 2, 3], y=given).check("here")
    assert str(error.value).startswith(f"here: {what}")
    assert (advice or "") in (error.value.hint or "")


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: Bars([0, 1], n=["a", "b"]), "here: row 0, column 'n' is 'a', a word, where a number is asked for"),
        (lambda: Bars([0, 1], n=[None, NOON]), "here: row 1, column 'n' is 2025-03-01T12:30, a date, where a number"),
        (lambda: Arrows([0, 1], [0, 1], [1, 1], ["a", "b"]), "here: row 0, column 'v' is 'a', a word, where a number"),
        (lambda: Arrows(["a", "b"], [0, 1], [1, 1], [1, 1]), "here: row 0, column 'x' is 'a', a word, where a number"),
        (lambda: Field(["a", "b"], [0, 1], np.eye(2)), "x[0] is 'a', a word, where a number is asked for"),
        (lambda: Field([0, 1], [0, 1], [["a", 1], [1, 1]]), "value[0, 0] is 'a', a word, where a number"),
        (lambda: Contours([0, 1], [0, 1], np.eye(2), ["a"]), "levels[0] is 'a', a word, where a number is asked for"),
        (lambda: Region.inside([[[0, "a"], [1, "b"]]]), "here: row 0, column 'y' is 'a', a word, where a number"),
        (lambda: Bars(["a", None], n=[1, 2]), "here: row 1, column 'x' is missing"),
        (lambda: Points("fig", [1]), "here: column 'x' is 'fig', a word, where a number is asked for"),
    ],
)
def test_words_and_dates_where_there_can_be_none(make, what):
    with pytest.raises(AuthorError) as error:
        make().check("here")
    assert str(error.value).startswith(what)


def test_the_libraries_own_columns():
    """Of pandas and polars, where they are installed."""
    pandas = pytest.importorskip("pandas")
    for series in (
        pandas.Series(["b", None, "a"]),
        pandas.Series(["b", None, "a"], dtype="string"),
        pandas.Series(["b", None, "a"]).astype("category"),
    ):
        column = meant(series)
        np.testing.assert_array_equal(column.numbers, [0, NAN, 1])
        assert column.words == ["b", "a"]
    ordered = pandas.Categorical(["b", "a"], ["a", "b", "c"], ordered=True)
    assert meant(ordered).words == meant(pandas.Series(ordered)).words == ["a", "b", "c"]
    when = pandas.to_datetime(["2025-03-01 12:30:00.250", None]).tz_localize("UTC").tz_convert("Asia/Tokyo")
    for dates in (when, pandas.Series(when), when.tz_convert(None), when.to_list()):
        np.testing.assert_array_equal(meant(dates).numbers, [meant([NOON]).numbers[0], NAN])
    assert meant(pandas.period_range("2025-01", periods=2, freq="M")).numbers.tolist() == [20089, 20120]
    polars = pytest.importorskip("polars")
    for column in (polars.Series(["b", None, "a"]), polars.Series(["b", None, "a"], dtype=polars.Categorical)):
        assert meant(column).words == ["b", "a"]
    assert meant(polars.Series(["b", "a"], dtype=polars.Enum(["a", "b", "c"]))).words == ["a", "b", "c"]
    np.testing.assert_array_equal(meant(polars.Series([NOON, None])).numbers, [meant([NOON]).numbers[0], NAN])
