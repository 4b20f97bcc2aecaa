"""What stands around the rules: Snakemake calls it when it has read the Snakefile, when a build begins, and when it has
ended.

To read the Snakefile changes nothing on disk and starts nothing: plans, lists and the jobs of a cluster do so, too.
Whatever belongs to a build is done at its beginning.
"""

import atexit
import gc
import json
import os
import shlex
import sys
from functools import cached_property
from typing import Any

from snakemake.shell import shell

from pipeline.checks.mend import ToMend, to_mend
from pipeline.engine import diary, server
from pipeline.engine.client import ADDRESS
from pipeline.engine.idle import listen
from pipeline.engine.lock import claim
from pipeline.engine.outputs import Parts, prune
from pipeline.engine.preconditions import check_place, date_back
from pipeline.engine.targets import books
from pipeline.engine.terminal import take_over
from pipeline.errors.author import AuthorError
from pipeline.errors.hints import nearest
from pipeline.errors.report import faults, fresh, notes, record, states
from pipeline.errors.telling import block, told_to_author
from pipeline.files import beside
from pipeline.project import modules, slides
from pipeline.project.book import Book
from pipeline.project.device import device
from pipeline.project.environ import PYTHON, begin_again, settle
from pipeline.project.names import NAME
from pipeline.project.paths import usual
from pipeline.records.git import COMMIT, head
from pipeline.tex import sandbox

LISTS = {"--list", "--list-rules", "-l", "--list-target-rules", "--lt"}
NONE = "(?!)"  # matches nothing
STRICT = "`snakemake preflight` fails as long as anything is"
LIMIT = (100, 1)  # jobs in so many seconds: what Snakemake allows unless it is told otherwise


