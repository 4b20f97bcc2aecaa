"""What a build says while it runs: a line a job as it ends, a bar where there are more of them than the terminal has
lines, and what was made.

Snakemake tells its logger of events; this is a handler of them as its interface for logger plugins has it. It takes the
place of Snakemake's own, which `-p` (`--printshellcmds`), `--verbose` and `--logger` bring back, and whose words are
kept in `.snakemake/log` in any case. It is no package that Snakemake looks for: such a one would have to be installed
in each environment, and each command would import it, and rich with it. So it comes with the Snakefile.
"""

import logging
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from snakemake.logging import logger
from snakemake_interface_logger_plugins.base import LogHandlerBase
from snakemake_interface_logger_plugins.common import LogEvent

from pipeline.engine.made import described
from pipeline.engine.screen import Part, Screen, counted, duration, fitted
from pipeline.project.paths import KNOWN

NOTHING = "Nothing to be done"
PLANNING = "Building DAG", "Assuming unrestricted"  # what Snakemake says before it plans, whatever comes of it
STOPPING = "Terminating"  # what it says where the author ends a build
AT_LEAST_ONE = "At least one job did not complete"
KEPT = "Restored previous version", "Cannot restore"  # of an update(): where its job fails, the last stays, if any
STAGE = "Target rules may not contain wildcards"
SUBJECTS = ("model", "figure", "chapter")
# Why a job would run, in a word or two; Snakemake's own words, which `python -m pipeline.why` reads in full.
REASONS = (
    ("Forced|--force", "asked for"),
    ("Missing output", "is missing"),
    ("Set of input|Params|Code|Software", "has changed"),
    ("Updated input", "what it is made of has changed"),
    (rf"updated by another job: .*{re.escape(KNOWN)}/", "Snakemake's metadata are not there"),
    ("Input files updated by another", "follows"),
    ("Incomplete", "was interrupted"),
)


def stage_of(rule: str) -> str:
    """The stage of a rule: rules are called as their stage, and perhaps what they make one of: book_edition."""
    return rule.split("_")[0]


def listed(stages: Mapping[str, int]) -> str:
    """contents, 4 × figure."""
    return ", ".join(stage if number == 1 else f"{number} × {stage}" for stage, number in stages.items())


