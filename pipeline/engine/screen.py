"""Where a build says what it does: lines, in the terminal's own colours where there is one, and a bar below them."""

import os
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress

Part = str | tuple[str, str]  # of a line: a text, or a text and its style
STYLES = {"dim": "2", "good": "32", "bad": "31", "loud": "1"}
WIDE, HIGH = 100, 24  # columns and lines, where nobody tells


def duration(seconds: float) -> str:
    """0.4 s, 12 s, 3 min 20 s."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, seconds = divmod(round(seconds), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def counted(number: int, what: str) -> str:
    """1 figure, 2 figures."""
    plural = what if what.endswith("s") else f"{what}s"
    return f"{number} {what if number == 1 else plural}"


def fitted(name: str, room: int) -> str:
    """A name in no more than `room` columns, its end kept."""
    return name if len(name) <= room else f"{name[: room // 2 - 1]}…{name[len(name) - (room - room // 2) :]}"


class Screen:
    """Writes lines to a stream. colours : whether the author wants them."""

    def __init__(self, stream: TextIO, colours: bool) -> None:
        self.stream = stream
        self.is_terminal = stream.isatty() and os.environ.get("TERM") != "dumb"
        self.colours = colours and self.is_terminal and not os.environ.get("NO_COLOR")
        self.bar: Progress | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines; a file has neither, and another program may have none."""
        with suppress(OSError):
            columns, lines = os.get_terminal_size(self.stream.fileno())
            return columns or WIDE, lines
        return WIDE, HIGH

    def styled(self, text: str, style: str) -> str:
        return f"\033[{STYLES[style]}m{text}\033[0m" if text and self.colours else text

    def say(self, *parts: Part) -> None:
        line = "".join(part if isinstance(part, str) else self.styled(*part) for part in parts)
        if self.bar:
            from rich.text import Text

            self.bar.console.print(Text.from_ansi(line), soft_wrap=True)
        else:
            clear = "\r\033[K" if self.is_terminal else ""  # a training's line may stand there
            print(f"{clear}{line}", file=self.stream, flush=True)

    def say_rows(self, rows: Iterable[tuple[str, ...]]) -> None:
        """Rows of cells: the first at the left, the others below one another at the right, or below it where they
        would not fit."""
        rows = list(rows)
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        broken = self.is_terminal and sum(widths) + 2 * len(widths) > self.size[0]
        for first, *rest in rows:
            end = "  ".join(f"{text:>{width}}" for text, width in zip(rest, widths[1:], strict=True))
            if broken:
                self.say((first, "good"))
                self.say("  ", end)
            else:
                self.say((f"{first:<{widths[0]}}", "good"), "  ", end.rstrip())

    def show_bar(self, total: int) -> None:
        """Shows how many of `total` jobs have ended where they are more than the screen has lines."""
        if not self.is_terminal or os.environ.get("CI") or total <= self.size[1]:
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        console = Console(file=self.stream, width=self.size[0], no_color=not self.colours, highlight=False)
        columns = (BarColumn(None), MofNCompleteColumn(), TimeRemainingColumn(compact=True))
        self.bar = Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False,
                            refresh_per_second=2, expand=True)  # fmt: skip
        self.bar.add_task("", total=total)
        self.bar.start()

    def advance(self) -> None:
        if self.bar:
            self.bar.advance(self.bar.task_ids[0])

    def hide_bar(self) -> None:
        if self.bar:
            self.bar.stop()
            self.bar = None
