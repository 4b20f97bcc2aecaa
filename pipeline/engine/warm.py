"""The process that pipeline.build asks: it has imported Snakemake, its server what steps import, and each build is a
fork of it.

So a build begins as a fresh snakemake does. The process ends when nobody has asked for ten minutes, and when its name,
which is a hash of the code and of the environment, would be another one by now.
"""

import atexit
import gc
import importlib
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from snakemake import cli

from pipeline.build import BEGUN, identity
from pipeline.engine import server
from pipeline.files import beside, left_behind, remove
from pipeline.project import modules
from pipeline.project.environ import TERMINAL
from pipeline.records.versions import versions

IDLE, LOOK = 600, 2  # s: how long it waits, and how often it looks whether it is still wanted


class Builds(server.Server):
    """Runs builds, each in a process group of its own, which ends with it."""

    def __init__(self, address: Path, listener: socket.socket) -> None:
        super().__init__()
        self.address, self.inode, self.last = address, address.stat().st_ino, time.monotonic()
        self.watch(listener, self.accept)
        learned, self.telling = os.pipe()
        self.watch(learned, self.learn)

    def select(self) -> server.Events:
        events = self.selector.select(LOOK)
        if not events and not self.jobs and (time.monotonic() > self.last + IDLE or not self.current()):
            if self.reachable():
                self.address.unlink()
            sys.exit()
        return events

    def reachable(self) -> bool:
        return self.address.exists() and self.address.stat().st_ino == self.inode

    def current(self) -> bool:
        return self.reachable() and identity() == self.address.name

    def asked(self, connection: socket.socket) -> list[str] | None:
        if connection not in self.jobs:
            return super().asked(connection)
        signals, _ = self.receive(connection)
        if signals:
            self.end(self.jobs[connection], int(signals))
        else:
            self.hung_up(connection)
        return None

    def start(self, connection: socket.socket, request: bytes, files: list[int]) -> list[str] | None:
        self.last = time.monotonic()
        if not self.current():
            return self.refuse(connection, files)
        connection.send(BEGUN)
        return self.fork(connection, request, files)

    def group(self, connection: socket.socket) -> None:
        os.setpgid(0, 0)

    def end(self, process: int, number: int = signal.SIGKILL) -> None:
        with suppress(ProcessLookupError):
            os.killpg(process, number)

    def learn(self, names: int) -> None:
        """Imports what a build had to import, and parses what it had to parse."""
        for name in os.read(names, server.LONGEST).decode().splitlines():
            with suppress(Exception):
                modules.module(name) if name.endswith(".py") else importlib.import_module(name)
        gc.freeze()

    def tell(self, before: set[str], files: dict[str, Any]) -> None:
        names = [n for n in sys.modules if n not in before and n.split(".")[0] not in ("book", "__main__")]
        names += [file for file, found in modules.known.items() if files.get(file) != found.state]
        os.write(self.telling, "".join(f"{name}\n" for name in names).encode())


def main() -> None:
    address, folder = Path(sys.argv[1]), beside(Path(sys.argv[1]).with_name("steps"))
    for path in left_behind(folder.parent):
        remove(path)
    server.start(folder)
    builds = Builds(address, socket.socket(fileno=int(sys.argv[2])))
    with suppress(Exception):
        cli.get_argument_parser()  # looks for plugins, once
    versions(map(str, Path("pipeline").rglob("*.py")), "matplotlib")  # rules ask for them: a third of a plan's time
    gc.freeze()
    words, before, files = (
        builds.serve(),
        set(sys.modules),
        {file: found.state for file, found in modules.known.items()},
    )
    atexit.unregister(remove)  # the server stays
    server.serve_by(folder / "steps")
    if sys.stderr.isatty():
        os.environ[TERMINAL] = os.ttyname(2)  # where training shows its progress: a build has no terminal of its own
    sys.argv = ["snakemake", *words]
    atexit.register(builds.tell, before, files)
    server.finish(lambda: cli.main(words))


if __name__ == "__main__":
    main()
