"""What is said of a step that a signal ended, since it said nothing itself: python -m pipeline.ended <signal> pipeline.<step> …"""

import ast
import signal
import sys

from pipeline.client import SERVER, status
from pipeline.closure import syntax_tree
from pipeline.errors import AuthorError, block
from pipeline.step import parse

MEMORY = "`snakemake … -c1` makes one thing at a time; a module may compute in smaller batches"
CRASHES = {signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE, signal.SIGABRT, signal.SIGTRAP, signal.SIGSYS}


def in_words(number: int, *words: str) -> AuthorError:
    """The error of a step with this command line that this signal has ended."""
    if number == -SERVER:
        return AuthorError("the server of this build's jobs has gone: the system killed it, most often for want of memory", MEMORY)
    if number == signal.SIGKILL:
        return AuthorError("the system killed it (signal 9), most often for want of memory", MEMORY)
    name = signal.Signals(number).name if number in set(signal.Signals) else f"signal {number}"
    if number == signal.SIGXCPU:
        return AuthorError(f"the system ended it ({name}): it took more processor time than it may", "look for a loop without an end")
    if number == signal.SIGXFSZ:
        return AuthorError(f"the system ended it ({name}): it wrote a larger file than it may", "something repeats without end")
    if number in CRASHES:
        return AuthorError(f"it crashed ({name})", f"`python -X faulthandler -m {' '.join(words)}` shows where")
    return AuthorError(f"the system ended it ({name})", "build again")


def options(step: str) -> list[str]:
    """What a step's file gives to run()."""
    calls = (node for node in ast.walk(syntax_tree(f"pipeline/{step}.py")) if isinstance(node, ast.Call))
    return [each.value for call in calls if isinstance(call.func, ast.Name) and call.func.id == "run" for each in call.args[2:]]


def main():
    number, module, *words = sys.argv[1:]
    _, _, subject = parse(options(module.removeprefix("pipeline.")), words=words)
    print(block(in_words(int(number), module, *words), subject, None), file=sys.stderr)
    sys.exit(status(f"-{number}") if int(number) != -SERVER else 1)


if __name__ == "__main__":
    main()
