"""The documents, and their Markdown taken apart: prose, code, links, headings and rows of tables."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from conftest import ROOT

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
ATTRIBUTE = re.compile(r"\b(?:src|srcset|href)=[\"']([^\"']+)[\"']")  # of HTML
ANCHOR = re.compile(r"\b(?:id|name)=[\"']([^\"']+)[\"']")
SENTENCE = re.compile(r"(?<=[.!?…])[\"”’')*_]*\s+(?=[\"“‘'(*_`]*[A-ZÀ-Þ0-9‹])")
CODE = "‹code›"  # stands for a piece of code in prose


def tidy(path: Path) -> str:
    """A path as it is called in the repository."""
    return str(path.relative_to(ROOT))


PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


@dataclass
class Row:
    """A row of a table: its cells without markup, the code in them, and what stands above the table in its section."""

    line: int
    cells: list[str]
    code: list[str]
    above: list[str]  # code


@dataclass
class Page:
    """A document. code : (line, language, text) of fences, "" of pieces within a line."""

    path: Path
    text: str
    headings: list[tuple[int, str]] = field(default_factory=list)  # (level, without markup)
    links: list[tuple[int, str]] = field(default_factory=list)  # (line, target)
    code: list[tuple[int, str, str]] = field(default_factory=list)
    prose: list[tuple[int, str]] = field(default_factory=list)  # (line, paragraph, heading, item or cell)
    rows: list[Row] = field(default_factory=list)  # without the heads
    marks: set[str] = field(default_factory=set)  # anchors that HTML gives

    def __post_init__(self) -> None:
        cells: Row | None = None
        head, level, above = False, 0, list[str]()
        for token in MARKDOWN.parse(self.text):
            line = token.map[0] + 1 if token.map else 0
            match token.type:
                case "heading_open":
                    level, above = int(token.tag[1]), []
                case "heading_close":
                    level = 0
                case "thead_open" | "thead_close":
                    head = token.type == "thead_open"
                case "tr_open":
                    cells = Row(line, [], [], above)
                case "tr_close":
                    if cells and not head:
                        self.rows.append(cells)
                    cells = None
                case "table_close":
                    above = []
                case "fence" | "code_block":
                    language = token.info.split(" ")[0] if token.info else "text"
                    self.code.append((line + (token.type == "fence"), language, token.content))
                    above = [*above, *token.content.splitlines()]
                case "html_block":
                    self.html(line, token.content)
                case "inline":
                    words, pieces = self.inline(line, token)
                    self.prose.append((line, words))
                    if level:
                        self.headings.append((level, plain(token)))
                    if cells:
                        cells.cells.append(plain(token))
                        cells.code += pieces
                    else:
                        above = [*above, *pieces]

    def html(self, line: int, text: str) -> None:
        self.links += [(line, target) for target in ATTRIBUTE.findall(text)]
        self.marks |= {*ANCHOR.findall(text)}

    def inline(self, line: int, token: Token) -> tuple[str, list[str]]:
        """(its words, CODE for pieces of code; these pieces)."""
        words, pieces = list[str](), list[str]()
        for child in token.children or []:
            match child.type:
                case "code_inline":
                    pieces.append(child.content)
                    words.append(CODE)
                case "link_open":
                    self.links.append((line, str(child.attrs["href"])))
                case "image":
                    self.links.append((line, str(child.attrs["src"])))
                    words.append(child.content)
                case "html_inline":
                    self.html(line, child.content)
                case "softbreak" | "hardbreak":
                    words.append(" ")
                case _:
                    words.append(child.content)
        self.code += [(line, "", piece) for piece in pieces]
        return "".join(words), pieces

    @cached_property
    def anchors(self) -> set[str]:
        """What `#…` may name: headings as GitHub writes them, and anchors of HTML."""
        found, seen = set(self.marks), Counter[str]()
        for _, heading in self.headings:
            name = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
            found.add(f"{name}-{seen[name]}" if seen[name] else name)
            seen[name] += 1
        return found

    @cached_property
    def sentences(self) -> list[tuple[int, str]]:
        return [(line, sentence) for line, text in self.prose for sentence in SENTENCE.split(text)]

    @property
    def words(self) -> int:
        """How many words there are outside of fences."""
        return sum(len(re.findall(r"\w[\w’'.,-]*|‹\w+›", text)) for _, text in self.prose)

    @property
    def commands(self) -> list[tuple[int, str]]:
        """(line, text) of the code that is typed: pieces within lines, and fences of a shell."""
        return [
            (line + k, text)
            for line, language, block in self.code
            for k, text in enumerate(block.splitlines())
            if language in ("", "sh")
        ]


def plain(token: Token) -> str:
    """An inline token without markup, code as it is written."""
    kinds = {"text", "code_inline", "softbreak"}
    return "".join(child.content or " " for child in token.children or [] if child.type in kinds)


@cache
def page(path: str | Path) -> Page:
    return Page(ROOT / path, (ROOT / path).read_text(encoding="utf-8"))
