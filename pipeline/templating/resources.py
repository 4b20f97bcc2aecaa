"""Limits of time and memory for what is rendered from a template, which may have no end."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors.author import AuthorError

SECONDS = 30  # of processor time
MEMORY = 1_000_000_000  # bytes, on top of what the process has already
GRACE = 5  # s: where Python does not stop in time, the system ends it this much later
END = "look for a loop or a text that grows without end; what is computed belongs into the figure's module"


def address_space() -> int:
    """Bytes of this process's address space; 0 where the system does not tell."""
    pages = Path("/proc/self/statm")
    return int(pages.read_text(encoding="ascii").split()[0]) * resource.getpagesize() if pages.is_file() else 0


@contextmanager
def soft(kind: int, most: int) -> Iterator[None]:
    """In the block, limits a resource (RLIMIT_…) of this process to `most`, unless its limit is lower already."""
    before, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (min([most, *(old for old in (before, hard) if old != resource.RLIM_INFINITY)]), hard))
    try:
        yield
    finally:
        resource.setrlimit(kind, (before, hard))


@contextmanager
def limited() -> Iterator[None]:
    """Raises an AuthorError where the block takes more time or memory than it may.

    Where Python cannot interrupt what it is doing, the system ends the process.
    """

    def late(*_: object) -> None:
        raise AuthorError(f"takes longer than {SECONDS} s", END)

    used = resource.getrusage(resource.RUSAGE_SELF)
    before = signal.signal(signal.SIGVTALRM, late)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS, 1)
        with (
            soft(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + SECONDS + GRACE),
            soft(resource.RLIMIT_AS, address_space() + MEMORY),
        ):
            yield
    except MemoryError as error:
        told = AuthorError(f"takes more than {MEMORY // 10**9} GB of memory", END)
        raise told.with_traceback(error.__traceback__) from None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
