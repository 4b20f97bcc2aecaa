"""Tiny books, built in copies of the project: tests never write into the project itself."""

import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil
import pytest

from pipeline.plots import limits
from pipeline.project import modules
from pipeline.project.book import Book
from pipeline.project.environ import settle
from pipeline.records import versions
from pipeline.records.versions import tex as tex_versions
from pipeline.tex.picture import compile_picture

signal.signal(
    signal.SIGINT, signal.default_int_handler
)  # what a shell starts in the background has Ctrl-C ignored; a build would, too
os.environ.pop("BOOK", None)  # make's; tests name their books
settle()  # the tests start a project's Snakemake and modules themselves
ROOT = Path(__file__).parents[1]
MINIMAL = Path("tests/books/minimal")
PROJECT = ("Snakefile", "pipeline", "templates", "profiles")  # what knows of no book
pytest_plugins = ["sites"]  # galleries, and a browser that looks at them
collect_ignore = ["books"]  # tiny books have tests, too, which are run as those of any book are


def pytest_addoption(parser):
    parser.addini("book", "the folder of the book that is tested besides the pipeline (default: book)", default="book")


def pytest_configure(config):
    """Where no paths are given, the book's own tests are run, too, wherever it lies."""
    own = ROOT / config.getini("book") / "tests"
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS and own.is_dir():
        config.args.append(str(own))


