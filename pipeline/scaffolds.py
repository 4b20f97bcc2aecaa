"""What new books, chapters, figures and models begin with: scaffolds below templates/new/, filled in.

In a scaffold @name, @title, … stand for words, and @first, @second, @third for roles of the book. A book may have
further kinds of figures, in its own templates/new/figure/<kind>/.
"""

import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors.author import UsageError
from pipeline.files import remove, whole
from pipeline.style.sheets import places
from pipeline.style.stylesheet import ROLE, Stylesheet

SCAFFOLDS = "templates/new"
PLACES = ("first", "second", "third")  # what scaffolds call roles
HOUSE_ROLES = ("accent", "annotation", "neutral")  # where a book has too few of its own
SENTENCE = "sentence.tex"  # what shows a figure, in its chapter
Files = dict[Path, str]


def filled(text: str, words: dict[str, str]) -> str:
    """A scaffold with words for what it calls @name, @title, …"""
    return re.sub(r"@(\w+)", lambda found: words.get(found[1], found[0]), text)


def scaffold(kind: str, root: Path, **words: str) -> Files:
    """{path below its folder: its text, filled in} of the files of a scaffold, the book's or the house's."""
    folder = next(folder for folder in places(f"{SCAFFOLDS}/{kind}", root) if folder.is_dir())
    paths = sorted(path for path in folder.rglob("*.*") if path.is_file())
    return {path.relative_to(folder): filled(path.read_text(encoding="utf-8"), words) for path in paths}


def kinds(root: Path) -> list[str]:
    """The kinds of figures that there are, the book's own among them."""
    folders = (folder for place in places(f"{SCAFFOLDS}/figure", root) for folder in place.glob("*/"))
    return sorted({folder.name for folder in folders if folder.is_dir()})


def roles(style: Stylesheet, root: Path) -> list[str]:
    """Three roles for a figure: the book's own, those first whose colours differ, and then the house's."""
    made = (m for m in ROLE.finditer(style.preamble) if style.place(m).startswith(f"{root}/"))
    candidates = [role for role in dict.fromkeys([*(m[1] for m in made), *HOUSE_ROLES]) if role in style.roles]
    first = {style.roles[role]: role for role in reversed(candidates)}  # of each colour
    return sorted(candidates, key=lambda role: first[style.roles[role]] != role)[: len(PLACES)]


@dataclass(frozen=True)
class Figure:
    """The files of a new figure, the sentence that shows it, and the roles that it names."""

    files: Files
    sentence: str
    roles: list[str]

    @classmethod
    def of(cls, kind: str, name: str, root: Path, colours: list[str]) -> "Figure":
        words = dict(zip(PLACES, colours, strict=True))
        found = {str(path): text for path, text in scaffold(f"figure/{kind}", root, name=name, **words).items()}
        sentence = found.pop(SENTENCE, f"\\fig{{{name}}}{{}}\n")
        files = {root / f"{name}{path.removeprefix('figure')}": text for path, text in found.items()}
        drawn = " ".join(text for path, text in files.items() if path.suffix == ".j2")
        return cls(files, sentence, [role for role in colours if re.search(rf"\b{role}\b", drawn)])


def write_all(files: Files, check: Callable[[], object] = lambda: None) -> None:
    """Writes all files or, where one of them is there or the book refuses them, none."""
    if there := [path for path in files if path.exists()]:
        raise UsageError(f"{there[0]}: is there already, and stays as it is", "another name")
    folders = {folder for path in files for folder in path.parents if not folder.exists()}
    try:
        with ExitStack() as stack:
            for path, text in files.items():
                stack.enter_context(whole(path)).write_text(text, encoding="utf-8")
        check()
    except BaseException:
        for path in (*files, *sorted(folders, reverse=True)):
            remove(path)
        raise
