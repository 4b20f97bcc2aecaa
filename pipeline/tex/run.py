"""Runs of TeX: no shell escape, a view of what they may read, limits of time and size."""

import errno
import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from pipeline.errors.author import AuthorError, AuthorErrors
from pipeline.errors.signals import in_words
from pipeline.records.reads import aside, told
from pipeline.tex import sandbox, view

BYTES = 200_000_000  # for each file of a run, the log among them
MEMORY = 4_000_000_000  # bytes of a run; pdfTeX itself takes 0.2 GB
Explained = Callable[[str], AuthorError | AuthorErrors]  # of a job's log
Where = Callable[[str, str], str]  # of the name of a file, and a log
PK = re.compile(r"(?:dpi\d+/)?(\w+)\.\d*pk")
SPARE = 100_000  # bytes; a disk with less is full
# SOURCE_DATE_EPOCH makes equal sources give equal bytes.
ENVIRONMENT = {
    "SOURCE_DATE_EPOCH": "0",
    "FORCE_SOURCE_DATE": "1",
    "max_print_line": "1000",
    "error_line": "254",
    "half_error_line": "238",
}


def seconds() -> float:
    """How long one run may take."""
    text = os.environ.get("TEX_SECONDS", "300")
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        raise AuthorError(f"TEX_SECONDS is '{text}', not a number of seconds")
    return float(text)


def limited(command: Iterable[str]) -> list[str]:
    """A command that ends when nobody waits for it any more, and before it fills the disk or the memory."""
    wishes = {"t": (resource.RLIMIT_CPU, int(seconds()) + 10, 1), "f": (resource.RLIMIT_FSIZE, BYTES, 512)}
    if sys.platform == "linux":  # elsewhere nobody holds a process to it
        wishes["v"] = resource.RLIMIT_AS, MEMORY, 1024
    limits = []
    for option, (kind, most, unit) in wishes.items():
        _, hard = resource.getrlimit(kind)
        limits.append(
            f"ulimit -{option} {-(-most // unit) if hard == resource.RLIM_INFINITY else min(most, hard) // unit}"
        )
    return ["sh", "-c", "; ".join([*limits, 'exec "$@"']), "sh", *command]


def end(program: int) -> None:
    """Kills a program and its children, when time is up or the author interrupts."""
    import psutil  # rarely needed, and slow to import

    with suppress(psutil.NoSuchProcess):  # the same Ctrl-C has ended it
        process = psutil.Process(program)
        children = process.children(recursive=True)
        for each in (process, *children):
            with suppress(psutil.NoSuchProcess):
                each.kill()


def finish(command: list[str], folder: Path) -> tuple[int, str, view.Account]:
    """(exit status, output, Account) of a program, which stays in this process's group and so is killed with it."""
    patience = seconds()
    listened, spoken = os.pipe()
    environment = sandbox.environment() | view.ENVIRONMENT | ENVIRONMENT
    with subprocess.Popen(
        limited(command),
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=spoken,
    ) as process:
        os.close(spoken)
        account = view.Account(listened)
        try:
            output, _ = process.communicate(timeout=patience)
        except BaseException:
            end(process.pid)
            raise
    return process.returncode, output.decode(errors="replace"), account


def execute(command: list[str], seen: view.View, job: str, about: str, explained: Explained, where: Where) -> list[str]:
    """Runs a program of TeX's in a View, and returns what it opened of TeX's own.

    What it read below the book and the project is taken down. Where it fails raises explained(the job's log), or says
    what has happened to the file `about`; where it asks for what it may not read, says so at where(name, log).
    """
    if not shutil.which(command[0]):
        raise AuthorError(f"{command[0]} is not installed", "`make setup` installs it, or says how")
    log = seen.out / f"{job}.log"
    try:
        status, output, account = finish(seen.command(command), seen.folder)
    except subprocess.TimeoutExpired:
        text = log.read_text(errors="replace", encoding="utf-8") if log.is_file() else None
        hint = "look for a loop without an end; TEX_SECONDS=… before the command sets another limit"
        raise AuthorError(f"{about}: {command[0]} did not end within {seconds():g} s", hint, log=text) from None
    signal = -status if status < 0 else max(status - 128, 0)  # the second is how bubblewrap tells of a signal
    said = seen.in_repository(log.read_text(errors="replace", encoding="utf-8") if log.is_file() else output)
    seen.refuse(account, lambda name: where(name, said if status else ""))
    if status:
        if shutil.disk_usage(seen.out).free < SPARE:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if any(file.stat().st_size >= BYTES for file in seen.out.iterdir()):
            raise AuthorError(f"{about}: wrote a file of {BYTES // 10**6} MB", "something repeats without end")
        with aside():  # what explains a fault is no part of a figure
            if bitmap := PK.fullmatch(next(reversed(account.sought), "")):  # there pdfTeX ends, and its log is cut off
                raise explained(f"! Font {bitmap[1]} not found as outlines")
            raise in_words(signal, command[0]).at(about) if signal else explained(said)
    if not account.sought and sandbox.asked()["refused"]:  # it looks for the frame at the least
        raise AuthorError(
            f"{about}: {command[0]} does not tell what it reads, and nothing keeps it from reading all",
            "install bubblewrap",
        )
    told(*seen.read(account))
    return [path for path in sorted(account.opened) if os.path.isabs(path)]