class Terminal(LogHandlerBase):
    """Writes what a build says.

    outputs : whether the rule of a name makes files; only those are jobs that an author knows.
    """

    writes_to_stream, writes_to_file = True, False
    has_filter, has_formatter, needs_rulegraph = True, True, False

    def __init__(self, settings: Any, outputs: Callable[[str], bool]) -> None:
        super().__init__(settings, None)
        self.outputs, self.dry = outputs, settings.dryrun
        self.screen = Screen(sys.stdout if settings.stdout else sys.stderr, not settings.nocolor)
        self.begun = time.monotonic()
        self.jobs: dict[int, dict[str, Any]] = {}  # that run; of a dry run, all
        self.ended = 0  # jobs, well
        self.made: list[str] = []
        self.failed: list[Mapping[str, Any]] = []
        self.asides: list[str] | None = []  # Snakemake's sentences, as long as this may be no build
        self.stopped = False

    def emit(self, record: logging.LogRecord) -> None:
        """One of Snakemake's events, or one of its sentences."""
        event = getattr(record, "event", None)
        try:
            if event in self.EVENTS:
                self.asides = None
                self.EVENTS[event](self, vars(record))
            elif record.levelno >= logging.WARNING:
                self.sentence(record.getMessage(), "error" if record.levelno >= logging.ERROR else "note")
            elif event is None and record.levelno == logging.INFO:
                self.aside(record.getMessage())
        except BrokenPipeError:
            raise
        except Exception:
            self.handleError(record)

    def close(self) -> None:
        """At the end: what a command that builds nothing, such as --unlock, has said."""
        for text in self.asides or ():
            self.screen.say(text)
        super().close()

    def aside(self, text: str) -> None:
        """A sentence that is neither error nor warning: of a build, all that matters is told otherwise."""
        if text.startswith(NOTHING):
            self.asides = None
            self.screen.say(NOTHING)
        elif text.startswith(STOPPING):
            self.screen.hide_bar()
            self.stopped = True
            self.screen.say("stopped: the next command goes on from what is whole")
        elif self.asides is not None and not text.startswith(PLANNING):
            self.asides.append(text)

    def sentence(self, text: str, kind: str) -> None:
        """An error or a warning of Snakemake's own, without the name of its exception and what stands around it."""
        if AT_LEAST_ONE in text or text.startswith(("Exiting because", *KEPT)):
            return
        if kind == "error":
            self.asides = None
        self.screen.hide_bar()
        if STAGE in text:
            text = "this is the name of a stage, which makes many things\n" \
                   "try     'figures', 'tables', 'book' or one of those that `snakemake --list` shows"  # fmt: skip
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and re.fullmatch(r"\w+(Exception|Error)( in .*)?:", lines[0]):
            del lines[0]
        self.screen.say((f"{kind}: ", "bad" if kind == "error" else "loud"), "\n  ".join(lines))

    def tell(self, lines: Iterable[str]) -> None:
        """Writes what is said at the end of a build: notes, faults, what to mend."""
        self.screen.hide_bar()
        for line in "\n".join(lines).splitlines():
            kind = re.match("(error|note|to mend): ", line)
            style = "bad" if line.startswith("error") else "loud"
            self.screen.say(*([(kind[0], style), line[kind.end() :]] if kind else [line]))

    def error(self, event: Mapping[str, Any]) -> None:
        if "CalledProcessError in " not in event["msg"]:  # of a job, which has failed and said why
            self.sentence(event["msg"], "error")

    def plan(self, event: Mapping[str, Any]) -> None:
        """How many jobs there are; Snakemake says so before a build, and before a dry run and after it."""
        counts = {rule: n for rule, n in event["stats"].items() if rule != "total" and self.outputs(rule)}
        total = sum(counts.values())
        if self.dry and self.jobs:
            stages: Counter[str] = Counter()
            for rule, number in counts.items():
                stages[stage_of(rule)] += number
            self.screen.say()
            self.screen.say((counted(total, "job"), "loud"), f" would run: {listed(stages)}")
        elif not self.dry:
            self.screen.show_bar(total)

    def begin(self, event: Mapping[str, Any]) -> None:
        """A job begins or, in a dry run, would."""
        if not self.outputs(event["rule_name"]):
            return
        self.jobs[event["jobid"]] = {**event, "began": time.monotonic()}
        if self.dry:
            why = next((word for pattern, word in REASONS if re.search(pattern, event["reason"])), "")
            self.screen.say(*self.row(event, why))

    def row(self, job: Mapping[str, Any], last: str, style: str = "dim") -> list[Part]:
        """A job's line: its stage, what it makes, its edition, and how long that took, or why."""
        words = job["wildcards"]
        name = " ".join(words[subject] for subject in SUBJECTS if subject in words)
        end = f" ({words['edition']})" if "edition" in words else ""
        if going := re.search(r", going on .*", job["rule_msg"] or ""):
            end += going[0]
        stage = f"{stage_of(job['rule_name']):<9} "
        if self.screen.is_terminal:
            name = fitted(name, max(self.screen.size[0] - len(f"{stage}{end}  {last}") - 1, 12))
        return [(stage, "dim"), f"{name}{end}".strip(), ("  " + last, style)]

    def end(self, event: Mapping[str, Any]) -> None:
        if job := self.jobs.pop(event["job_id"], None):
            self.made += job["output"]
            self.ended += 1
            self.after(self.row(job, duration(time.monotonic() - job["began"])))

    def fail(self, event: Mapping[str, Any]) -> None:
        if job := self.jobs.pop(event["jobid"], None):
            self.failed.append(job)
            self.after(self.row(job, "failed", "bad"))

    def after(self, row: list[Part]) -> None:
        self.screen.say(*row)
        self.screen.advance()

    def unexplained(self) -> list[str]:
        """What is said of jobs that have failed where no log tells of an error; nothing where the author has stopped
        them."""
        if self.stopped:
            return []
        named = [("".join(part if isinstance(part, str) else part[0] for part in self.row(job, "failed")), job["log"])
                 for job in self.failed]  # fmt: skip
        return [line for row, log in named for line in ("", f"error: {' '.join(row.split())}", f"  log     {log[0]}")]

    def sum_up(self) -> None:
        """After the last job: what was made, and how much it was."""
        self.screen.hide_bar()
        if rows := described(self.made):
            self.screen.say()
            self.screen.say_rows(rows)
        failed = f", {len(self.failed)} failed" if self.failed else ""
        if number := self.ended + len(self.failed):
            took = duration(time.monotonic() - self.begun)
            self.screen.say((f"{counted(number, 'job')} in {took}{failed}", "dim"))

    EVENTS: Mapping[Any, Callable[..., None]] = {
        LogEvent.ERROR: error, LogEvent.RUN_INFO: plan, LogEvent.JOB_INFO: begin, LogEvent.JOB_FINISHED: end,
        LogEvent.JOB_ERROR: fail,
    }  # fmt: skip


def take_over(settings: Any, main: bool, outputs: Callable[[str], bool]) -> Terminal | None:
    """Puts a Terminal in the place of Snakemake's own handler; None where its own form was asked for, or a plugin's, or
    where this is a job of another Snakemake's."""
    kinds = logging.StreamHandler, logging.FileHandler
    own = [
        handler for handler in logger.handlers if isinstance(handler, kinds[0]) and not isinstance(handler, kinds[1])
    ]
    if not main or not own or settings.printshellcmds or settings.verbose or settings.debug_dag:
        return None
    for handler in own:
        logger.removeHandler(handler)
    terminal = Terminal(settings, outputs)
    logger.addHandler(terminal)
    return terminal
