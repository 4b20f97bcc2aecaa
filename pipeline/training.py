"""Training as a loop: a Run records the history, keeps snapshots, shows its progress and stops on divergence.

A model's module has build(), which makes the net, and train(net, seed), which trains it and returns two dicts, the
history and the snapshots. A loop of your own may return them, too; a Run has both.
"""

import ctypes
import math
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TextIO

import torch
from torch import Tensor, nn
from tqdm import tqdm

from pipeline.errors.author import AuthorError
from pipeline.project.environ import TERMINAL
from pipeline.records.progress import Progress
from pipeline.resuming.checkpoints import Checkpoints, Loop

__all__ = ["Run"]

BLOCK = 0.5  # s: how often recorded values are checked, and become numbers
LAYOUT = "{desc} epoch {n}/{total}{postfix}, {remaining} left"  # of the line that shows the progress


def terminal() -> TextIO | None:
    """Where progress is shown: standard error or, when that is a log file, the terminal behind it, if there is one."""
    if sys.stderr.isatty():
        return sys.stderr
    try:
        return open(os.environ.get(TERMINAL, "/dev/tty"), "w", encoding="utf-8")
    except OSError:
        return None


def not_fallen(history: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """A sentence for each loss that ends no lower than it began: the author should know of it."""
    for name, values in history.items():
        if name.endswith("loss") and len(values) > 1 and not values[-1] < values[0]:
            last = ", ".join(f"{v:.4g}" for v in values[-3:])
            yield f"{name} has not fallen: {values[0]:.4g} at first, {last} in the last epochs"


def hold_memory() -> None:
    """Lets glibc keep the memory that a training step frees, which the next step would have to ask for again."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:  # glibc's; other systems manage memory in other ways
        mallopt(-3, 1 << 25)  # M_MMAP_THRESHOLD, in bytes, the most it can be: smaller tensors come from the heap
        mallopt(-1, 1 << 30)  # M_TRIM_THRESHOLD, in bytes: the heap does not shrink


def numbers(values: Sequence[Tensor | float]) -> list[float]:
    """Recorded values as numbers; a GPU is asked for all of them at once, as each question makes it wait."""
    tensors = [value for value in values if isinstance(value, Tensor)]
    return torch.stack(tensors).tolist() if len(tensors) == len(values) else list(map(float, values))


@contextmanager
def ended(loop: Loop | None) -> Iterator[None]:
    """In such a block a loop is the one that checkpoints are kept of."""
    if loop:
        loop.checkpoints.active = True
    try:
        yield
    finally:
        if loop:
            loop.checkpoints.active = False


@contextmanager
def going_on_by(checkpoints: Checkpoints) -> Iterator[None]:
    """In such a block the loops of Runs go on from checkpoints, and keep them."""
    Run._checkpoints = checkpoints
    try:
        yield
    finally:
        Run._checkpoints = None


class Run:
    """A loop over epochs, which goes on from where it was if a build is interrupted.

        run = Run(net, epochs=2000, keep=(0, 300))
        x, y = run.moved(x, y)
        for _ in run:
            run.record(loss=step(…))
        return run.history, run.snapshots

    net : what is trained; epochs : how many there are; keep : after how many epochs a snapshot is kept;
    history : {name: a value for each epoch}; snapshots : {completed epochs: the net's state dict then, on the CPU}.

    A build keeps a checkpoint of the loop every two seconds, or as much less often as makes it cost a hundredth of the
    time: all generators, and what the loop's variables and those of the book's modules hold, such as nets, optimisers,
    schedules, loaders, lists of numbers. Nothing need be told to it. What holds more than its attributes say, such as
    an open file or an iterator that is half used, has no checkpoint, and a note says so.
    """

    name = ""  # of the model, for the line that shows the progress
    _checkpoints: Checkpoints | None = None  # where a training can go on from, if it is one of a build

    def __init__(self, net: nn.Module, epochs: int, keep: Iterable[int] = ()) -> None:
        self.net, self.epochs, self.keep = net, epochs, set(keep)
        self.snapshots: dict[int, dict[str, Tensor]] = {}
        self._settled: dict[str, list[float]] = {}  # the history up to the last check
        self._pending: dict[str, list[Tensor | float]] = {}  # what was recorded since
        self._last, self._due = False, time.monotonic() + BLOCK

    def moved(self, *tensors: Tensor) -> list[Tensor]:
        """The same tensors on the net's device; data are made on the CPU, so that they are the same for all devices."""
        device = next(self.net.parameters()).device
        return [tensor.to(device) for tensor in tensors]

    def __iter__(self) -> Iterator[int]:
        """The epochs' numbers, from 0."""
        loop = self._followed(sys._getframe(1))
        first = loop.resume() if loop else 0
        kept = self._checkpoints.file.with_suffix(".progress") if self._checkpoints else None
        with self._progress(first) as bar, Progress(kept, self.epochs) as told, ended(loop):
            for epoch in range(first, self.epochs):
                self._last = epoch + 1 == self.epochs
                self._snap(epoch)
                yield epoch
                if not self._pending:
                    latest = {name: f"{values[-1]:.3g}" for name, values in self._settled.items()}
                    bar.set_postfix(latest, refresh=False)
                bar.update()
                told.tell(epoch + 1, self._settled)
                if loop and epoch + 1 < self.epochs:
                    loop.tick(epoch + 1)
            self._snap(self.epochs)
            if loop:
                loop.end()

    def _followed(self, frame: FrameType) -> Loop | None:
        """The loop that runs in a frame, if checkpoints are kept of it: the outermost of those that run."""
        if self._checkpoints is None or self._checkpoints.active:
            return None
        return Loop(self._checkpoints, frame, self)

    def _progress(self, first: int = 0) -> tqdm:
        """One line on the terminal, rewritten once a second; none where training ends within two seconds."""
        stream = terminal()
        return tqdm(
            total=self.epochs,
            initial=first,
            desc=self.name,
            file=stream,
            disable=stream is None,
            delay=2,
            mininterval=1,
            leave=False,
            bar_format=LAYOUT,
        )

    def _snap(self, epoch: int) -> None:
        """Keeps a snapshot after so many epochs, if one is asked for."""
        if epoch in self.keep:
            state = self.net.state_dict()
            self.snapshots[epoch] = {name: value.to("cpu", copy=True) for name, value in state.items()}

    def record(self, **values: Tensor | float) -> None:
        """Adds numbers of this epoch, such as loss=…, to the history; a tensor has one element, and may have its graph.

        Where a number is not finite, it raises an AuthorError, here or in a later epoch within half a second.
        """
        for name, value in values.items():
            kept = value.detach().clone() if isinstance(value, Tensor) else float(value)
            self._pending.setdefault(name, []).append(kept)
        if self._last or time.monotonic() > self._due:
            self._settle()

    @property
    def history(self) -> dict[str, list[float]]:
        """All that was recorded so far. Raises an AuthorError where a number is not finite."""
        self._settle()
        return self._settled

    def _settle(self) -> None:
        """Moves what was recorded into the history, as numbers. Raises an AuthorError where one is not finite."""
        pending, self._pending = self._pending, {}
        self._due = time.monotonic() + BLOCK
        for name, values in pending.items():
            past = self._settled.setdefault(name, [])
            for value in numbers(values):
                if not math.isfinite(value):
                    last = ", ".join(f"{v:.4g}" for v in past[-3:]) or "nothing"
                    raise AuthorError(f"training diverged: {name} is {value} at epoch {len(past)}, after {last}")
                past.append(float(value))
