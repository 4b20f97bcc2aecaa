"""What is said of a process that a signal has ended: such a process cannot say anything itself."""

import signal

from pipeline.errors.author import AuthorError

MEMORY = "`snakemake … -c1` makes one thing at a time; a module may compute in smaller batches"
CRASHES = {signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE, signal.SIGABRT, signal.SIGTRAP, signal.SIGSYS}
# A limit of the system's that the process has passed: what is said of it, and what to try.
LIMITS = {
    int(signal.SIGXCPU): (": it took more processor time than it may", "look for a loop without an end"),
    int(signal.SIGXFSZ): (": it wrote a larger file than it may", "something repeats without end"),
}


def in_words(number: int, what: str = "it", *step: str) -> AuthorError:
    """The error of a process that a signal has ended.

    number : the signal's; what : the process's name; step : of a step of the pipeline, its words after `python -m`.
    """
    if number == signal.SIGKILL:
        return AuthorError(f"the system killed {what} (signal 9), most likely because memory ran out", MEMORY)
    name = signal.Signals(number).name if number in set(signal.Signals) else f"signal {number}"
    if number in CRASHES:
        where = f"`python -X faulthandler -m {' '.join(step)}` shows where" if step else None
        return AuthorError(f"{what} crashed ({name})", where)
    why, hint = LIMITS.get(number, ("", "build again"))
    return AuthorError(f"the system ended {what} ({name}){why}", hint)
