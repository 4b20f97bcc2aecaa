"""What is said of a step that a signal ended, since it said nothing itself: python -m pipeline.engine.ended <signal>
pipeline.<step> …"""

import sys

from pipeline.cli import parse, subject
from pipeline.engine.client import SERVER, status
from pipeline.engine.stages import options
from pipeline.errors.author import AuthorError
from pipeline.errors.signals import MEMORY, in_words
from pipeline.errors.telling import block

GONE = "the server of this build's jobs has gone: the system killed it, most likely because memory ran out"


def main() -> None:
    number, module, *words = sys.argv[1:]
    step = module.removeprefix("pipeline.")
    arguments, root = parse(step, options(step), words=words)
    error = AuthorError(GONE, MEMORY) if int(number) == -SERVER else in_words(int(number), "it", module, *words)
    print(block(error, subject(options(step), arguments, root), None), file=sys.stderr)
    sys.exit(status(f"-{number}") if int(number) != -SERVER else 1)


if __name__ == "__main__":
    main()