class Session:
    """One run of Snakemake. workflow, config : Snakemake's own."""

    def __init__(self, workflow: Any, config: dict[str, Any]) -> None:
        begin_again("-m", "snakemake", *sys.argv[1:])
        settle()
        if not server.running:
            os.environ.pop(ADDRESS.decode(), None)  # that of another build, of which this is a job
        # A graph of thousands of jobs is no garbage: looking for some takes a fifth of the start, and another fifth at
        # the end.
        gc.disable()  # until the first job
        atexit.register(gc.freeze)
        self.workflow, root = workflow, config.get("book") or usual()
        with told_to_author(root):
            for key in config.keys() - {"book"}:
                hint = nearest(key, ["book"]) or "book=… names the book's folder"
                raise AuthorError(f"--config {key}=…: there is no such key", hint)
            modules.remember()
            self.book = Book(root)
            self.book.in_order(self.book.models)
            check_place(self.book)
            device(self.book)  # decided here, once: a build's jobs inherit the answer, on whatever machine they run
            self.parts = Parts(self.book)
        settings, main = workflow.output_settings, workflow.is_main_process
        self.terminal = take_over(settings, main, self.told_of)
        self.diary = diary.kept(self.book.build, settings, main, self.told_of)
        self.logs = states(self.book.build / "logs")  # of earlier builds
        listen(self.remain)
        shell.prefix(self.step.replace("{", "{{").replace("}", "}}"))

    @property
    def wildcards(self) -> dict[str, str]:
        """What the rules' wildcards may be."""
        return {
            "edition": "|".join(self.book.all_editions),
            "talk": "|".join(self.book.talks) or NONE,
            "chapter": "|".join(self.book.chapters) or NONE,
            "figure": f"{NAME.pattern}(?:/{NAME.pattern})+",  # a list of them all would be searched for each file
            "model": "|".join(self.book.models) or NONE,
        }

    @property
    def drawn(self) -> str:
        """The editions of figures: those of the book, and of its talks' slides."""
        editions = "|".join(self.book.all_editions)
        return editions + (rf"|{slides.FOLDER}-(?:{editions})(?:-\d+x\d+)?" if self.book.talks else "")

    @cached_property
    def books(self) -> list[str]:
        """The editions whose book this run is to make; known when all rules have been read."""
        return books(self.book, self.workflow.dag_settings.targets)

    @property
    def step(self) -> str:
        """A shell's function for the rules: `step picture line/fit` is `python -m pipeline.picture line/fit --book …`.

        It runs in the environment of this Snakemake, whether or not that is activated, and by the server of the build.
        """
        client = shlex.join([*PYTHON, "-S", "-E", "pipeline/engine/client.py"])
        book = shlex.quote(str(self.book.root))
        return f'step() ( module=$1; shift; exec {client} -m "pipeline.$module" "$@" --book {book} ); '

    def told_of(self, rule: str) -> bool:
        """Whether it makes files that an author knows."""
        return rule != "metadata" and bool(self.workflow.get_rule(rule).output)

    def show(self, titles: dict[str, str]) -> None:
        """Where a list is asked for, shows what can be built; Snakemake's own has all rules. titles : as titles() has
        them."""
        if LISTS & set(sys.argv[1:]):
            print(*(f"{target} ({title})" for target, title in titles.items()), sep="\n")
            sys.exit()

    def begin(self) -> None:
        """Before the first job."""
        gc.enable()
        book = self.book
        with told_to_author(book.root):
            claim(book)
            date_back(book)
            # Somebody has deleted a part, or a build was killed: the plan knew more than is there.
            if self.parts.withdraw():
                os.execv(sys.executable, [*PYTHON, "-m", "snakemake", *sys.argv[1:]])
            prune(book)
        targets = sorted(map(str, self.workflow.dag_settings.targets)) or ["all"]
        self.diary.begin(book=str(book.root), targets=targets, cores=self.workflow.resource_settings.cores)
        modules.keep()
        os.environ[COMMIT] = json.dumps(head(book))
        sandbox.asked()  # its jobs inherit the answer
        server.start(beside(book.build / "server"))
        self.lift_limit()

    def lift_limit(self) -> None:
        """Does away with Snakemake's limit on jobs a second, which is meant for clusters, where it is the usual one and
        jobs run here.

        After each job it looks, a second later, at all jobs again: a time that grows with the square of their number.
        """
        limiter = getattr(self.workflow.scheduler, "job_rate_limiter", None)
        if limiter and (limiter.max_jobs, limiter.timespan) == LIMIT and not self.workflow.non_local_exec:
            self.workflow.scheduler.job_rate_limiter = None

    def told(self) -> list[str]:
        return notes(self.book.build / "logs", before=self.logs)

    def to_mend(self) -> ToMend:
        """What is to be mended in the editions and chapters that were asked for."""
        book, asked = self.book, self.parts.asked
        chapters = [c for c in book.chapters if any(book.chapter(e, c) in asked for e in book.all_editions)]
        talks = [(t, e) for t in book.talks for e in book.all_editions if book.talk(e, t) in asked]
        return to_mend(book, [e for e in book.all_editions if book.pdf(e) in asked], chapters, talks)

    def say(self, *lines: str) -> None:
        if self.terminal:
            self.terminal.tell(lines)
        else:
            print(*lines, sep="\n", file=sys.stderr)

    def remain(self) -> list[str]:
        """At the end, also where there was nothing to be done: what is to be mended, and how much of it; or, where that
        was asked, that nothing is. Returns the blocks of what is to be mended."""
        found = self.to_mend()
        blocks = [block(error, {}, None).replace("error: ", "to mend: ", 1) for error in found]
        if blocks:
            self.say(*(f"\n{each}" for each in blocks), f"\n{found.number} to mend: the PDFs are there; {STRICT}")
        elif sound := [e for e in self.book.all_editions if self.book.mended(e) in self.parts.asked]:
            self.say(f"all promises are kept, and nothing is to be mended: {', '.join(sound)}")
        return blocks

    def succeed(self) -> None:
        """After the last job."""
        if notes := self.told():
            self.say(*notes)
        found = self.remain()
        if self.terminal:
            self.terminal.sum_up()
        self.diary.over([record(each.splitlines()) for each in found], notes)

    def fail(self) -> None:
        """The same where one has failed: what was made of what it should have made goes, and what to mend is said
        once."""
        self.parts.withdraw()
        if self.terminal:
            self.terminal.sum_up()
        found, notes = faults(fresh(self.book.build / "logs", before=self.logs)), self.told()
        if self.terminal and not found:
            found = faults(["\n".join(self.terminal.unexplained())])
        self.say(*notes, *(line for fault in found for line in fault.lines()))
        self.diary.over([fault.record() for fault in found], notes)
