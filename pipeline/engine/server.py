"""A server that lives as long as a build and forks a process for each of its jobs: what a step imports is imported
once.

A job has its client's arguments, folder, environment, process group and files, and is killed when its client goes away;
the server ends with its parent, however that ends. Where a file of pipeline/ is no longer what it was, the client runs
the step itself.
"""

import atexit
import gc
import importlib
import marshal
import os
import runpy
import selectors
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from pipeline.engine.client import ADDRESS, REFUSED, sources
from pipeline.files import remove
from pipeline.project import modules
from pipeline.project.environ import HASHES, PYTHON
from pipeline.records.versions import versions

# What is slow to import is imported in servers of its own: who asks for other steps does not pay for it.
HEAVY = {"train": "torch", "tables": "torch", "preview": "matplotlib"}
ALSO = {
    "tables": ["pipeline.models"],
    "figure": ["pipeline.plots.layers", "numpy.ma"],
}  # what a step imports only where it is needed, and mostly is
# What Snakemake tells a job of one core, and libraries read when they are imported.
THREADS = [
    f"{name}_THREADS" for name in ("OMP_NUM", "GOTO_NUM", "OPENBLAS_NUM", "MKL_NUM", "VECLIB_MAXIMUM", "NUMEXPR_NUM")
]
LONGEST = 1 << 20  # bytes of a request
running: list[str | Path] = []  # the address of this process's server, if it has one
life: list[socket.socket] = []  # what tells the server that this process lives, until it ends
POSSIBLE = hasattr(os, "pidfd_open")  # elsewhere than in Linux each step starts by itself

Handler = Callable[[int, FrameType | None], Any] | int | None  # of a signal
Events = list[tuple[selectors.SelectorKey, int]]


