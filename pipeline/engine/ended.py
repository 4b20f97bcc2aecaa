"""What is said of a step that a signal ended, since it said nothing itself: python -m pipeline.engine.ended <signal>
pipeline.<step> …"""

import ast
import sys

from pipeline.cli import parse
from pipeline.engine.client import SERVER, status
from pipeline.errors.author import AuthorError
from pipeline.errors.signals import MEMORY, in_words
from pipeline.errors.telling import block
from pipeline.project.modules import tree_of

GONE = "the server of this build's jobs has gone: the system killed it, most likely because memory ran out"


def options(step: str) -> list[str]:
    """What a step's file gives to run()."""
    calls = (node for node in ast.walk(tree_of(f"pipeline/{step}.py")) if isinstance(node, ast.Call))
    return [
        str(each.value)
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "run"
        for each in call.args[2:]
        if isinstance(each, ast.Constant)
    ]


def main() -> None:
    number, module, *words = sys.argv[1:]
    _, _, subject = parse(options(module.removeprefix("pipeline.")), words=words)
    error = AuthorError(GONE, MEMORY) if int(number) == -SERVER else in_words(int(number), "it", module, *words)
    print(block(error, subject, None), file=sys.stderr)
    sys.exit(status(f"-{number}") if int(number) != -SERVER else 1)


if __name__ == "__main__":
    main()
