"""Lists the stages and the tools, each with what it does; or runs one: python -m pipeline why TARGET."""

import runpy
import sys

from pipeline.cli import STATUSES, SUBJECTS, command_of, refuse
from pipeline.engine.stages import STAGES, line, options, tools
from pipeline.errors.hints import nearest
from pipeline.project.environ import begin_again

WIDTH = 36  # of a command in the list


def listed(command: str) -> str:
    """A line of the list: what is typed, and what it does."""
    words = [command_of(command), *(option.upper() for option in options(command) if option in SUBJECTS)]
    return f"  {' '.join(words):{WIDTH}}{line(command)}"


def overview() -> str:
    """What `python -m pipeline` prints."""
    return "\n".join(
        [
            "Stages, in the order of a figure's way; `snakemake` runs those that are needed:",
            *map(listed, STAGES),
            "",
            "Tools:",
            *map(listed, tools()),
            "",
            "With --help each says what else it takes, and gives an example; --book names another book's folder.",
            "`snakemake --list` shows what can be built.",
            "",
            STATUSES,
        ]
    )


def main() -> None:
    command, *words = sys.argv[1:] or ["--help"]
    if command in ("-h", "--help"):
        print(overview())
    elif command in (known := [*STAGES, *tools()]):
        begin_again("-m", "pipeline", *sys.argv[1:], hashed=True)
        sys.argv = [command, *words]
        runpy.run_module(f"pipeline.{command}", run_name="__main__", alter_sys=True)
    else:
        what = "option" if command.startswith("-") else "stage or tool"
        refuse("", f"there is no {what} '{command}'", nearest(command, ["--help"] if what == "option" else known, 0.7))


if __name__ == "__main__":
    main()
