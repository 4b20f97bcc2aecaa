"""Snakemake as our own commands start it: it does not say whose profile it uses, which here is always the project's.

python -m pipeline.engine.quiet TARGET …
"""

import re
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr
from io import StringIO
from typing import NoReturn

from snakemake import cli
from snakemake.exceptions import print_exception

PROFILE = re.compile(r"^Using workflow specific profile .*\n", re.MULTILINE)  # printed while words are parsed, always


def main(words: Sequence[str]) -> NoReturn:
    """What `snakemake` does with these words."""
    said = StringIO()
    try:
        try:
            with redirect_stderr(said):
                parser, args = cli.parse_args(words)
        finally:
            print(PROFILE.sub("", said.getvalue()), end="", file=sys.stderr)
        good = cli.args_to_api(args, parser)
    except Exception as error:
        print_exception(error)
        good = False
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main(sys.argv[1:])
