"""A process that has imported Snakemake and forks one for each call, which so begins 0.6 s earlier: python
tests/zygote.py.

It reads a line of JSON a call, [folder, environment, arguments, file for stdout, file for stderr], and answers with the
exit status. It has imported nothing of the pipeline's: each call has that of its own folder.
"""

import json
import os
import sys

from snakemake import cli

sys.path[0] = ""  # as `python -m snakemake` has it
cli.get_argument_parser()  # imports all plugins


def main():
    for line in sys.stdin:
        folder, environment, arguments, *files = json.loads(line)
        child = os.fork()
        if not child:
            return call(folder, environment, arguments, files)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def call(folder, environment, arguments, files):
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[1:1] = filter(None, environment.get("PYTHONPATH", "").split(os.pathsep))  # as Python has it at its start
    for number, path in zip((0, 1, 2), (os.devnull, *files), strict=True):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT), number)
    sys.argv = ["snakemake", *arguments]
    cli.main(arguments)


if __name__ == "__main__":
    main()
