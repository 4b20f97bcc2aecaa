"""What a build says while it runs: a line a job as it ends, a bar where there are more of them than the terminal has
lines, and what was made.

Snakemake tells its logger of events; this is a handler of them as its interface for logger plugins has it. It takes the
place of Snakemake's own, which `-p` (`--printshellcmds`), `--verbose` and `--logger` bring back, and whose words are
kept in `.snakemake/log` in any case. It is no package that Snakemake looks for: such a one would have to be installed
in each environment, and each command would import it, and rich with it. So it comes with the Snakefile.
"""

import logging
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from snakemake.logging import ColorizingTextHandler, logger
from snakemake_interface_logger_plugins.base import LogHandlerBase
from snakemake_interface_logger_plugins.common import LogEvent

from pipeline.engine.made import described

WIDE = 100  # columns, where nobody tells
STYLES = {"dim": "2", "good": "32", "bad": "31", "loud": "1"}  # the terminal's own colours
# What Snakemake says in whole sentences of a build, and is told here otherwise, or is of no use: by the function that
# says it.
PASSED = {"execute", "execute_workflow", "schedule", "_build_dag", "logfile_hint", "log_workflow_runtime", "cleanup",
          "log_provenance_info", "log_metadata_info", "print_reasons", "log_info"}  # fmt: skip
NOTHING = "Nothing to be done"
AT_LEAST_ONE = "At least one job did not complete"
STAGE = "Target rules may not contain wildcards"
SUBJECTS = ("model", "figure", "chapter")
# Why a job would run, in a word or two; Snakemake's own words, which `python -m pipeline.why` reads in full.
REASONS = (
    ("Forced|--force", "asked for"),
    ("Missing output", "is missing"),
    ("Set of input|Params|Code|Software", "has changed"),
    ("Updated input", "what it is made of has changed"),
    ("Input files updated by another", "follows"),
    ("Incomplete", "was interrupted"),
)