def attach(files: Iterable[int]) -> None:
    """Makes these the standard files, buffered as in a fresh process."""
    for file, standard in zip(files, range(3), strict=True):
        os.dup2(file, standard)
        os.close(file)
    encoding = sys.stdout.encoding
    sys.stdout = open(1, "w", encoding=encoding, errors=sys.stdout.errors, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", 1, encoding=encoding, errors=sys.stderr.errors, closefd=False)  # noqa: SIM115


def finish(main: Callable[[], object]) -> NoReturn:
    """Calls main(), and ends the process as the interpreter would, without taking apart what was imported: for torch,
    0.2 s."""
    status = 0
    try:
        main()
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:
        sys.excepthook(*sys.exc_info())
        status = 1
    atexit._run_exitfuncs()
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


class Server:
    """Forks a process for each request; serve() returns only there, with the words of the request."""

    def __init__(self, interrupt: Handler = None) -> None:
        self.selector, self.sources = selectors.DefaultSelector(), sources()
        self.jobs: dict[socket.socket, int] = {}  # {connection: process}
        self.interrupt = interrupt or signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch(self, file: socket.socket | int, react: Callable[[Any], list[str] | None]) -> None:
        self.selector.register(file, selectors.EVENT_READ, react)

    def serve(self) -> list[str]:
        while True:
            for key, _ in self.select():
                if words := key.data(key.fileobj):
                    return words

    def select(self) -> Events:
        return self.selector.select()

    def accept(self, listener: socket.socket) -> None:
        self.watch(listener.accept()[0], self.asked)

    def receive(self, connection: socket.socket) -> tuple[bytes, list[int]]:
        """(request, files); nothing where the other end has gone."""
        with suppress(ConnectionError):
            return socket.recv_fds(connection, LONGEST, 4)[:2]
        return b"", []

    def asked(self, connection: socket.socket) -> list[str] | None:
        request, files = self.receive(connection)
        if request:
            return self.start(connection, request, files)
        self.hung_up(connection)
        return None

    def hung_up(self, connection: socket.socket) -> None:
        self.selector.unregister(connection)
        connection.close()
        if connection in self.jobs:
            self.end(self.jobs[connection])

    def fork(self, connection: socket.socket, request: bytes, files: list[int]) -> list[str] | None:
        """Forks; in the child, the words of the request."""
        words, folder, environment = marshal.loads(request)
        if process := os.fork():
            self.jobs[connection] = process
            self.watch(os.pidfd_open(process), lambda descriptor: self.ended(descriptor, connection))
            self.close(files)
            return None
        self.group(connection)
        signal.signal(signal.SIGINT, self.interrupt)
        attach(files)
        os.chdir(folder)
        os.environ.clear()
        os.environb.update(environment)
        return words

    def ended(self, descriptor: int, connection: socket.socket) -> None:
        """Tells the client how its job ended."""
        self.selector.unregister(descriptor)
        self.close([descriptor])
        _, status = os.waitpid(self.jobs.pop(connection), 0)
        with suppress(OSError):
            connection.send(str(os.waitstatus_to_exitcode(status)).encode())

    def end(self, process: int) -> None:
        """Kills a process and its children."""
        from pipeline.tex.run import end  # rarely needed

        with suppress(Exception):  # it has ended
            end(process)

    def group(self, connection: socket.socket) -> None:
        """A process joins its client's process group, so that Ctrl-C and a group's kill reach it."""
        client, *_ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        with suppress(OSError):  # the client has gone
            os.setpgid(0, os.getpgid(client))

    def start(self, connection: socket.socket, request: bytes, files: list[int]) -> list[str] | None:
        """Begins a job; in its own process, the words of the request."""
        raise NotImplementedError

    def refuse(self, connection: socket.socket, files: Iterable[int]) -> list[str] | None:
        """Has the client run its step itself."""
        connection.send(REFUSED)
        self.close(files)
        return None

    @staticmethod
    def close(files: Iterable[int]) -> None:
        for file in files:
            os.close(file)


class Steps(Server):
    """Runs steps. parent : a socket whose other end its parent holds; package : the heavy one that it has imported, if
    any."""

    def __init__(self, parent: socket.socket, package: str | None = None, interrupt: Handler = None) -> None:
        super().__init__(interrupt)
        self.package = package
        self.others: dict[str, socket.socket] = {}  # {package: the socket to its server}
        self.watch(parent, self.told)

    def told(self, parent: socket.socket) -> list[str] | None:
        """A request passed on by the parent, or the parent's end."""
        request, files = self.receive(parent)
        if not request:
            for process in self.jobs.values():
                self.end(process)
            os._exit(0)
        connection = socket.socket(fileno=files.pop(0))
        self.watch(connection, self.asked)
        return self.start(connection, request, files)

    def start(self, connection: socket.socket, request: bytes, files: list[int]) -> list[str] | None:
        (step, *_), folder, _ = marshal.loads(request)
        package = HEAVY.get(step)
        if sources() != self.sources or folder != os.getcwd():
            return self.refuse(connection, files)
        if package is None or package == self.package:
            return self.fork(connection, request, files) if self.load(step) else self.refuse(connection, files)
        if package not in self.others:
            self.others[package], there = socket.socketpair(type=socket.SOCK_SEQPACKET)
            if not os.fork():
                # What it keeps open nobody would see the end of.
                self.close([self.others[package].detach(), connection.detach(), *files])
                return Steps(there, package, self.interrupt).serve()
            there.close()
        try:
            socket.send_fds(self.others[package], [request], [connection.fileno(), *files])
        except OSError:  # the system has killed it
            self.others.pop(package).close()
            return self.refuse(connection, files)
        self.selector.unregister(connection)
        connection.close()
        self.close(files)
        return None

    def load(self, step: str) -> bool:
        """Whether a step could be imported; where not, its own process says so."""
        for name in (f"pipeline.{step}", *ALSO.get(step, ())):
            if name not in sys.modules:
                with suppress(Exception):
                    importlib.import_module(name)
        gc.freeze()  # what is not collected is not copied
        return f"pipeline.{step}" in sys.modules


def listen(path: Path) -> socket.socket:
    """A socket in a folder that nobody else can enter."""
    Path(path).parent.mkdir(mode=0o700, parents=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listener.bind(str(path))
    listener.listen(100)
    return listener


def start(folder: Path) -> None:
    """Starts the server of this process, its socket in a new folder, for all steps that its children run; there may be
    one already."""
    if running or not POSSIBLE:
        return
    try:
        listener = listen(folder / "steps")
    except OSError:  # too long a path, or a disk without sockets
        return
    here, there = socket.socketpair(type=socket.SOCK_SEQPACKET)
    life.append(here)
    with there, listener:
        files = there.fileno(), listener.fileno()
        command = [*PYTHON, "-m", "pipeline.engine.server", *map(str, files)]
        environment = os.environ | dict.fromkeys(THREADS, "1") | {HASHES: "0"}
        subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, pass_fds=files)
    serve_by(folder / "steps")
    atexit.register(remove, folder)


def serve_by(address: str | Path) -> None:
    """Has the steps that this process's children run served at an address."""
    running.append(address)
    os.environ[ADDRESS.decode()] = str(address)


def main() -> None:
    for file in sys.argv[1:]:
        os.set_inheritable(int(file), False)
    parent, listener = (socket.socket(fileno=int(file)) for file in sys.argv[1:])
    modules.remember()
    versions(map(str, Path("pipeline").rglob("*.py")))  # what they import, asked once a build
    server = Steps(parent)
    server.watch(listener, server.accept)
    step, *words = server.serve()
    os.environ.pop(ADDRESS.decode(), None)
    sys.argv = [step, *words]
    Path("/proc/self/comm").write_text(step, encoding="utf-8")  # what `top` calls it
    sys.modules.pop(f"pipeline.{step}", None)  # it runs as a program, not as the module that was imported
    finish(lambda: runpy.run_module(f"pipeline.{step}", run_name="__main__", alter_sys=True))


if __name__ == "__main__":
    main()
