"""What is on the desk, and how the page is told of it: by one document, small and whole, whenever something changes."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict
from typing import Any

from pipeline.desk.builds import Event
from pipeline.desk.changes import Saved
from pipeline.desk.editor import link
from pipeline.desk.pictures import Picture
from pipeline.desk.subjects import Subject, subjects
from pipeline.project.book import Book

LAST = 20  # changes that are kept
ALONE = "preview"  # the stage, and the kind of pictures, that needs nothing of TeX
BEFORE = {"train", "tables", ALONE}  # the stages on a preview's way


class Board:
    """A subject, its pictures, what is being made of it, and what is wrong with it."""

    def __init__(self, book: Book, subject: Subject | None, editor: str) -> None:
        self.book, self.subject, self.editor = book, subject, editor
        self.shown: dict[str, dict[str, Picture]] = {}  # {"page" or "preview": {edition: picture}}
        self.faults: list[Event] = []
        self.stale: list[str] = []  # the kinds of pictures that could not be made anew
        self.notice = ""  # what the author should know of the subject itself
        self.findings: list[Event] | None = None  # not yet known
        self.stages: list[dict[str, Any]] = []
        self.training: dict[str, Any] | None = None
        self.changes: list[dict[str, Any]] = []
        self.change: dict[str, Any] | None = None  # the one that is being made
        self.busy = ""
        self.revision, self.news, self.stop = 0, asyncio.Condition(), asyncio.Event()
        self.tasks: set[asyncio.Task[None]] = set()  # nobody else holds them

    # ---- What the page is told ----
    def state(self) -> dict[str, Any]:
        """All that the page shows."""
        return {
            "revision": self.revision,
            "book": self.book.plain(self.book.config["title"]),
            "subject": self.about(),
            "names": subjects(self.book),
            "editions": self.book.editions,
            "pictures": self.pictured(),
            "busy": self.busy,
            "stages": self.stages,
            "training": self.training,
            "faults": [self.linked(fault) for fault in self.faults],
            "stale": self.stale,
            "notice": self.notice,
            "findings": self.findings and [self.linked(finding) for finding in self.findings],
            "checked": self.findings is not None,
            "changes": self.changes,
        }

    def about(self) -> dict[str, Any] | None:
        """What the subject is called, and where its author would open what is behind each kind of its pictures."""
        if not self.subject:
            return None
        name, sources = self.subject.called(self.book), self.subject.sources(self.book)
        about = {"kind": self.subject.kind, "name": name, "title": subjects(self.book).get(name, name)}
        behind = {
            kind: {"file": file, "line": line, "link": link(self.editor, file, line)}
            for kind, (file, line) in sources.items()
        }
        return about | {"sources": behind}

    def pictured(self) -> dict[str, Any]:
        return {kind: {e: asdict(p) for e, p in by.items()} for kind, by in self.shown.items()}

    def linked(self, fault: Event) -> Event:
        return fault | {"link": fault["file"] and link(self.editor, fault["file"], fault["line"] or 1)}

    async def tell(self) -> None:
        self.revision += 1
        async with self.news:
            self.news.notify_all()

    def begin(self, work: Any) -> None:
        """Begins something that nobody waits for."""
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def states(self) -> AsyncIterator[str]:
        """The state as JSON now, and after each change, as long as the desk is open."""
        last = -1
        while not self.stop.is_set():
            if self.revision != last:
                last = self.revision
                yield json.dumps(self.state())
            async with self.news:
                if self.revision == last and not self.stop.is_set():
                    await self.news.wait()

    # ---- The strip of changes ----
    def note(self, saved: Sequence[Saved]) -> None:
        """Adds what was saved together, what is looked at first."""
        for one in self.changes:
            one["overtaken"] = one["took"] is None
        files = [{"file": str(each.path), "line": each.line, "gone": each.gone} for each in saved]
        self.change = {"time": saved[0].time, "files": files, "took": None, "failed": False, "overtaken": False}
        self.changes = [*self.changes, self.change][-LAST:]

    def settle(self) -> None:
        """Takes down how long the change took until it was shown, or was known to fail."""
        if self.change and self.change["took"] is None:
            self.change["took"] = round(time.time() - self.change["time"], 3)

    # ---- What is being made ----
    @property
    def failed(self) -> bool:
        return any(fault["kind"] == "error" for fault in self.faults)

    def started(self, event: Event) -> None:
        about = {key: event[key] for key in ("job", "stage", "name", "edition")}
        self.stages = [*self.stages, about | {"begun": event["time"], "state": "runs", "seconds": None}]

    def ended(self, event: Event) -> dict[str, Any] | None:
        """The stage that an event says to have ended."""
        for stage in self.running():
            if stage["job"] == event["job"]:
                stage["state"] = "ended" if event["event"] == "end" else "failed"
                stage["seconds"] = round(event["time"] - stage["begun"], 3)
                return stage
        return None

    def running(self) -> list[dict[str, Any]]:
        return [stage for stage in self.stages if stage["state"] == "runs"]

    def over(self, faults: list[Event]) -> None:
        """Takes down how a build has ended."""
        self.faults = faults
        stopped = {stage["stage"] for stage in self.stages if stage["state"] == "failed"}
        page, preview = stopped - {ALONE}, stopped & BEFORE
        self.stale = [kind for kind, way in (("page", page), (ALONE, preview)) if self.failed and (way or not stopped)]
        for stage in self.running():
            stage["state"] = "stopped"
        if self.change:
            self.change["failed"] = self.failed
        self.settle()
