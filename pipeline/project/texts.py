"""A book's texts before they are typeset: where they lead to, and what of the book they name.

What TeX will show is known to TeX alone, which tells of it as it sets the text (tex/shown.py). What has to be built
before is read from the texts as they stand, in any macro's argument, and rather too much than too little: also what
stands in \\iffalse, or verbatim.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.project import slides
from pipeline.style.comments import without_comments

# A name begins an argument (or an item of it), or has a folder; what stands before it may be a macro, as \bookdir/ is.
WORD = re.compile(
    r"(?P<begins>[{,=]\s*|\\input\s+)?(?<![\w:/\\.-])(?:\\[A-Za-z@]+\s*/)?(?P<word>[A-Za-z]\w*(?:[/.-]+\w+)*)"
    r"|\\(?P<command>chapters|chapter|appendix|frontmatter|mainmatter|backmatter)(?![A-Za-z@*])"
)
REFERENCE = re.compile(r"\\[A-Za-z@]*[rR]ef\*?\s*\{[^{}]*\}")  # to what stands elsewhere

APART = ("tests", "expected", "editions")  # of a book's folders: no texts


class Piece(NamedTuple):
    """What may matter of a text: a command, or a word that may name something."""

    line: int
    word: str
    command: bool = False


def pieces(path: Path) -> list[Piece]:
    """The pieces of a text, in its order."""
    state = path.stat()
    return read(path.resolve(), state.st_mtime_ns, state.st_size)


@cache
def read(path: Path, *_: int) -> list[Piece]:
    text = without_comments(path.read_text(encoding="utf-8", errors="replace"))
    text = REFERENCE.sub(lambda reference: "\n" * reference[0].count("\n"), text)
    found, line, last = [], 1, 0
    for match in WORD.finditer(text):
        if match["command"] or match["begins"] or "/" in match["word"]:
            start = match.start("command" if match["command"] else "word")
            line, last = line + text.count("\n", last, start), start
            found.append(Piece(line, match["command"] or match["word"], bool(match["command"])))
    return found


def in_utf8(text: bytes) -> bool:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class Reading:
    """The texts of one book."""

    def __init__(self, root: Path, chapters: Iterable[str]) -> None:
        # files : {name by which TeX may input it: the file}; ends : {what such a name may end in: files}
        self.root, self.chapters = root, list(chapters)
        self.files: dict[str, Path] = {}
        self.ends: dict[str, list[Path]] = {}
        self.folders: dict[Path, str] = {}
        for file in sorted(root.rglob("*.tex")):
            inside = file.relative_to(root)
            if inside.parts[0] not in APART and not any(part.startswith(".") for part in inside.parts):
                name = str(inside.with_suffix(""))
                self.files |= {name: file, str(inside): file}
                talks = inside.parts[0] == slides.FOLDER not in self.chapters  # no chapter inputs those
                for k in range(0 if not talks else len(inside.parts), len(inside.parts)):
                    self.ends.setdefault("/".join(name.split("/")[k:]), []).append(file)
        self.files |= {chapter: root / chapter / "chapter.tex" for chapter in self.chapters}

    def folder(self, text: Path) -> str:
        """What names in a text's folder begin with."""
        if text not in self.folders:
            self.folders[text] = str(text.parent.relative_to(self.root) / "x").removesuffix("x")
        return self.folders[text]

    def inputs(self, text: Path, piece: Piece) -> list[Path]:
        """The files that a text may input by a piece of it."""
        if piece.command:
            return [self.files[chapter] for chapter in self.chapters] if piece.word == "chapters" else []
        word = piece.word.removesuffix(".tex")
        exact = self.files.get(word) or self.files.get(f"{self.folder(text)}{word}")
        return [exact] if exact else self.ends.get(word, [])

    def walk(self, texts: Iterable[Path], known: set[Path] | None = None) -> Iterator[tuple[Path, Piece]]:
        """(file, piece) of these texts and of all that they input, each once, as they are read."""
        known = set() if known is None else known
        for text in texts:
            if text not in known and text.is_file():
                known.add(text)
                for piece in pieces(text):
                    yield text, piece
                    yield from self.walk(self.inputs(text, piece), known)

    def all(self, chapters: Iterable[str]) -> Iterator[tuple[Path, Piece]]:
        """The same of the texts of chapters and of what is set around them; of all chapters are the book."""
        chapters = list(chapters)
        whole = [self.root / "book.tex"] if {*chapters} >= {*self.chapters} else []
        own = sorted(self.root.glob("templates/*.tex"))
        return self.walk([*(self.files[c] for c in chapters), *whole, self.root / "preamble.tex", *own])

    def calls(self, chapters: Iterable[str], command: str) -> bool:
        """Whether the texts of these chapters, and what is set around them, call a command of TeX's."""
        called = re.compile(rf"\\{command}(?![A-Za-z@])")
        files = dict.fromkeys(file for file, _ in self.all(chapters))
        return any(called.search(without_comments(f.read_text(encoding="utf-8", errors="replace"))) for f in files)

    def scrambled(self) -> list[Path]:
        """The book's texts that are not in UTF-8."""
        return sorted(text for text in {text for text, _ in self.all(self.chapters)} if not in_utf8(text.read_bytes()))

    def named(self, chapters: Iterable[str], names: Mapping[str, object]) -> Iterator[tuple[str, Path, int]]:
        """(name, file, line) where these texts name what is in `names`, in full or as it is called in their folder."""
        for text, piece in self.all(chapters):
            name = piece.word if piece.word in names else self.folder(text) + piece.word
            if name in names and not piece.command:
                yield name, text, piece.line

    def numbers(self) -> dict[str, tuple[int, bool]]:
        """{chapter: (how many numbered chapters stand before it, whether it is an appendix)}, as book.tex has them."""
        found: dict[str, tuple[int, bool]] = {}
        before, appendix, numbered = 0, False, True
        of = {self.files[chapter]: chapter for chapter in self.chapters}
        for text, piece in self.walk([self.root / "book.tex"]):
            if text in of and of[text] not in found:
                found[of[text]] = before, appendix
            if piece.word == "appendix" or piece.word == "appendices":
                before, appendix = (0, True) if not appendix else (before, True)
            elif piece.command and piece.word.endswith("matter"):
                numbered = piece.word == "mainmatter"
            elif piece.command and piece.word == "chapter":
                before += numbered
        return {chapter: found.get(chapter, (k, False)) for k, chapter in enumerate(self.chapters)}
