"""A training run as a loop: it records the history, keeps snapshots, shows its progress and stops on divergence."""

import ctypes
import math
import os
import sys
import time

import torch
from tqdm import tqdm

from pipeline.engine.client import TERMINAL
from pipeline.errors.author import AuthorError

BLOCK = 0.5  # s: how often what was recorded is looked at


def terminal():
    """Where progress is shown: standard error or, when that is a log file, the terminal behind it, if there is one."""
    if sys.stderr.isatty():
        return sys.stderr
    try:
        return open(os.environ.get(TERMINAL, "/dev/tty"), "w", encoding="utf-8")
    except OSError:
        return None


def unfallen(history):
    """What is to be said of losses that end no lower than they began; a net that only descends has none."""
    for name, values in history.items():
        if name.endswith("loss") and len(values) > 1 and not values[-1] < values[0]:
            last = ", ".join(f"{v:.4g}" for v in values[-3:])
            yield f"{name} has not fallen: {values[0]:.4g} at first, {last} in the last epochs"


def hold_memory():
    """Lets glibc keep what a step frees for the next one: to return it and fault it in again costs time at each step."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:  # other systems have none, and other ways
        mallopt(-3, 1 << 25)  # M_MMAP_THRESHOLD, in bytes: tensors up to the greatest that it may be come from the heap
        mallopt(-1, 1 << 30)  # M_TRIM_THRESHOLD, in bytes: the heap does not shrink


class Run:
    """Iterates over epochs.

        run = Run(net, epochs=2000, keep=(0, 300))
        x, y = run.moved(x, y)
        for _ in run:
            run.record(loss=step(…))
        return run.history, run.snapshots

    history : {name: [value an epoch]}; snapshots : {epoch: state dict}, `keep` counts completed epochs.
    """

    name = ""  # of the model, which the train step knows

    def __init__(self, net, epochs, keep=()):
        self.net, self.epochs, self.keep = net, epochs, set(keep)
        self.snapshots, self.settled, self.pending = {}, {}, {}
        self.last, self.due = False, time.monotonic() + BLOCK

    def moved(self, *tensors):
        """The same tensors on the net's device: data are drawn on the CPU, so that all devices see the same."""
        device = next(self.net.parameters()).device
        return [tensor.to(device) for tensor in tensors]

    def __iter__(self):
        stream = terminal()
        layout = "{desc} epoch {n}/{total}{postfix}, {remaining} left"
        # Short training is over before a line would help; one line, rewritten once a second, for the rest.
        bar = tqdm(
            total=self.epochs, desc=self.name, file=stream, disable=stream is None, delay=2, mininterval=1, leave=False, bar_format=layout
        )
        with bar:
            for epoch in range(self.epochs):
                self.last = epoch + 1 == self.epochs
                self.snap(epoch)
                yield epoch
                if not self.pending:
                    bar.set_postfix({name: f"{values[-1]:.3g}" for name, values in self.settled.items()}, refresh=False)
                bar.update()
            self.snap(self.epochs)

    def snap(self, epoch):
        if epoch in self.keep:
            self.snapshots[epoch] = {name: value.to("cpu", copy=True) for name, value in self.net.state_dict().items()}

    def record(self, **values):
        """Adds this epoch's numbers to the history; a loss that is not finite stops the run, within half a second."""
        for name, value in values.items():
            value = value.detach().clone() if isinstance(value, torch.Tensor) else float(value)
            self.pending.setdefault(name, []).append(value)
        if self.last or time.monotonic() > self.due:
            self.settle()

    @property
    def history(self):
        self.settle()
        return self.settled

    def settle(self):
        """Takes what was recorded into the history, as numbers; to ask a GPU for each of them would hold it up."""
        pending, self.pending = self.pending, {}
        self.due = time.monotonic() + BLOCK
        for name, values in pending.items():
            past = self.settled.setdefault(name, [])
            for value in torch.stack(values).tolist() if isinstance(values[0], torch.Tensor) else values:
                if not math.isfinite(value):
                    last = ", ".join(f"{v:.4g}" for v in past[-3:]) or "nothing"
                    raise AuthorError(f"training diverged: {name} is {value} at epoch {len(past)}, after {last}")
                past.append(float(value))
