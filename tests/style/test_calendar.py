"""What dates are called, on an axis and in the text."""

import datetime as dt
from itertools import pairwise

import numpy as np
import pytest

from pipeline.errors.author import AuthorError
from pipeline.setup import languages
from pipeline.style.calendar import called, moment, ticks, written
from pipeline.table import Curve, Values
from pipeline.table.dates import day_of


def day(text):
    return day_of(np.datetime64(text))


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        ("1950", "2025", "1950 1960 1970 1980 1990 2000 2010 2020"),
        ("2023-01-01", "2025-12-31", "Jan/2023 Jul Jan/2024 Jul Jan/2025 Jul"),
        ("2024-11-01", "2025-02-28", "Nov/2024 Dec Jan/2025 Feb"),
        ("2025-01-01", "2025-01-05", "1/Jan 2025 2 3 4 5"),
        ("2025-03-01T18:00", "2025-03-02T09:00", "18:00/1 Mar 2025 21:00 00:00/2 Mar 03:00 06:00 09:00"),
        ("2025-03-01T12:00:00", "2025-03-01T12:00:40", "12:00:00/1 Mar 2025 12:00:10 12:00:20 12:00:30 12:00:40"),
        ("2025-03-01T12:00:00.1", "2025-03-01T12:00:00.4", "12:00:00.1/1 Mar 2025 12:00:00.2 12:00:00.3 12:00:00.4"),
    ],
)
def test_ticks_stand_where_their_range_asks_and_say_each_thing_once(low, high, said):
    found = ticks(day(low), day(high), 300, "british")
    assert " ".join("/".join(filter(None, tick[1:])) for tick in found) == said


@pytest.mark.parametrize("extent", np.logspace(-5, 4.5, 24))
@pytest.mark.parametrize("length", [60, 150, 400])
def test_an_axis_of_any_range_and_length_has_ticks_that_stand_clear(extent, length):
    low = day("2021-08-17T05:03:11")
    found = ticks(low, low + extent, length, "british")
    assert all(low - 1e-8 <= tick.at <= low + extent + 1e-8 for tick in found)
    assert len(found) >= (2 if length > 100 else 0)
    for a, b in pairwise(found):
        assert (b.at - a.at) * length / extent > 4 * (len(a.label) + len(b.label)) / 2
        assert (moment(b.at) - dt.datetime(1970, 1, 1)) / dt.timedelta(days=1) == pytest.approx(b.at, abs=1e-9)


def test_languages():
    days = [day("2025-03-01"), day("2025-05-01"), day("2026-01-01")]
    assert [tick.line for tick in called(days, "ngerman")] == ["Mär 2025", "Mai", "Jan 2026"]
    assert [tick.line for tick in called(days, "french")] == ["mars 2025", "mai", "janv. 2026"]
    assert written(days[0], "british") == "1 March 2025"
    assert written(days[0] + 13.25 / 24, "ngerman") == "1. März 2025, 13:15"
    assert written(days[0], "american") == "March 1, 2025"
    assert called([day("2025-03-01T00:00:00.5"), days[0]], "ngerman", ",")[0].label == "00:00:00,5"


@pytest.mark.parametrize(
    ("language", "said"),
    {
        "australian": "3 March 2025",
        "brazilian": "3 de março de 2025",
        "portuguese": "3 de março de 2025",
        "american": "March 3, 2025",
        "ancientgreek": "3 March 2025",  # of which CLDR knows nothing
        "german": "3. März 2025",
        "austrian": "3. März 2025",
        "swissgerman": "3. März 2025",
    }.items(),
)
def test_a_language_has_the_dates_of_its_region(language, said):
    assert written(day("2025-03-03"), language) == said


def test_regions_of_a_language_differ():
    january = day("2025-01-03")
    assert written(january, "naustrian") == "3. Jänner 2025" != written(january, "ngerman")


@pytest.mark.parametrize(("language", "mark"), [("german", ","), ("austrian", ","), ("swissgerman", ".")])
def test_a_language_whose_tag_is_a_macro_is_known(language, mark):
    assert languages.told(language)["language.tag.bcp47"] == "de" and languages.decimal(language) == mark


@pytest.mark.parametrize(
    ("low", "high"),
    [("9990-01-01", "9999-12-31T23:59:59"), ("9999-12-30", "9999-12-31"), ("0001-01-01", "0001-02-01")],
)
def test_the_ends_of_the_calendar(low, high):
    room = day(high) - day(low)
    found = ticks(day(low) - room, day(high) + room, 300, "british")
    assert len(found) > 1 and all(day(low) - room <= tick.at <= day(high) + room for tick in found)
    assert written(day(high), "british").split()[2][:4] == high[:4].lstrip("0")


@pytest.mark.parametrize("far", ["20000-01-01", "0000-12-31"])
def test_what_lies_beyond_is_told_with_its_row(far):
    dates = np.array(["2025-01-01", far], "M8[D]")
    with pytest.raises(AuthorError, match=r"^here: row 1, column 'x' is a date beyond the years 1 to 9999$"):
        Curve(dates, y=[0, 1]).check("here")
    with pytest.raises(AuthorError, match=rf"^here: 'end' is a date beyond the years 1 to 9999: {far}$"):
        Values(end=dates).check("here")
