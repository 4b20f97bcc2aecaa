"""What TeX sees of the disk: by name, links to what it may read; and an account of all that it looked for, to hold it
to that.

TeX's own paranoid mode refuses absolute paths and `..`, but expands variables in names: `$SELFAUTOPARENT/etc/passwd` is
read, and from TeX Live 2026 on it refuses nothing. What kpathsea looks for and opens it tells on standard error, where
no figure can write.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from pipeline.errors.author import AuthorError
from pipeline.files import aside_of
from pipeline.project.book import Book
from pipeline.style.sheets import HOUSE, found
from pipeline.tex import sandbox

OUT = "build/out"  # the one folder in which TeX can write
# Names are looked for here by these paths alone: TEXMFDOTDIR, which all others begin with, would be a way to write
# `..`.
HERE = dict.fromkeys(("TEXINPUTS", "BIBINPUTS", "BSTINPUTS", "INDEXSTYLE", "TEXFORMATS"), ".:") | dict.fromkeys(
    ("TEXMFDOTDIR", "HOME"), "/nowhere"
)
QUIET = {"openin_any": "p", "openout_any": "p", "MKTEXTFM": "0", "MKTEXPK": "0"}
ENVIRONMENT = HERE | QUIET | {"KPATHSEA_DEBUG": "36"}  # 4: what is opened; 32: what is looked for
OPENED = re.compile(rb"kdebug:fopen\((.*), \w+\) => (0x(?!0$))?")
SOUGHT = re.compile(rb"kdebug:start (?:generic )?search\((?:files?|xname)=\[?(.*?)\]?, must_exist=")
PLAIN = re.compile(r"[\w./-]+", re.ASCII)  # what TeX takes for a path, whatever it expands
REFUSED = re.compile(rb"Not reading from (.*?) \(openin_any")


class Account(Thread):
    """Listens to a pipe for what TeX looks for and opens."""

    def __init__(self, pipe: int) -> None:
        super().__init__(daemon=True)
        # sought : in the order of asking
        self.pipe = pipe
        self.sought: dict[str, None] = {}
        self.opened: set[str] = set()
        self.refused: set[str] = set()
        self.start()

    def run(self) -> None:
        with open(self.pipe, "rb") as lines:
            for line in lines:
                if match := OPENED.search(line) or SOUGHT.search(line) or REFUSED.search(line):
                    names = os.fsdecode(match[1])
                    self.sought.update(dict.fromkeys(names.split() if match.re is SOUGHT else [names]))
                    if match.re is OPENED and match[2]:
                        self.opened.add(names)
                    elif match.re is REFUSED:
                        self.refused.add(names)


def its_own(names: Iterable[str]) -> set[str]:
    """Those of the names that TeX asks for that are in its own trees."""
    trees = tuple(f"{tree}/" for tree in sandbox.asked()["trees"])
    return {name for name in names if ".." not in name.split("/") and os.path.normpath(name).startswith(trees)}


class View:
    """The folder in which a run works."""

    def __init__(self, folder: Path, root: Path) -> None:
        # shown : the real paths of what may be read, besides the book
        self.folder, self.root = folder.resolve(), root
        self.shown: list[Path] = []
        inside = os.path.relpath(root)
        plain = PLAIN.fullmatch(inside) and not inside.startswith(".") and inside not in ("house", HOUSE.name)
        self.bookdir = inside if plain else "book"

    @property
    def out(self) -> Path:
        return self.folder / OUT

    def show(self, path: str | Path, name: str | Path) -> None:
        link = self.folder / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(Path(path).resolve())
        self.shown.append(Path(path).resolve())

    def write(self, name: str, text: str) -> None:
        """A file of that name in the view alone."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        file.write_text(text, encoding="utf-8")

    def command(self, command: list[str]) -> list[str]:
        """A command as it runs here, in a room of its own where the system allows it."""
        return sandbox.enclosed(command, self.folder, self.out, self.root.resolve(), self.shown)

    def holds(self, name: str) -> bool:
        """Whether what TeX calls by a name is really in what it is shown, and not hidden."""
        real = (self.folder / name).resolve()
        around = [folder for folder in (self.folder, *self.shown) if real.is_relative_to(folder)]
        return bool(around) and not any(part.startswith(".") for part in real.relative_to(around[0]).parts)

    def override(self) -> None:
        """Makes of templates/ a folder in which the book's own files stand in for those of the same name."""
        merged = self.folder / "templates"
        merged.unlink()
        for folder in (HOUSE, self.root / HOUSE.name):
            for file in folder.rglob("*"):
                if file.is_file():
                    link = merged / file.relative_to(folder)
                    link.parent.mkdir(parents=True, exist_ok=True)
                    link.unlink(missing_ok=True)
                    link.symlink_to(file.resolve())

    def read(self, account: Account) -> Iterator[Path]:
        """The real paths of all that was asked for below the book and templates/, by whatever names.

        What was not opened counts, too: a picture may ask whether a file is there, or how large it is; and the book may
        have its own of the house's by the next time.
        """
        sources = self.root.resolve(), HOUSE.resolve()
        names = account.opened.union(account.sought)
        asked = names - its_own(names)
        paths = {(self.folder / name).resolve() for name in asked}
        ours = [plain for plain in map(os.path.normpath, asked) if plain.startswith(f"{HOUSE}/")]
        paths |= {(self.root / name).resolve() for name in ours}
        paths |= {Path(name).resolve() for name in ours if not (self.folder / name).exists()}
        for path in sorted(paths):
            if any(map(path.is_relative_to, sources)) and not path.is_dir():
                yield path

    def in_repository(self, log: str) -> str:
        """A log with the names that files have outside: the book's, and the house's or what stands in for it."""

        def outside(match: re.Match[str]) -> str:
            folder, rest = match[2], match[3]
            if folder == "house":
                path = HOUSE / rest
            elif folder == "templates":
                path = found(f"templates/{rest}", self.root)
            else:
                path = self.root / rest
            return f"{match[1] or ''}{path}"

        return re.sub(rf"(?m)^(<<<)?(?:\./)?({self.bookdir}|templates|house)/([\w./-]*)", outside, log)

    def refuse(self, account: Account, where: Callable[[str], str]) -> None:
        """AuthorError, at where(name), for the first name that TeX should not have looked for."""
        account.join()
        own = its_own(account.sought)
        for name in account.sought:
            if name in account.refused or "$" in name or not (name in own or self.holds(name)):
                hint = "TeX may read the book, templates/ and a figure's own tables, nothing else"
                raise AuthorError(f"{where(name)}: asks for {name}", hint)


@contextmanager
def view(book: Book, *paths: str | Path) -> Iterator[View]:
    """A View of the templates, the book and `paths`, each under its name in the repository; gone afterwards."""
    with aside_of(book.build / "scratch" / "tex") as folder:
        (folder / OUT).mkdir(parents=True)
        seen = View(folder, book.root)
        seen.show(HOUSE, "house")
        seen.show(HOUSE, "templates")
        seen.show(book.root, seen.bookdir)
        if (book.root / HOUSE.name).is_dir():
            seen.override()
        for path in paths:
            seen.show(path, path)
        yield seen
