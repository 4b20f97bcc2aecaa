"""Builds as snakemake does, by a process that stays alive and begins at once.

It takes targets and the options of snakemake's. The process is of this folder and this environment, and ends by
itself. Where there can be none, Snakemake builds here.
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
from pipeline.project.paths import usual

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


def help_asked(words: list[str]) -> None:
    """Prints what this command takes, and ends the process."""
    from pipeline.cli import FOLDER, Parser, closing  # slow to import

    parser = Parser("build", __doc__)
    parser.add_argument("target", nargs="*", metavar="TARGET", help="as `snakemake --list` shows them (default: all)")
    parser.add_argument("--book", metavar="FOLDER", default=usual(), help=FOLDER)
    parser.epilog = f"all other options are Snakemake's\n\n{closing('build', ['target'], words)}"
    parser.parse_args(["--help"])


def for_snakemake(words: list[str]) -> list[str]:
    """The words as Snakemake has them, which is told of the book's folder last: --config takes what follows it."""
    found, last, rest = list[str](), list[str](), iter(words)
    for word in rest:
        if word == "--book" or word.startswith("--book="):
            last = ["--config", f"book={word.partition('=')[2] or next(rest, '')}"]
        else:
            found.append(word)
    return found + last


def main() -> None:
    if {"-h", "--help"} & {*sys.argv[1:]}:
        help_asked(sys.argv[1:])
    words = for_snakemake(sys.argv[1:])
    begin_again("-m", "pipeline.build", *sys.argv[1:])
    settle()
    if server := connect(words):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda number, _: server.send(str(number).encode()))
        if server.recv(LONGEST) == BEGUN:
            sys.exit(status(server.recv(LONGEST)))
    os.execv(sys.executable, [*PYTHON, "-m", "snakemake", *words])


if __name__ == "__main__":
    main()
