"""Ticks of Matplotlib's axes as figures have them: of numbers, and of dates."""

from collections.abc import Sequence
from typing import Any

from matplotlib.ticker import Formatter, Locator, ScalarFormatter

from pipeline.style import calendar


class Numbers(ScalarFormatter):
    """Matplotlib's labels of ticks as figures have them: 0 and 0.5 rather than 0.0 and 0.5, with the book's decimal
    mark, whatever the system's locale is."""

    decimal = "."

    def __call__(self, x: float, pos: int | None = None) -> str:
        whole, point, digits = super().__call__(x, pos).partition(".")
        return whole + self.decimal * bool(digits := digits.rstrip("0")) + digits if point else whole


class Days(Locator):
    """Ticks of an axis of dates, as a figure has them. language : babel's name of it."""

    def __init__(self, language: str, decimal: str) -> None:
        self.language, self.decimal = language, decimal

    def __call__(self) -> Any:
        axis: Any = self.axis
        low, high = sorted(axis.get_view_interval())
        return self.tick_values(float(low), float(high))

    def tick_values(self, vmin: float, vmax: float) -> Any:
        axis: Any = self.axis
        box = axis.axes.get_window_extent().transformed(axis.axes.figure.dpi_scale_trans.inverted())
        upright = axis.axis_name == "y"
        length = 72 * (box.height if upright else box.width)
        return [tick.at for tick in calendar.ticks(vmin, vmax, length, self.language, upright, self.decimal)]


class DayNames(Formatter):
    """What these ticks are called: in two lines below an axis, in one beside it."""

    def __init__(self, language: str, decimal: str, below: bool) -> None:
        self.language, self.decimal, self.below = language, decimal, below

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        found = calendar.called(values, self.language, self.decimal)
        return ["\n".join(filter(None, tick[1:])) if self.below else tick.line for tick in found]

    def __call__(self, x: float, pos: int | None = None) -> str:
        return self.format_ticks([x])[0]