def duration(seconds: float) -> str:
    """0.4 s, 12 s, 3 min 20 s."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, seconds = divmod(round(seconds), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def counted(number: int, what: str) -> str:
    """1 figure, 2 figures."""
    plural = what if what.endswith("s") else f"{what}s"
    return f"{number} {what if number == 1 else plural}"


def stage_of(rule: str) -> str:
    """The stage of a rule: rules are called as their stage, and perhaps what they make one of: book_edition."""
    return rule.split("_")[0]


def fitted(name: str, room: int) -> str:
    """A name in no more than `room` columns, its end kept."""
    return name if len(name) <= room else f"{name[: room // 2 - 1]}…{name[len(name) - (room - room // 2) :]}"


class Terminal(LogHandlerBase):
    """Writes what a build says.

    outputs : whether the rule of a name makes files; only those are jobs that an author knows.
    """

    writes_to_stream, writes_to_file = True, False
    has_filter, has_formatter, needs_rulegraph = True, True, False

    def __init__(self, settings: Any, outputs: Callable[[str], bool]) -> None:
        super().__init__(settings, None)
        self.outputs, self.dry = outputs, settings.dryrun
        self.stream = sys.stdout if settings.stdout else sys.stderr
        self.is_terminal = self.stream.isatty() and os.environ.get("TERM") != "dumb"
        self.colours = self.is_terminal and not settings.nocolor and not os.environ.get("NO_COLOR")
        self.begun, self.jobs = time.monotonic(), {}  # type: float, dict[int, dict[str, Any]]
        self.planned, self.ended, self.bar = 0, Counter[str](), None  # type: int, Counter[str], Any
        self.made, self.failed = [], []  # type: list[str], list[Mapping[str, Any]]
        self.stopped = False

    @property
    def width(self) -> int:
        """Columns; lines are never broken where they go to a file or to another program."""
        with suppress(OSError):
            return os.get_terminal_size(self.stream.fileno()).columns or WIDE
        return WIDE

    @property
    def height(self) -> int:
        with suppress(OSError):
            return os.get_terminal_size(self.stream.fileno()).lines
        return 24

    def styled(self, text: str, style: str | None) -> str:
        return f"\033[{STYLES[style]}m{text}\033[0m" if style and text and self.colours else text

    def say(self, *parts: str | tuple[str, str]) -> None:
        """Writes a line of parts, each a text, or a text and its style."""
        line = "".join(self.styled(*part) if isinstance(part, tuple) else part for part in parts)
        if self.bar:
            from rich.text import Text

            self.bar.console.print(Text.from_ansi(line), soft_wrap=True)
        else:
            clear = "\r\033[K" if self.is_terminal else ""  # a training's line may stand there
            print(f"{clear}{line}", file=self.stream, flush=True)

    def emit(self, record: logging.LogRecord) -> None:
        """One of Snakemake's events, or one of its sentences."""
        event = getattr(record, "event", None)
        try:
            if event in self.EVENTS:
                self.EVENTS[event](self, vars(record))
            elif record.levelno >= logging.WARNING:
                self.sentence(record.getMessage(), "error" if record.levelno >= logging.ERROR else "note")
            elif event is None and record.levelno == logging.INFO:
                self.said(record)
        except BrokenPipeError:
            raise
        except Exception:
            self.handleError(record)

    def said(self, record: logging.LogRecord) -> None:
        """A sentence: what a command that builds nothing, such as --unlock, has to say."""
        text = record.getMessage()
        if text.startswith(NOTHING):
            self.say(NOTHING)
        elif text.startswith("Terminating"):
            self.finish()
            self.stopped = True
            self.say("stopped: the next command goes on from what is whole")
        elif record.funcName not in PASSED and not text.startswith("Removing output"):
            self.say(text)

    def sentence(self, text: str, kind: str) -> None:
        """An error or a warning of Snakemake's own, without the name of its exception and what stands around it."""
        if AT_LEAST_ONE in text or text.startswith("Exiting because"):
            return
        self.finish()
        if STAGE in text:
            text = "this is the name of a stage, which makes many things\n" \
                   "try     'figures', 'tables', 'book' or one of those that `snakemake --list` shows"  # fmt: skip
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and re.fullmatch(r"\w+(Exception|Error)( in .*)?:", lines[0]):
            del lines[0]
        self.say((f"{kind}: ", "bad" if kind == "error" else "loud"), "\n  ".join(lines))

    def tell(self, lines: Iterable[str]) -> None:
        """Writes what is said at the end of a build: notes, faults, what to mend."""
        self.finish()
        for line in "\n".join(lines).splitlines():
            kind = re.match("(error|note|to mend): ", line)
            style = "bad" if line.startswith("error") else "loud"
            self.say((kind[0], style), line[kind.end() :]) if kind else self.say(line)

    def error(self, event: Mapping[str, Any]) -> None:
        if "CalledProcessError in " not in event["msg"]:  # of a job, which has failed and said why
            self.sentence(event["msg"], "error")

    def plan(self, event: Mapping[str, Any]) -> None:
        """How many jobs there are; Snakemake says so before a build, and before a dry run and after it."""
        counts = {rule: n for rule, n in event["stats"].items() if rule != "total" and self.outputs(rule)}
        self.planned = sum(counts.values())
        if self.dry and self.jobs:
            stages: Counter[str] = Counter()
            for rule, number in counts.items():
                stages[stage_of(rule)] += number
            self.say()
            self.say((counted(self.planned, "job"), "loud"), f" would run: {listed(stages)}")
        elif not self.dry and self.is_terminal and not os.environ.get("CI") and self.planned > self.height:
            self.show_bar()

    def show_bar(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        console = Console(file=self.stream, width=self.width, no_color=not self.colours, highlight=False)
        columns = (BarColumn(None), MofNCompleteColumn(), TimeRemainingColumn(compact=True))
        self.bar = Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False,
                            refresh_per_second=2, expand=True)  # fmt: skip
        self.bar.add_task("", total=self.planned)
        self.bar.start()

    def begin(self, event: Mapping[str, Any]) -> None:
        """A job begins or, in a dry run, would."""
        if not self.outputs(event["rule_name"]):
            return
        self.jobs[event["jobid"]] = {**event, "began": time.monotonic()}
        if self.dry:
            why = next((word for pattern, word in REASONS if re.search(pattern, event["reason"])), "")
            self.say(*self.row(event, why))

    def row(self, job: Mapping[str, Any], last: str, style: str = "dim") -> list[str | tuple[str, str]]:
        """A job's line: its stage, what it makes, its edition, and how long that took, or why."""
        words = job["wildcards"]
        names = [words[subject] for subject in SUBJECTS if subject in words]
        end = f" ({words['edition']})" if "edition" in words else ""
        if going := re.search(r", going on .*", job["rule_msg"] or ""):
            end += going[0]
        stage = stage_of(job["rule_name"])
        name = " ".join(names)
        if self.is_terminal:
            name = fitted(name, max(self.width - len(f"{stage:<9} {end}  {last}") - 1, 12))
        return [(f"{stage:<9} ", "dim"), f"{name}{end}".strip(), ("  " + last, style)]

    def end(self, event: Mapping[str, Any]) -> None:
        if job := self.jobs.pop(event["job_id"], None):
            self.made += job["output"]
            self.after(job, duration(time.monotonic() - job["began"]), "dim")

    def fail(self, event: Mapping[str, Any]) -> None:
        if job := self.jobs.pop(event["jobid"], None):
            self.failed.append(job)
            self.after(job, "failed", "bad")

    def unexplained(self) -> list[str]:
        """What is said of jobs that have failed where no log tells of an error; nothing where the author has stopped
        them."""
        if self.stopped:
            return []
        named = [("".join(part if isinstance(part, str) else part[0] for part in self.row(job, "failed")), job["log"])
                 for job in self.failed]  # fmt: skip
        return [line for row, log in named for line in ("", f"error: {' '.join(row.split())}", f"  log     {log[0]}")]

    def after(self, job: Mapping[str, Any], last: str, style: str) -> None:
        self.ended["failed" if last == "failed" else stage_of(job["rule_name"])] += 1
        self.say(*self.row(job, last, style))
        if self.bar:
            self.bar.advance(self.bar.task_ids[0])

    def finish(self) -> None:
        """Takes the bar away."""
        if self.bar:
            self.bar.stop()
            self.bar = None

    def sum_up(self) -> None:
        """After the last job: what was made, and how much it was."""
        self.finish()
        rows = described(self.made)
        if rows:
            self.say()
            widths = [max(len(row[column]) for row in rows) for column in range(3)]
            broken = self.is_terminal and sum(widths) + 4 >= self.width
            for path, *rest in rows:
                rest = [f"{text:>{width}}" for text, width in zip(rest, widths[1:], strict=True)]
                if broken:
                    self.say((path, "good"))
                    self.say("  ", "  ".join(rest))
                else:
                    self.say((f"{path:<{widths[0]}}", "good"), "  ", "  ".join(rest).rstrip())
        number = sum(self.ended.values())
        took = duration(time.monotonic() - self.begun)
        failed = f", {self.ended['failed']} failed" if self.ended["failed"] else ""
        if number:
            self.say((f"{counted(number, 'job')} in {took}{failed}", "dim"))

    EVENTS: Mapping[Any, Callable[..., None]] = {
        LogEvent.ERROR: error, LogEvent.RUN_INFO: plan, LogEvent.JOB_INFO: begin, LogEvent.JOB_FINISHED: end,
        LogEvent.JOB_ERROR: fail,
    }  # fmt: skip


def listed(stages: Mapping[str, int]) -> str:
    """contents, 4 × figure."""
    return ", ".join(stage if number == 1 else f"{number} × {stage}" for stage, number in stages.items())


def take_over(settings: Any, main: bool, outputs: Callable[[str], bool]) -> Terminal | None:
    """Puts a Terminal in the place of Snakemake's own handler; None where its own form was asked for, or a plugin's, or
    where this is a job of another Snakemake's."""
    own = [handler for handler in logger.handlers if isinstance(handler, ColorizingTextHandler)]
    if not main or not own or settings.printshellcmds or settings.verbose or settings.debug_dag:
        return None
    for handler in own:
        logger.removeHandler(handler)
    terminal = Terminal(settings, outputs)
    logger.addHandler(terminal)
    return terminal
