"""What is said of a process that a signal ended, since it said nothing itself."""

import signal

from pipeline.errors.author import AuthorError

MEMORY = "`snakemake … -c1` makes one thing at a time; a module may compute in smaller batches"
CRASHES = {signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE, signal.SIGABRT, signal.SIGTRAP, signal.SIGSYS}


def in_words(number: int, what: str = "it", *step: str) -> AuthorError:
    """The error of a process, called `what`, that this signal has ended; `step` is the command line of one of the pipeline's own."""
    if number == signal.SIGKILL:
        return AuthorError(f"the system killed {what} (signal 9), most often for want of memory", MEMORY)
    name = signal.Signals(number).name if number in set(signal.Signals) else f"signal {number}"
    if number == signal.SIGXCPU:
        return AuthorError(f"the system ended {what} ({name}): it took more processor time than it may", "look for a loop without an end")
    if number == signal.SIGXFSZ:
        return AuthorError(f"the system ended {what} ({name}): it wrote a larger file than it may", "something repeats without end")
    if number in CRASHES:
        return AuthorError(f"{what} crashed ({name})", f"`python -X faulthandler -m {' '.join(step)}` shows where" if step else None)
    return AuthorError(f"the system ended {what} ({name})", "build again")
