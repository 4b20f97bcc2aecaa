"""A book's figures, previews and pages as another commit makes them: built there once, and kept.

The commit is built by its own pipeline, in a clone of its own, from what is built today: contents decide what of it is
stale there. What was used last is kept as PDFs and pictures, by commit.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable
from pathlib import Path

from pipeline.errors.author import AuthorError, UsageError
from pipeline.errors.hints import nearest
from pipeline.files import remove, whole_folder
from pipeline.project.book import Book
from pipeline.project.paths import build_folder
from pipeline.records.git import git, head

FIGURES = ["book", "figures", "previews"]  # targets: all that is compared
MOST = 5  # commits that are kept
# What of build/ is taken over: all that takes time; other books may lie there, too.
MADE = (
    *("models", "tables", "pictures", "inks", "formats", "text-formats", "figures", "previews"),
    *("labels", "places", "mend", "contents.txt", "*.reads", "book-*"),
)
BARE = ["-c", "core.hooksPath=", "-c", "advice.detachedHead=false"]


def home(book: Book) -> Path:
    """Where all of it lies."""
    return book.build / "visual"


def kept(book: Book, commit: str) -> Path:
    """The folder of what is kept of a commit: figures/, previews/ and book-<edition>.pdf, as in build/."""
    return home(book) / "kept" / commit


def commit_of(book: Book, revision: str | None) -> str:
    """The name of a revision's commit; where none is given that of the last tag, a release, or else of HEAD."""
    if not git(book.root, "ls-files", "--", "book.yaml"):
        hint = "--against names a folder that is built, to compare with"
        raise UsageError(f"{book.root}: the book is in no git repository, and so has no other commit", hint)
    revision = revision or git(book.root, "describe", "--tags", "--abbrev=0") or "HEAD"
    commit = git(book.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not commit:
        named = git(book.root, "for-each-ref", "--format=%(refname:short)").split()
        raise UsageError(f"there is no revision '{revision}' of {book.root}", nearest(revision, named))
    return commit


def make(project: Path, root: Path, targets: Iterable[str]) -> None:
    """Builds targets of a book, seen from a project's folder. Raises an AuthorError where that fails."""
    command = [sys.executable, "-m", "snakemake", *targets, "--config", f"book={root}"]
    if (done := subprocess.run(command, cwd=project, capture_output=True, encoding="utf-8")).returncode:
        raise AuthorError(f"{project / root} cannot be built:\n{done.stderr.strip()}")


def targets(book: Book, editions: Collection[str]) -> list[str]:
    """What is built to be compared."""
    return [*FIGURES, *(edition for edition in editions if edition not in book.editions)]


def has(folder: Path, editions: Iterable[str]) -> bool:
    return all((folder / f"book-{edition}.pdf").is_file() for edition in editions)


def keep(build: Path, folder: Path) -> None:
    """Keeps a build's PDFs and pictures in a folder; of its neighbours those go that were made longest ago."""
    with whole_folder(folder) as aside:
        for name in ("figures", "previews"):
            if (build / name).is_dir():
                shutil.copytree(build / name, aside / name, ignore=lambda _, names: [n for n in names if passes(n)])
        for pdf in build.glob("book-*.pdf"):
            shutil.copy2(pdf, aside)
    others = sorted(filter(Path.is_dir, folder.parent.glob("[!.]*")), key=os.path.getmtime, reverse=True)
    for path in others[MOST:]:
        remove(path)


def passes(name: str) -> bool:
    """Whether a file lies beside a PDF or a picture, and is none."""
    return "." in name and not name.endswith((".pdf", ".png"))


def keep_today(book: Book, editions: Iterable[str]) -> None:
    """Keeps what is built now for later, where it is what the last commit makes."""
    state = head(book)
    if state["clean"] and not has(folder := kept(book, str(state["commit"])), editions):
        keep(book.build, folder)


def checkout(book: Book, commit: str) -> tuple[Path, Path]:
    """(the project's folder, the book's in it) of a commit: a clone that shares what is in the repository.

    A book that lies in another repository than the pipeline is built by today's.
    """
    top = Path(git(book.root, "rev-parse", "--show-toplevel"))
    tree = home(book) / "trees" / commit
    if not (tree / ".git").is_dir():
        tree.parent.mkdir(parents=True, exist_ok=True)
        with whole_folder(tree) as aside:
            for command in (
                ["clone", "--quiet", "--shared", "--no-checkout", str(top), str(aside.resolve())],
                ["-C", str(aside), "checkout", "--quiet", "--detach", commit],
            ):
                done = subprocess.run(["git", *BARE, *command], capture_output=True, encoding="utf-8")
                if done.returncode:
                    raise AuthorError(f"git cannot check out {commit}: {done.stderr.strip()}")
    here, root = Path.cwd(), book.root.resolve().relative_to(top.resolve())
    if not (tree / root / "book.yaml").is_file():
        remove(tree)
        raise UsageError(f"there was no book in {root} at {commit[:8]}")
    if (
        here.is_relative_to(top.resolve())
        and (tree / (inside := here.relative_to(top.resolve())) / "Snakefile").is_file()
    ):
        return tree / inside, book.root
    return here, tree / root


def take_over(book: Book, project: Path) -> None:
    """Copies what is built today, and Snakemake's memory of it, into a fresh project; so only what differs is made."""
    target, memory = project / book.build, Path(".snakemake/metadata")
    if book.build.is_absolute() or target.exists() or not memory.is_dir():
        return
    shutil.copytree(memory, project / memory)
    if (there := Path(book.metadata)).is_file():
        (project / there).parent.mkdir(parents=True)
        shutil.copy2(there, project / there)
    with whole_folder(target) as aside:
        for path in (path for pattern in MADE for path in book.build.glob(pattern)):
            copy = shutil.copytree if path.is_dir() else shutil.copy2
            copy(path, aside / path.name)


def built(book: Book, commit: str, editions: Collection[str]) -> Path:
    """The folder of what a commit makes."""
    folder = kept(book, commit)
    if has(folder, editions):
        os.utime(folder)
        return folder
    project, root = checkout(book, commit)
    print(f"building {commit[:8]} in {project}", file=sys.stderr)
    if root == book.root:
        take_over(book, project)
    make(project, root, targets(book, editions))
    keep(project / book.build if root == book.root else build_folder(root), folder)
    remove(home(book) / "trees" / commit)
    return folder


def against(book: Book, folder: str) -> Path:
    """The folder of what is built in another: in a project's, or in a build/ itself."""
    for path in (Path(folder, book.build), Path(folder)):
        if (path / "figures").is_dir() or [*path.glob("book-*.pdf")]:
            return path
    raise UsageError(f"{folder}: nothing is built there", f"--against names a folder with {book.build}/ in it")