@cache
def zygote():
    """This worker's process that forks Snakemakes."""
    return subprocess.Popen(
        [sys.executable, ROOT / "tests/zygote.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )


def duplicate(source, target):
    """Copies a file. Formats, of 10 MB each, are linked: nothing writes into them, they are replaced."""
    os.link(source, target) if source.endswith(".fmt") else shutil.copy2(source, target)


@dataclass
class Project:
    """A copy of the project in `root` with one book in `root / folder`."""

    root: Path
    folder: Path = MINIMAL

    build = property(lambda self: self.root / "build" / self.folder)

    def run(self, *command):
        """The finished process of `python -m …` in this project."""
        return subprocess.run(
            [sys.executable, "-m", *map(str, command)],
            cwd=self.root,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )

    def snakemake(self, *targets):
        """The finished process of Snakemake, forked from one that has imported it."""
        arguments = [*map(str, targets), "-c2", "--config", f"book={self.folder}"]
        with tempfile.TemporaryDirectory() as room:
            files = [Path(room, name) for name in ("stdout", "stderr")]
            request = [str(self.root), dict(os.environ), arguments, *map(str, files)]
            print(json.dumps(request), file=zygote().stdin, flush=True)
            return subprocess.CompletedProcess(
                arguments,
                int(zygote().stdout.readline()),
                *(file.read_text(encoding="utf-8", errors="replace") for file in files),
            )

    def make(self, *targets):
        """Builds targets, which must go well."""
        done = self.snakemake(*targets)
        assert done.returncode == 0, done.stderr
        return done

    def jobs(self, *targets):
        """The messages of the jobs that Snakemake would run."""
        # In Snakemake's own form.
        said = (done := self.make("--dry-run", "--printshellcmds", *targets)).stdout + done.stderr
        messages = set(re.findall(r"^Job \d+: (.*)$", said, re.MULTILINE))
        assert bool(messages) != ("Nothing to be done" in said), f"no plan that can be read:\n{said}"
        return messages

    def path(self, name):
        """A file of the book or, where its name begins with a folder of the project, of the project."""
        return self.root / (name if name.split("/")[0] in PROJECT else self.folder / name)

    def write(self, name, text):
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_text(text, encoding="utf-8")

    def edit(self, name, old, new):
        """Replaces a text that stands exactly once in a file."""
        text = self.path(name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.path(name).write_text(text.replace(old, new), encoding="utf-8")

    def copy(self, root):
        """A copy, with all that is built and Snakemake's memory of it."""
        passing = shutil.ignore_patterns(".server.*", "scratch")  # of a build that another worker runs
        shutil.copytree(self.root, root, dirs_exist_ok=True, copy_function=duplicate, ignore=passing)
        return Project(Path(root), self.folder)


def fresh(root, folder=MINIMAL):
    """The project with one book and nothing built."""
    for name in (*PROJECT, str(folder)):
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy2
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        copy(source, root / name, **({"ignore": shutil.ignore_patterns("__pycache__")} if source.is_dir() else {}))
    return Project(root, folder)


def once(tmp_path_factory, name, make):
    """The folder of this name, which make(folder) has filled once for all workers."""
    room = tmp_path_factory.getbasetemp()
    root = (room.parent if "PYTEST_XDIST_WORKER" in os.environ else room) / name
    with open(f"{root}.lock", "a+", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.seek(0)
        if not lock.read():
            make(root)
            print("done", file=lock)
    return root


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The minimal book, built once in all editions with its previews; to look at, never to edit."""
    return Project(
        once(tmp_path_factory, "built", lambda root: fresh(root).make("all", "preview", "line", "print", "proof"))
    )


@pytest.fixture
def project(built, tmp_path):
    """A copy of the built minimal book, to edit."""
    return built.copy(tmp_path / "project")


@pytest.fixture
def book(project, monkeypatch):
    """The Book of `project`, seen from its folder as steps see it."""
    monkeypatch.chdir(project.root)
    return Book(MINIMAL)


@pytest.fixture
def committed(book, project):
    """The same, in a git repository."""
    for command in (["init", "-q"], ["add", "templates", "pipeline", str(MINIMAL)], ["commit", "-qm", "all"]):
        git(project, *command)
    return book


@pytest.fixture
def named(pytestconfig, monkeypatch):
    """The book in book/, or that `pytest -o book=…` names, in the project itself: to look at, never to build."""
    monkeypatch.chdir(ROOT)
    return Book(pytestconfig.getini("book"))


def compiling(book, monkeypatch):
    """A function that compiles a picture as the figure line/fit, with its edition's format, and returns TeX's log."""
    source, target = book.build / "pictures/line/fit.tex", book.build / "out.pdf"

    def compile_tikz(text):
        logs = []
        monkeypatch.setattr(limits, "check_log", lambda log, *_: logs.append(log))
        source.write_text(f"x {text}", encoding="utf-8")
        compile_picture(
            book,
            "dark",
            source,
            target,
            "line/fit.tex.j2 (dark)",
            book.tables("line/fit"),
            preloaded=book.format("dark"),
        )
        return logs[0]

    return compile_tikz


def tex_lets_out():
    """Whether TeX's own barriers let a picture read outside; that of TeX Live 2025 refuses what a variable hides."""
    return "TeX Live 2025" not in tex_versions()["pdfTeX"]


def awaited(condition, seconds=60):
    """What condition() gives as soon as it is true; fails where that takes too long."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, f"waited {seconds} s in vain"
        time.sleep(0.02)
    return found


def runs_of_tex(root):
    """TeX's processes below a folder: there works one of those that started them, for what works in a room of its own
    may not be seen."""
    found = []
    for process in psutil.process_iter(["name"]):
        with suppress(psutil.Error):
            if "latex" in process.info["name"] and any(works_in(root, each) for each in [process, *process.parents()]):
                found.append(process)
    return found


def works_in(root, process):
    """Whether a process's folder is, or lies below, another; seen from a chroot its path may begin otherwise."""
    with suppress(psutil.Error):
        return str(root) in process.cwd()
    return False


def git(project, *command):
    settings = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "core.hooksPath="]
    done = subprocess.run(
        ["git", "-C", project.root, *settings, *command], capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout.strip()


def coloured(style):
    """Makes a style's colour maps known to Matplotlib, in place of those of a style before."""
    from matplotlib import colormaps  # most tests draw nothing by it, and it takes long

    from pipeline.style.faces import prepare

    for name in {*style.scales} & {*colormaps}:
        colormaps.unregister(name)
    prepare(style)


def forget():
    """What one process remembers of one book's files, and a step never needs to forget."""
    modules.known.clear()
    modules.files_of.cache_clear()
    modules.direct_imports.cache_clear()
    versions.packages.cache_clear()
    for name in [name for name in sys.modules if name.split(".")[0] == "book"]:
        del sys.modules[name]


@pytest.fixture(autouse=True)
def each_test_sees_its_own_files():
    forget()
    yield
    forget()
