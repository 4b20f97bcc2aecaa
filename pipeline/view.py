"""What TeX sees of the disk: by name, links to what it may read; and an account of all that it opened, to hold it to that.

TeX's own paranoid mode refuses absolute paths and `..`, but expands variables in names: `$SELFAUTOPARENT/etc/passwd` is
read. What is opened is told on standard error, where no figure can write.
"""

import os
import re
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from pipeline.errors import AuthorError
from pipeline.files import aside_of

OUT = "build/out"  # the one folder in which TeX can write
ENVIRONMENT = {"openin_any": "p", "openout_any": "p", "MKTEXTFM": "0", "MKTEXPK": "0", "KPATHSEA_DEBUG": "4"}  # 4: what is opened
PRIVATE = ("TEXINPUTS", "BIBINPUTS", "BSTINPUTS", "TEXMFOUTPUT")  # an author's own paths are none of a book's
OPENED = re.compile(rb"kdebug:fopen\((/.*?), \w+\) => 0x(?!0$)")
TREES = re.compile(r"/texmf[^/]*(/|$)")  # texmf-dist, texmf-local, texmf-var and so on: TeX's own


class Account(Thread):
    """Listens to a pipe for what TeX opens by absolute path."""

    def __init__(self, pipe):
        super().__init__(daemon=True)
        self.pipe, self.opened = pipe, set()
        self.start()

    def run(self):
        with open(self.pipe, "rb") as lines:
            self.opened.update(os.fsdecode(path) for line in lines for path in OPENED.findall(line))

    def paths(self):
        self.join()
        return sorted(self.opened)


class View:
    """The folder in which a run works."""

    def __init__(self, folder, root):
        self.folder, self.root = folder, root
        inside = os.path.relpath(root)
        self.bookdir = "book" if inside.startswith("..") or inside == "." else inside

    out = property(lambda self: self.folder / OUT)

    def show(self, path, name):
        link = self.folder / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(Path(path).resolve())

    def write(self, name, text):
        """A file of that name in the view alone."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        file.write_text(text, encoding="utf-8")

    def in_repository(self, log):
        """A log with the book's files under the names that they have outside."""
        return (
            log
            if self.bookdir == str(self.root)
            else re.sub(rf"(?m)^(<<<)?(?:\./)?{self.bookdir}/", lambda m: f"{m[1] or ''}{self.root}/", log)
        )

    def check(self, opened, about):
        """AuthorError where TeX opened what it was not shown; `opened` are absolute paths."""
        for path in opened:
            if not TREES.search(path) and not Path(path).is_relative_to(self.folder.resolve()):
                hint = "TeX may read the book, templates/ and a figure's own tables, nothing else"
                raise AuthorError(f"{about}: opens {path}", hint)


@contextmanager
def view(book, *paths):
    """A View of the templates, the book and `paths`, each under its name in the repository; gone afterwards."""
    with aside_of(book.build / "scratch" / "tex") as folder:
        (folder / OUT).mkdir(parents=True)
        seen = View(folder, book.root)
        for path, name in (("templates", "templates"), (book.root, seen.bookdir), *((path, path) for path in paths)):
            seen.show(path, name)
        yield seen
