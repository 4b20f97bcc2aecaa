"""What a document asks its reader to do, in order: commands to run and files to write.

Each fence has a language, and what stands before it says what it is for:

    ```sh                               commands; each ends well, but for a line that ends with `# fails`
    ```text, below one of sh            what it prints, line by line; `…` stands for anything
    … `path`:                           the fence is this file
    … at the end of `path`:             … belongs there
    … in `path`, after `words`:         … comes after the one line with these words; also `before` and `instead of`
    <!-- not run: reason -->            the fence is shown and no more
"""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

LANGUAGES = {"sh", "text", "python", "tex", "yaml", "bibtex", "csv", "json", "svg", "toml", "vim", "elisp"}
FAILS = re.compile(r"\s#\s*fails$")
NOT_RUN = re.compile(r"<!--\s*not run:\s*(\S.*?)\s*-->", re.DOTALL)
PLACE = re.compile(
    r"(?:(?P<end>\b[Aa]t the end of )|(?P<within>\b[Ii]n ))?`(?P<path>[^`\s]+)`"
    r"(?:, (?P<how>after|before|instead of) (?P<b>`+) ?(?P<words>.+?) ?(?P=b))?:$"
)


class Fault(Exception):
    """What is wrong with a document, or with what became of it, and on which line."""

    def __init__(self, line: int, message: str, printed: str = ""):
        super().__init__(message)
        self.line, self.message, self.printed = line, message, printed


@dataclass(frozen=True)
class Command:
    line: int
    text: str

    fails = property(lambda self: bool(FAILS.search(self.text)))


@dataclass(frozen=True)
class Shell:
    """Commands that one shell runs, and [(line, what it prints)]."""

    line: int
    commands: list[Command]
    said: list[tuple[int, str]]


@dataclass(frozen=True)
class Piece:
    """A whole file, or a part of one; how: whole | end | after | before | instead of."""

    line: int
    path: str
    text: str
    how: str
    words: str = ""


@dataclass(frozen=True)
class Skipped:
    """What is shown and not run."""

    line: int
    reason: str
    text: str


Step = Shell | Piece | Skipped


def complete(text: str) -> bool:
    """Whether bash takes these lines for whole commands."""
    if text.endswith("\\"):
        return False
    done = subprocess.run(["bash", "-n"], input=text, capture_output=True, encoding="utf-8")
    return not done.returncode and not done.stderr  # of a here-document without its end it only warns


def commands(first: int, text: str) -> list[Command]:
    """The commands of a fence whose first line has this number."""
    found, begun = [], []
    for number, line in enumerate(text.splitlines(), first):
        if not begun and (not line.strip() or line.lstrip().startswith("#")):
            continue
        begun.append((number, line))
        if complete(whole := "\n".join(line for _, line in begun)):
            found.append(Command(begun[0][0], whole))
            begun = []
    if begun:
        raise Fault(begun[0][0], f"bash does not understand: {begun[0][1]}")
    return found


def piece(line: int, before: str, text: str) -> Piece:
    """What a fence does to a file, by the paragraph before it."""
    place = PLACE.search(before)
    if not place:
        raise Fault(line, "it is not said where this belongs: the line before ends with `path`: and nothing else")
    if bool(place["within"]) != bool(place["how"]):
        raise Fault(line, "a place in a file is told as: in `path`, after `words`:")
    path = place["path"]
    if Path(path).is_absolute() or ".." in Path(path).parts:
        raise Fault(line, f"{path} leads out of the project's folder")
    return Piece(line, path, text, "end" if place["end"] else place["how"] or "whole", place["words"] or "")


def read(text: str) -> list[Step]:
    """The steps of a document."""
    steps: list[Step] = []
    before, reason = "", ""  # the paragraph and the comment just before
    said_of = None  # the step that a fence of text would belong to
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        line = token.map[0] + 1 if token.map else 0
        if token.type == "inline":
            before = " ".join(token.content.split())
        elif token.type == "heading_open":
            before, said_of = "", None
        elif token.type == "html_block":
            comment = NOT_RUN.search(token.content)
            reason = comment[1] if comment else reason
        elif token.type == "code_block":
            raise Fault(line, "code stands in a fence, with its language")
        elif token.type == "fence":
            language = token.info.strip()
            if language not in LANGUAGES:
                raise Fault(line, f"a fence has one of the languages {', '.join(sorted(LANGUAGES))}, not {language!r}")
            if reason:
                said_of = Skipped(line, reason, token.content)
                steps.append(said_of)
            elif language == "sh":
                said_of = Shell(line, commands(line + 1, token.content), [])
                steps.append(said_of)
            elif language == "text" and said_of and not PLACE.search(before):
                if isinstance(said_of, Shell):
                    said_of.said.extend(enumerate(token.content.splitlines(), line + 1))
                said_of = None
            elif language == "text" and not PLACE.search(before):
                raise Fault(line, "text says what the commands just before it print; there are none")
            else:
                steps.append(piece(line, before, token.content))
                said_of = None
            before = reason = ""
    if reason:
        raise Fault(len(text.splitlines()), "a comment says `not run`, and no fence follows")
    return steps
