"""A build's diary: what happens, as JSON, an object a line, for programs that look on while it runs or afterwards.

`diary.jsonl` in the book's build folder is begun anew with the first job, and each line is whole as soon as it can be
read. docs/reference.md says what the events hold.
"""

import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

from snakemake.logging import logger
from snakemake_interface_logger_plugins.common import LogEvent

from pipeline.engine.spent import keep
from pipeline.engine.terminal import STOPPING, SUBJECTS, stage_of

NAME = "diary.jsonl"


def name_of(wildcards: Mapping[str, str]) -> str | None:
    """What a job is about: a model's, a figure's or a chapter's name."""
    return next((wildcards[subject] for subject in SUBJECTS if subject in wildcards), None)


class Diary(logging.Handler):
    """Hears Snakemake's events, and writes them down.

    outputs : whether the rule of a name makes files, as for the Terminal.
    """

    def __init__(self, path: Path, outputs: Callable[[str], bool]) -> None:
        super().__init__()
        self.path, self.outputs = path, outputs
        self.total, self.begun, self.failed, self.stopped = 0, set[int](), 0, False
        self.file: TextIO | None = None  # from the first job on

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if react := self.EVENTS.get(getattr(record, "event", None)):
                react(self, vars(record))
            elif record.getMessage().startswith(STOPPING):
                self.stopped = True
        except Exception:
            self.handleError(record)

    def write(self, event: str, **more: Any) -> None:
        if self.file:
            line = {"event": event, "time": round(time.time(), 4)} | more
            self.file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self.file.flush()

    def begin(self, **about: Any) -> None:
        """Before the first job, if any makes files: a build holds its lock by now, so that nobody else writes."""
        if not self.total:
            return
        keep(self.path)
        self.path.unlink(missing_ok=True)  # who still reads the last one keeps it
        self.file = open(self.path, "w", encoding="utf-8")  # noqa: SIM115
        self.write("build", **about, jobs=self.total)

    def over(self, faults: Iterable[Mapping[str, Any]], notes: Iterable[str]) -> None:
        """After the last job, or where the author has stopped the build. faults : what is wrong, or to be mended."""
        self.write("over", failed=self.failed, stopped=self.stopped, faults=[*faults], notes=[*notes])
        if self.file:
            self.file.close()
            self.file = None

    def plan(self, event: Mapping[str, Any]) -> None:
        self.total = sum(n for rule, n in event["stats"].items() if rule != "total" and self.outputs(rule))

    def start(self, event: Mapping[str, Any]) -> None:
        if not self.outputs(event["rule_name"]):
            return
        self.begun.add(event["jobid"])
        words = event["wildcards"]
        files = {key: [*map(str, event[key] or ())] for key in ("input", "output", "log")}
        about = {"stage": stage_of(event["rule_name"]), "name": name_of(words), "edition": words.get("edition")}
        self.write("start", job=event["jobid"], **about, **files)

    def end(self, event: Mapping[str, Any]) -> None:
        if event["job_id"] in self.begun:
            self.write("end", job=event["job_id"])

    def fail(self, event: Mapping[str, Any]) -> None:
        if event["jobid"] in self.begun:
            self.failed += 1
            self.write("fail", job=event["jobid"])

    EVENTS: Mapping[Any, Callable[..., None]] = {
        LogEvent.RUN_INFO: plan, LogEvent.JOB_INFO: start, LogEvent.JOB_FINISHED: end, LogEvent.JOB_ERROR: fail,
    }  # fmt: skip


def kept(build: Path, settings: Any, main: bool, outputs: Callable[[str], bool]) -> Diary:
    """The diary of this run, in the book's build folder; of a dry run, or a job of another Snakemake's, nothing is
    written."""
    for handler in [handler for handler in logger.handlers if isinstance(handler, Diary)]:
        logger.removeHandler(handler)  # of an earlier Snakefile of this process
    diary = Diary(build / NAME, outputs)
    if main and not settings.dryrun:
        logger.addHandler(diary)
    return diary
