"""The checkpoints of one training: kept every so often in a file beside which a few words tell of them, put back where
the training begins again, gone when it has ended."""

import ast
import ctypes
import json
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import torch

from pipeline import seeds
from pipeline.files import remove, whole, write
from pipeline.resuming.contents import Contents
from pipeline.resuming.live import loop_of, read_later
from pipeline.resuming.reached import Reached, Unknown, attributes
from pipeline.resuming.restoring import Restorer, unplain

EVERY = 2  # s, at the least
SHARE = 100  # times as long as one takes to keep passes before the next: they cost a hundredth at most
GENERATOR = 0x20 | 0x80 | 0x200  # flags of code whose frame another one drives
Reads = dict[str, str]  # {name in a record: state}


class Checkpoints:
    """key : what the training is made from; reads : the files that it has read so far; unchanged : whether such files
    are what they were."""

    def __init__(self, file: Path, key: str, reads: Reads, unchanged: Callable[[Reads], bool]) -> None:
        self.file, self.key, self.reads = file, key, reads
        self.begun, self.count, self.active = time.monotonic(), 0, False
        self.note, self.resumed = "", ""
        saved = self.read()
        if saved and unchanged(saved["reads"]):
            self.runs, self.before = saved["runs"], saved["seconds"]
            reads.update({name: state for name, state in saved["reads"].items() if name not in reads})
        else:
            self.runs, self.before = {}, 0.0
        self.due = time.monotonic() + EVERY

    def read(self) -> dict[str, Any] | None:
        """What an interrupted process has kept of the same training on such a machine; None without it."""
        try:
            saved = torch.load(self.file, weights_only=True)
            return saved if (saved["key"], saved["machine"]) == (self.key, machine()) else None
        except Exception:  # there is none, it is cut short, or of another version
            return None

    @property
    def seconds(self) -> float:
        """How long the training has taken, in all processes."""
        return self.before + time.monotonic() - self.begun

    def keep(self, epoch: int, epochs: int) -> None:
        content = {"key": self.key, "machine": machine(), "reads": self.reads, "runs": self.runs}
        with whole(self.file) as aside, open(aside, "wb") as file:
            torch.save(content | {"seconds": self.seconds}, file)
        told = {"key": self.key, "reads": self.reads, "epoch": epoch, "epochs": epochs}
        write(self.file.with_suffix(".json"), json.dumps(told))

    def end(self) -> None:
        remove(self.file)
        remove(self.file.with_suffix(".json"))


def machine() -> str:
    """What a result's last digits depend on besides its code."""
    gpu = torch.cuda.get_device_name() if torch.cuda.is_available() else ""
    return f"{platform.machine()}, {torch.backends.cpu.get_cpu_capability()}, {platform.python_version()}, {gpu}"


class Loop:
    """One loop of a training over a Run's epochs, of which checkpoints are kept where all that it can reach is known.

    frame : that of the loop; run : the Run, whose own numbers are told apart.
    """

    def __init__(self, checkpoints: Checkpoints, frame: FrameType, run: Any) -> None:
        self.checkpoints, self.frame, self.run = checkpoints, frame, run
        self.number, self.why = checkpoints.count, ""
        checkpoints.count += 1
        self.place = f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}"
        try:
            self.reached = Reached(self.roots(), (type(run),))
            if (found := loop_of(frame)) and not driven(frame) and self.locals().get(ast.unparse(found[1].iter)) is run:
                self.later = read_later(*found)
            else:
                self.why = (
                    "checkpoints are kept of a plain loop, `for epoch in run:`, in a function that is no generator"
                )
        except Exception as error:  # of an odd object, which a training need not mind
            self.why = repr(error)

    def locals(self) -> dict[str, Any]:
        return dict(self.frame.f_locals)

    def roots(self) -> dict[str, Any]:
        """What is not reached by way of something else: the loop's variables, and those of the book's modules."""
        found = {f"local {name}": value for name, value in self.locals().items()}
        for name, module in sorted(sys.modules.items()):
            if name.startswith("book."):
                found |= {f"{name} {key}": value for key, value in attributes(module).items()}
        return found

    def tick(self, epoch: int) -> None:
        """Keeps a checkpoint after an epoch, if it is time."""
        if (start := time.monotonic()) > self.checkpoints.due:
            self.keep(epoch)
            now = time.monotonic()
            self.checkpoints.due = now + max(EVERY, SHARE * (now - start))

    def end(self) -> None:
        """Keeps the end of a loop that took so long that checkpoints were kept, for what follows it."""
        if self.number in self.checkpoints.runs:
            self.keep(self.run.epochs)

    def keep(self, epoch: int) -> None:
        """Keeps a checkpoint, or says why there can be none: what cannot be told in full is not kept."""
        if not self.why:
            try:
                self.checkpoints.runs[self.number] = self.contents(epoch)
                return self.checkpoints.keep(epoch, self.run.epochs)
            except Exception as what:  # Unknown, or an odd object's own
                if epoch == self.run.epochs:  # more is read at the end; its last epochs would be run again
                    return
                self.why = str(what) if isinstance(what, Unknown) else repr(what)
        self.checkpoints.note = f"{self.place}: were it interrupted, this training would begin anew: {self.why}"

    def contents(self, epoch: int) -> dict[str, Any]:
        contents, values = Contents(self.reached), {}
        ended = epoch == self.run.epochs
        for root, value in self.roots().items():
            kind, name = root.split(" ", 1)
            loose = kind == "local" and (name in self.later.filled or ended)
            if kind != "local" or ended or name in self.later.read or loose:
                try:
                    values[root] = contents.encode(value, loose)
                except Unknown as what:
                    raise Unknown(f"{name} {what}") from None
        return {
            "epoch": epoch,
            "values": values,
            "states": contents.states,
            "new": contents.new,
            "generators": contents.plain(seeds.states()),
            "history": {name: [*values] for name, values in self.run.history.items()},
            "snapshots": {**self.run.snapshots},
        }

    def resume(self) -> int:
        """Puts a kept checkpoint back, if there is one; returns the epoch to go on from."""
        saved = self.checkpoints.runs.get(self.number)
        if self.why or saved is None:
            return 0
        restorer = Restorer(self.reached, saved["states"], saved["new"])
        restorer.restore()
        found = self.locals()
        for root, data in saved["values"].items():
            kind, name = root.split(" ", 1)
            value = restorer.decode(data)
            if kind != "local":
                setattr(sys.modules[kind], name, value)
            elif name not in found or found[name] is not value:
                bind(self.frame, name, value)
        self.run.history.update({name: [*values] for name, values in saved["history"].items()})
        self.run.snapshots.update(saved["snapshots"])
        seeds.restore(unplain(saved["generators"]))
        self.checkpoints.resumed = f"went on from epoch {saved['epoch']} of {self.run.epochs}"
        return saved["epoch"]


def driven(frame: FrameType | None) -> bool:
    """Whether one of the frames below the pipeline's own is a generator's, which another drives."""
    while frame and frame.f_globals.get("__name__", "").split(".")[0] != "pipeline":
        if frame.f_code.co_flags & GENERATOR:
            return True
        frame = frame.f_back
    return False


def bind(frame: FrameType, name: str, value: Any) -> None:
    """Assigns a variable of a function that is running, as debuggers do."""
    frame.f_locals[name] = value
    if sys.version_info < (3, 13):
        ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
