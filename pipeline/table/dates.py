"""Dates and times as numbers: days since the beginning of 1970, UTC, which is how Matplotlib counts them, too."""

import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

SINCE = "in days since 1970-01-01 (UTC)"  # as a table's file says it
DAY = np.timedelta64(1, "D")
CALENDAR = "give numbers where no calendar has dates"
FIRST, LAST = -719162, 2932897 - 1 / 86400  # of the calendar, from the year 1 to the last second of 9999
FINEST = {"ps": 86400e12, "fs": 86400e15, "as": 86400e18}  # of them in a day


def is_date(value: Any) -> bool:
    """Whether a single value is a date, of a day, a second or a nanosecond: Python's, NumPy's or pandas'."""
    return isinstance(value, np.datetime64 | datetime.date) or hasattr(value, "to_timestamp")


def moment(value: Any) -> np.datetime64:
    """A date as NumPy has it. One with a time zone is told in UTC; a period of pandas' is its beginning."""
    value = value.to_timestamp() if hasattr(value, "to_timestamp") else value
    if hasattr(value, "to_datetime64"):  # pandas' own, which counts nanoseconds
        found: np.datetime64 = value.to_datetime64()
        return found
    if isinstance(value, datetime.datetime) and value.tzinfo:
        value = value.astimezone(datetime.UTC).replace(tzinfo=None)
    return np.datetime64(value)


def days(dates: NDArray[Any]) -> NDArray[np.float64]:
    """Dates of any unit as days, of the same shape; NaN where there is none."""
    unit = np.datetime_data(dates.dtype)[0]
    if unit in FINEST:  # which NumPy cannot tell from days
        return np.where(np.isnat(dates), np.nan, dates.astype(f"datetime64[{unit}]").astype(np.int64) / FINEST[unit])
    whole = dates.astype("datetime64[D]")
    part = np.zeros(dates.shape) if unit in "YMWD" else (dates - whole) / DAY
    return np.where(np.isnat(dates), np.nan, whole.astype(np.int64) + part)


def day_of(value: Any) -> float:
    """A single date as days."""
    return float(days(np.array([moment(value)]))[0])


def beyond(day: float) -> str:
    """What is wrong with a number of days that is no date of the calendar; nothing where it is one, or missing."""
    return "is a date beyond the years 1 to 9999" if day < FIRST or day > LAST else ""


def text_of(day: float) -> str:
    """A number of days as a date that axes read: 2025-01-31, and 2025-01-31T12:30:00.25 within a day."""
    when = np.datetime64(0, "ms") + np.timedelta64(round(day * 86_400_000), "ms")
    return str(np.datetime_as_string(when, unit="auto"))
