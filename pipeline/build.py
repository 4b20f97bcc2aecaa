"""Builds as snakemake does, in a process that stays alive: python -m pipeline.build <targets> [options of snakemake's].

That process is of this folder and this environment, and ends by itself. Where there can be none, Snakemake builds here.
"""

import _socket
import fcntl
import hashlib
import os
import resource
import signal
import sys
from contextlib import suppress

from pipeline.engine.client import ADDRESS, LONGEST, ask, sources, status
from pipeline.project.environ import PYTHON, begin_again, settle

FOLDER = ".snakemake/warm"
BEGUN = b"begun"
# What says where a command was typed, not how anything is made; a build is told it all the same.
TYPED = {"_", "PWD", "OLDPWD", "SHLVL", "COLUMNS", "LINES", "TEX_SECONDS", "PYTEST_CURRENT_TEST", ADDRESS.decode()}


def identity() -> str:
    """The name of the process that can serve this one: the code that it has imported and all that it was born with,
    hashed."""
    os.umask(umask := os.umask(0o077))
    environment = sorted((name, value) for name, value in os.environ.items() if name not in TYPED)
    limits = [resource.getrlimit(getattr(resource, name)) for name in dir(resource) if name.startswith("RLIMIT_")]
    packages = [(path, os.stat(path).st_mtime_ns) for path in sys.path[1:] if os.path.isdir(path)]
    return hashlib.sha256(repr((sources(), packages, environment, limits, umask)).encode()).hexdigest()[:16]


def connect(words: list[str]) -> _socket.socket | None:
    """The connection to the process that stays, which builds; None where there can be none."""
    address = f"{FOLDER}/{identity()}"
    try:
        os.makedirs(FOLDER, mode=0o700, exist_ok=True)
        if server := ask(address, words):
            return server
        with open(f"{FOLDER}/lock", "w", encoding="utf-8") as lock:  # two begin one
            fcntl.flock(lock, fcntl.LOCK_EX)
            if server := ask(address, words):
                return server
            begin(address)
            return ask(address, words)
    except OSError:
        return None


def begin(address: str) -> None:
    """Starts a process that stays; who connects before it has imported anything waits."""
    import socket
    import subprocess  # neither is needed where it runs

    with suppress(FileNotFoundError):
        os.unlink(address)  # of one that was killed
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(address)
        listener.listen()
        command = [*PYTHON, "-m", "pipeline.engine.warm", address, str(listener.fileno())]
        no = subprocess.DEVNULL
        subprocess.Popen(command, stdin=no, stdout=no, stderr=no, start_new_session=True, pass_fds=[listener.fileno()])


def main() -> None:
    words = sys.argv[1:]
    begin_again("-m", "pipeline.build", *words)
    settle()
    if server := connect(words):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda number, _: server.send(str(number).encode()))
        if server.recv(LONGEST) == BEGUN:
            sys.exit(status(server.recv(LONGEST)))
    os.execv(sys.executable, [*PYTHON, "-m", "snakemake", *words])


if __name__ == "__main__":
    main()
