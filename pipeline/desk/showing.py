"""The desk's work: what was saved is built and shown, what is looked at first, what is less urgent after it."""

import asyncio
import json
import sys
import time
import traceback
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.desk.board import ALONE, Board
from pipeline.desk.builds import Builder, Event
from pipeline.desk.changes import Saved, saves
from pipeline.desk.pictures import Pictures, on_page
from pipeline.desk.subjects import Subject, about, called
from pipeline.errors.report import record
from pipeline.errors.telling import OWN_FAULT, block, in_words, summary
from pipeline.project.book import Book
from pipeline.project.environ import PYTHON

OFTEN = 0.4  # s: how often a training's progress is looked at
SHOWN = ("figure", "preview", "chapter", "book")  # the stages whose outputs are looked at


class Desk(Board):
    """The board, and the hands that fill it."""

    def __init__(self, book: Book, subject: Subject | None, editor: str) -> None:
        super().__init__(book, subject, editor)
        self.pictures, self.builder = Pictures(), Builder(book, self.heard)
        self.work: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Shows what there is, then whatever is saved."""
        if self.subject:
            await self.look(self.subject)
        async for saved in saves(self.book, self.stop):
            await self.take(saved)

    async def close(self) -> None:
        """Ends the work and all that waits."""
        self.stop.set()
        await self.cancel()
        await self.tell()

    async def cancel(self) -> None:
        if self.work:
            self.work.cancel()
            with suppress(asyncio.CancelledError):
                await self.work
            self.work = None
        self.busy, self.training = "", None  # also of what had not begun

    # ---- What is looked at ----
    async def take(self, saved: list[Saved]) -> None:
        """Begins to make what was saved."""
        before = self.book
        try:
            self.book = self.builder.book = Book(self.book.root)
            now = self.subject if self.subject and self.subject.there(self.book) else None
            found = [(each, about(self.book, each.path, each.line, now)) for each in saved]
        except Exception as error:
            if not (errors := in_words(error, self.book.root)):
                raise
            await self.stand(saved, [record(block(each, {}, None).splitlines()) for each in errors])
            return
        if self.subject and not now and self.subject.there(before):
            await self.lost(self.subject, saved, before)
            return
        each, subject = sorted(found, key=lambda pair: (pair[1] is not None, pair[1] == now))[-1]
        if subject:
            await self.look(subject, [each, *(other for other in saved if other is not each)])

    async def stand(self, saved: list[Saved], faults: list[Event]) -> None:
        """Shows what keeps anything from being made."""
        await self.cancel()
        self.stages = []
        self.note(saved)
        self.over(faults)
        await self.tell()

    async def lost(self, subject: Subject, saved: list[Saved], before: Book) -> None:
        """Says that the subject is gone, and turns to what is evidently there for it."""
        if new := subject.successor(before, self.book):
            notice = f"{subject.called(before)} is gone, and {new.called(self.book)} is new."
            await self.look(new, saved, notice)
        else:
            said = f"error: the {subject.kind} '{subject.called(before)}' is gone: the book has it no longer"
            await self.stand(saved, [record([said, "  try     give it its name again, or choose what to show"])])

    async def look(self, subject: Subject, saved: list[Saved] | None = None, notice: str = "") -> None:
        """Turns to a subject, and makes it in the background. saved : what was, the first to be looked at first."""
        await self.cancel()
        self.notice = notice
        if not self.subject or (subject.kind, subject.name) != (self.subject.kind, self.subject.name):
            self.shown, self.findings, self.faults, self.stale = {}, None, [], []
        self.subject, self.stages, self.training, self.change = subject, [], None, None
        if saved:
            self.note(saved)
        self.busy = "building"
        self.work = asyncio.create_task(self.make(subject))

    async def turn(self, name: str | None = None, page: int | None = None) -> None:
        """What the page asks for: another subject, or another page of it. Raises a UsageError where there is none."""
        if name:
            await self.look(called(self.book, name))
        elif page and self.subject and self.subject.kind != "figure":
            self.subject, self.change = replace(self.subject, file=None, line=None, page=page), None
            await self.show()

    async def make(self, subject: Subject) -> None:
        """Builds a subject, shows each of its pictures as soon as it is there, and looks at it when all are."""
        try:
            await self.tell()
            if not self.faults:
                await self.show()
            self.over(await self.builder.build(subject.targets(self.book), subject.later(self.book)))
            await self.show()
            if "page" not in self.stale and subject.kind == "figure":
                self.busy = "looking at it"
                await self.tell()
                self.findings = await self.found(subject.name)
        except Exception as error:  # of the desk's own: the author goes on
            traceback.print_exc()
            self.over([record([f"error: {summary(error)}", f"  try     {OWN_FAULT}"])])
        finally:
            self.busy, self.training = "", None
            self.begin(self.tell())

    # ---- Pictures ----
    async def show(self) -> None:
        """Shows those pictures of the subject that are there; the last good ones stay where there are none."""
        await asyncio.gather(*(self.show_edition(edition) for edition in self.book.editions))
        await self.tell()

    async def show_edition(self, edition: str) -> None:
        if not (subject := self.subject):
            return
        page = on_page(subject.places(self.book, edition), subject.file, subject.line) if subject.file else None
        now = self.shown.get("page", {}).get(edition)
        number = subject.page or page or (now and now.page) or 1
        picture = await self.pictures.page(subject.pdf(self.book, edition), number)
        if subject is not self.subject:  # it has turned to another meanwhile
            return
        if picture:
            self.shown.setdefault("page", {})[edition] = picture
        if subject.later(self.book):
            preview = self.pictures.preview(self.book.preview(edition, subject.name), picture or now)
            if preview:
                self.shown.setdefault("preview", {})[edition] = preview
        if self.change:
            self.change["pictures"] = self.pictured()

    async def show_made(self, stage: dict[str, Any]) -> None:
        """Shows what a job has made, where that is looked at, before the build is over."""
        if self.subject and stage["name"] in (self.subject.name, None) and stage["edition"] in self.book.editions:
            await self.show_edition(stage["edition"])
            kind = ALONE if stage["stage"] == ALONE else "page"
            self.stale = [each for each in self.stale if each != kind]
            if kind == "page" and not any(other["stage"] == stage["stage"] for other in self.running()):
                self.settle()
            await self.tell()

    # ---- What builds tell ----
    def heard(self, event: Event) -> None:
        """An event of a build's."""
        if event["event"] == "waits":
            self.busy = event["text"]
        elif event["event"] == "start":
            self.started(event)
            if event["stage"] == "train":
                self.begin(self.follow(event["name"]))
        elif event["event"] in ("end", "fail"):
            stage = self.ended(event)
            if stage and stage["stage"] in SHOWN and stage["state"] == "ended":
                self.begin(self.show_made(stage))
        self.begin(self.tell())

    async def follow(self, model: str) -> None:
        """Shows how far a training is, as it tells beside its checkpoint."""
        path, begun, last = Path(self.book.progress(model)), time.time(), ""
        while any(stage["stage"] == "train" and stage["name"] == model for stage in self.running()):
            with suppress(OSError, ValueError):
                if (text := path.read_text(encoding="utf-8")) != last:
                    self.training, last = {"model": model, "begun": begun} | json.loads(text), text
                    await self.tell()
            await asyncio.sleep(OFTEN)

    async def found(self, name: str) -> list[Event] | None:
        """What preflight finds in a figure, by a process of its own."""
        command = [*PYTHON, "-m", "pipeline.desk.findings", name, str(self.book.root)]
        process = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        try:
            answer, said = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode:
            print(said.decode(errors="replace"), file=sys.stderr)
            return None
        return json.loads(answer)
