"""Does what a document's steps say, in a folder."""

import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from steps import Fault, Piece, Shell, Step

SECONDS = 900  # a fence may take
MARK = "\x1e"  # stands between what the commands of a fence print
MEASURED = re.compile(r"\d[\d.,]*(?= (?:s|ms|min|KB|MB|GB)\b)")  # times and sizes differ from machine to machine
NOBODY = {
    f"GIT_{role}_{key}": value
    for role in ("AUTHOR", "COMMITTER")
    for key, value in {"NAME": "Nobody", "EMAIL": "nobody@example.org"}.items()
}


def surroundings(root: Path) -> dict[str, str]:
    """The environment of a reader who has activated .venv, and types nothing else."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHON", "GIT_"))}
    hooks = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.hooksPath", "GIT_CONFIG_VALUE_0": ""}
    path = f"{root / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"
    own = {"PYTHONPATH": str(root)}  # the environment may be that of another copy, and would bring its pipeline
    return ours | NOBODY | hooks | own | {"VIRTUAL_ENV": str(root / ".venv"), "PATH": path}


def run(step: Shell, root: Path) -> None:
    """Runs the commands of a fence in one shell, and looks at what they print."""
    script = ""
    for command in step.commands:
        wrong = "-eq" if command.fails else "-ne"
        script += f"{command.text}\n_status=$?; printf '\\n{MARK}%s\\n' $_status; [ $_status {wrong} 0 ] && exit 0\n"
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        pipes = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": subprocess.STDOUT}
        shell = subprocess.Popen(
            ["bash", "-c", script], cwd=root, env=surroundings(root), start_new_session=True, **pipes
        )
        try:
            shell.wait(SECONDS)
        except BaseException as error:
            with suppress(ProcessLookupError):
                os.killpg(shell.pid, signal.SIGKILL)
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
        output.seek(0)
        parts = re.split(rf"\n?{MARK}(\d+)\n", output.read())
    printed = parts[::2]  # and, between them, how each command ended
    for command, text, status in zip(step.commands, printed, [*parts[1::2], None], strict=False):
        first = command.text.splitlines()[0]
        if status is None:
            raise Fault(command.line, f"this did not end within {SECONDS} s, or ended the shell: {first}", text)
        if (status == "0") == command.fails:
            said = "this was to fail" if command.fails else f"this ended with status {status}"
            raise Fault(command.line, f"{said}: {first}", text)
    compare(step.said, "\n".join(printed))


def pattern(line: str) -> re.Pattern[str]:
    """What fits a line of a document: `…` is anything, and what is measured any number."""
    parts = [MEASURED.sub("\0", part) for part in line.strip().split("…")]
    return re.compile(r"\s*" + ".*".join(re.escape(part).replace("\0", r"[\d.,]+") for part in parts) + r"\s*")


def compare(said: list[tuple[int, str]], printed: str) -> None:
    """Each line that is foretold occurs in what was printed, in this order."""
    lines = iter(printed.splitlines())
    for number, line in said:
        fits = pattern(line)
        if line.strip() and not any(fits.fullmatch(each) for each in lines):
            raise Fault(number, f"this was not printed, or not in this order: {line.strip()}", printed)


def write(step: Piece, root: Path) -> None:
    """Writes a file, or puts lines into one."""
    path = root / step.path
    if step.how == "whole":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.text, encoding="utf-8")
        return
    if not path.is_file():
        raise Fault(step.line, f"there is no file {step.path}")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    if step.how == "end":
        lines.append(step.text)
    else:
        places = [place for place, line in enumerate(lines) if step.words in line]
        if len(places) != 1:
            raise Fault(step.line, f"`{step.words}` stands on {len(places)} lines of {step.path}, not on one")
        first, last = places[0] + (step.how == "after"), places[0] + (step.how != "before")
        lines[first:last] = [step.text]
    path.write_text("".join(lines), encoding="utf-8")


def do(steps: list[Step], root: Path) -> Iterator[Step]:
    """Does one step after the other, each before it is handed out."""
    for step in steps:
        if isinstance(step, Shell):
            run(step, root)
        elif isinstance(step, Piece):
            write(step, root)
        yield step
