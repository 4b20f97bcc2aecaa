"""How far a training is, for those who look on: a file beside its checkpoint, gone when it ends."""

import json
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from pipeline.files import remove, write

EVERY, SHARE = 0.5, 200  # s, at the least; so many times as long as one takes to write passes before the next
POINTS = 300  # of a curve: of more values, every so many, and the last


def thinned(values: Sequence[float]) -> list[float]:
    """Some hundred of many values, the last among them, with four digits."""
    step = max(1, -(-len(values) // POINTS))
    shown = [*values[:-1:step], *values[-1:]]
    return [float(f"{value:.4g}") for value in shown]


class Progress:
    """Tells how far a loop is. file : where; None where nobody would look."""

    def __init__(self, file: Path | None, epochs: int) -> None:
        self.file, self.epochs = file, epochs
        self.due = time.monotonic() + EVERY

    def tell(self, epoch: int, history: Mapping[str, Sequence[float]]) -> None:
        """Writes it down where it is time to; what cannot be written is not missed."""
        if self.file and (now := time.monotonic()) > self.due:
            told = {"epoch": epoch, "epochs": self.epochs}
            curves = {name: thinned(values) for name, values in history.items() if values}
            with suppress(OSError):
                write(self.file, json.dumps(told | {"history": curves}))
            self.due = time.monotonic() + max(EVERY, SHARE * (time.monotonic() - now))

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        """However the loop ends."""
        if self.file:
            remove(self.file)
