"""Builds for the desk: by the process that stays, one at a time, looked at through the build's diary."""

import asyncio
import json
import os
import signal
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from pipeline.build import FOLDER, identity
from pipeline.engine.diary import NAME
from pipeline.errors.report import faults
from pipeline.project.book import Book
from pipeline.project.environ import PYTHON

Event = dict[str, Any]  # a line of the diary
OFTEN, AGAIN = 0.015, 0.5  # s: how often the diary is looked at; after how long a build is tried again
NO = asyncio.subprocess.DEVNULL
BUSY = "another build of"  # what is said where somebody else builds the book


class Diary:
    """Reads the lines of the diary that a build begins after a moment (s since 1970)."""

    def __init__(self, path: Path, since: float) -> None:
        self.path, self.since, self.read, self.rest = path, since, 0, b""

    def news(self) -> list[Event]:
        """The events since it was last asked."""
        try:
            with open(self.path, "rb") as file:
                first = json.loads(file.readline() or b"{}")
                if first.get("time", 0) < self.since:
                    return []
                file.seek(self.read)
                text = self.rest + file.read()
                self.read = file.tell()
        except (OSError, ValueError):
            return []
        *lines, self.rest = text.split(b"\n")
        return [json.loads(line) for line in lines]


class Builder:
    """Runs builds. told : is called with each event of theirs."""

    def __init__(self, book: Book, told: Callable[[Event], None]) -> None:
        self.book, self.told = book, told
        self.alone = asyncio.Lock()
        self.stays: set[Path] = set()  # the sockets of processes that stay and that these builds have begun

    async def build(self, targets: Sequence[str], later: Sequence[str] = ()) -> list[Event]:
        """Builds, and returns what is wrong, as the diary tells it; where this is cancelled, so is the build.

        later : what gives way to the targets where not all can run at a time, but does not wait for their end.
        """
        words = [*targets, *later, *(f"--prioritize={target}" for target in targets[:1] if later)]
        async with self.alone:
            while True:
                ended, said = await self.run(words)
                told = [fault.record() for fault in faults([said])]
                if ended is not None or not any(fault["text"].startswith(BUSY) for fault in told):
                    return ended if ended is not None else told
                self.told({"event": "waits", "time": time.time(), "text": told[0]["text"]})
                await asyncio.sleep(AGAIN)

    async def run(self, words: Sequence[str]) -> tuple[list[Event] | None, str]:
        """(what is wrong, if the build has begun; what it has said)."""
        diary, ended = Diary(self.book.build / NAME, time.time()), None
        if not (address := Path(FOLDER, identity())).exists():
            self.stays.add(address)
        command = [*PYTHON, "-m", "pipeline.build", *words, "--book", str(self.book.root)]
        process = await asyncio.create_subprocess_exec(
            *command, stdin=NO, stdout=NO, stderr=asyncio.subprocess.PIPE, start_new_session=True
        )
        said = asyncio.create_task(process.communicate())
        try:
            while True:
                over = said.done()
                for event in diary.news():
                    self.told(event)
                    ended = event["faults"] if event["event"] == "over" else ended
                if over:
                    return ended, (await said)[1].decode(errors="replace")
                await asyncio.wait([said], timeout=OFTEN)
        finally:
            if process.returncode is None:
                end(process.pid)
                with suppress(asyncio.CancelledError):
                    await asyncio.shield(said)


def leave(addresses: Iterable[Path]) -> None:
    """Ends the processes that stay and listen there."""
    names = set(map(str, addresses))
    found = [p for p in psutil.process_iter(["cmdline"]) if names & {*(p.info["cmdline"] or [])}]
    for process in (p for p in found if p.ppid() not in {other.pid for other in found}):
        with suppress(psutil.Error):
            if idle(process, names):
                process.terminate()
                process.wait(5)
    for name in names:
        Path(name).unlink(missing_ok=True)  # whoever still works there ends with its work


def idle(process: psutil.Process, names: set[str]) -> bool:
    """Whether a process that stays builds nothing for anybody, after a moment for what was just ended."""
    until = time.monotonic() + 2
    while builds := [child for child in process.children() if names & {*child.cmdline()}]:
        if time.monotonic() > until:
            return False
        psutil.wait_procs(builds, timeout=0.1)
    return True


def end(process: int) -> None:
    """Kills a build and its jobs: the process that stays ends those whose client has gone."""
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)
