"""Words of TeX's, such as captions and titles, as HTML.

Pandoc reads them and writes them. In between, formulas become MathML, and each command that pandoc does not know is
replaced: one of the house's by what it shows in the book, one of the author's by its body. What nobody knows is an
error with its line; nothing is dropped.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from pipeline.errors.author import AuthorError
from pipeline.html.maths import Maths
from pipeline.html.pandoc import Node, Text, read, written
from pipeline.html.told import Told
from pipeline.style.markup import bare
from pipeline.style.stylesheet import Stylesheet, group

QUOTED = re.compile(r"\\(val|buildfact)\s*(?:\[([^\]]*)\]\s*)?\{([^{}]*)\}")
ENSURED = re.compile(r"\\(?:pgfutil)?ensuremath\s*")
NUMBER = re.compile(rf"{ENSURED.pattern}\{{((?:[\d.,]|\{{[.,]\}}|\\,\s*)+)\}}((?:\\,|\\%)*)")
COMMAND = re.compile(r"\\([A-Za-z]+)(\*?)\s*")
SILENT = {"index", "label", "protect", "nobreak", "allowbreak", "sloppy", "noindent", "relax", "xspace"}
QUOTES = {"de": "„“‚‘", "fr": "«»‹›", "es": "«»“”", "it": "«»“”"}  # of the outer and the inner level; English else
DEEP = 20  # macros that stand for macros


def raw(text: str) -> Node:
    return {"t": "RawInline", "c": ["html", text]}


def text_of(page: str) -> str:
    """What a reader of HTML reads: letters of maths are letters, as one types them."""
    words = html.unescape(re.sub(r"<[^>]+>", "", page.replace("</p>", " ")))
    return " ".join(unicodedata.normalize("NFKC", words).replace("\u2061", "").split())


class Words:
    """Turns TeX into HTML for one book.

    told : what the book says of its figures (tex/captions.py); labels : {label: TeX's entry}; address(label) : where a
    label leads to, or None.
    """

    def __init__(
        self,
        style: Stylesheet,
        told: dict[str, Any],
        labels: dict[str, str],
        language: str,
        address: Callable[[str], str | None],
    ) -> None:
        self.style, self.book, self.address = style, Told(told, labels), address
        self.maths = Maths(style)
        self.quotes = QUOTES.get(language, "“”‘’")

    def html(self, texts: Sequence[Text]) -> list[str]:
        """The texts as HTML; a text of one paragraph is no paragraph."""
        parts = read(texts)
        blocks = [self.settled(part, where) for part, (_, where) in zip(parts, texts, strict=True)]
        pages = written(blocks)
        return [unwrapped(page.strip()) for page in pages[: len(texts)]]

    def settled(self, node: Any, where: str, depth: int = 0) -> Any:
        """A node of pandoc's without formulas and commands."""
        if isinstance(node, list):
            return [each for item in node for each in self.inline(item, where, depth)]
        if isinstance(node, dict):
            return {key: self.settled(value, where, depth) for key, value in node.items()}
        return node

    def inline(self, node: Any, where: str, depth: int) -> list[Any]:
        """What a node is replaced by."""
        kind, content = (node.get("t"), node.get("c")) if isinstance(node, dict) else (None, None)
        match kind, content:
            case "Math", [how, tex]:
                put = lambda found: ENSURED.sub("", self.book.printed(found[1], found[2], found[3], where))  # noqa: E731
                tex = QUOTED.sub(put, tex)
                try:
                    return [raw(self.maths.mathml(tex, how["t"] == "DisplayMath"))]
                except AuthorError as error:
                    raise error.at(where) from None
            case "Quoted", [how, words]:
                double = how["t"] == "DoubleQuote"
                quotes = [{"t": "Str", "c": mark} for mark in (self.quotes[:2] if double else self.quotes[2:])]
                return [quotes[0], *self.settled(words, where, depth), quotes[1]]
            case "Cite", [cited, _]:
                return [self.cited(cited, where, depth)]
            case "Note", blocks:  # there is no foot of a page: it stands where it is called
                words = [each for block in self.settled(blocks, where, depth) for each in [{"t": "Space"}, *block["c"]]]
                return [{"t": "Str", "c": "\u00a0("}, *words[1:], {"t": "Str", "c": ")"}]
            case "Span", [["", [], []], words]:
                return list(self.settled(words, where, depth))
            case "Span", [[name, classes, attributes], words]:
                style = dict(attributes).get("style", "")
                if style.startswith("color: "):
                    classes, attributes = [*classes, style.removeprefix("color: ")], []
                return [{"t": "Span", "c": [[name, classes, attributes], self.settled(words, where, depth)]}]
            case (("RawInline" | "RawBlock"), ["latex" | "tex", tex]):
                found = self.command(tex, where, depth)
                return found if kind == "RawInline" else [{"t": "Plain", "c": found}]
        return [self.settled(node, where, depth)]

    def inner(self, tex: str, where: str, depth: int) -> list[Node]:
        """The inlines of a piece of TeX."""
        if depth > DEEP:
            raise AuthorError(f"{where}: {tex}: macros stand for one another without end")
        blocks = self.settled(read([Text(tex, where)])[0], where, depth + 1)
        if strange := [block["t"] for block in blocks if block["t"] not in ("Para", "Plain")]:
            raise AuthorError(f"{where}: {tex}: {strange[0]} inside a line")
        return [each for block in blocks for each in block["c"]]

    def cited(self, works: list[Node], where: str, depth: int) -> Node:
        """Works as author and year."""
        known, out = self.book.told["citations"], list[Any]()
        intext = works[0]["citationMode"]["t"] == "AuthorInText"
        for k, work in enumerate(works):
            who, year = known.get(work["citationId"], [work["citationId"], ""])
            after = self.settled(work["citationSuffix"], where, depth)
            before = self.settled(work["citationPrefix"], where, depth)
            out += [{"t": "Str", "c": "; "}] if k else []
            out += [*before, {"t": "Space"}] if before else []
            out += self.inner(who, where, depth)
            out += [{"t": "Str", "c": f" ({year}" if intext else f", {year}" if year else ""}]
            out += [{"t": "Str", "c": ", "}, *after] if after else []
            out += [{"t": "Str", "c": ")"}] if intext else []
        around = [] if intext else [{"t": "Str", "c": bracket} for bracket in "()"]
        return {"t": "Span", "c": [["", ["citation"], []], [*around[:1], *out, *around[1:]]]}

    def command(self, tex: str, where: str, depth: int) -> list[Node]:
        """What a command shows that pandoc leaves to us."""
        match = COMMAND.match(tex)
        name, star, at = (match[1], match[2], match.end()) if match else ("", "", 0)
        option, arguments = "", list[str]()
        if bracket := re.compile(r"\[([^\]]*)\]\s*").match(tex, at):
            option, at = bracket[1], bracket.end()
        while tex[at : at + 1] == "{":
            argument, at = group(tex, at)
            arguments.append(argument)
            at += len(tex[at:]) - len(tex[at:].lstrip())
        first = arguments[0] if arguments else ""
        more = lambda text: self.inner(text, where, depth)  # noqa: E731
        match name:
            case "figref" | "Figref" | "tabref" | "Tabref":
                kind = {"fig": "figure", "tab": "table"}[name[:3].lower()]
                labels = [f"figs:{first}", f"fig:{first}"] if star else [f"{name[:3].lower()}:{first}"]
                label = next((each for each in labels if each in self.book.labels), labels[-1])
                return self.reference(label, f"{self.book.noun(kind, name[0].isupper())}\u00a0", "", where, depth)
            case "ref" | "hyperref":
                return self.reference(first, "", "", where, depth)
            case "eqref":
                return self.reference(first, "(", ")", where, depth)
            case "val" | "buildfact":
                printed = self.book.printed(name, option, first, where)
                if number := NUMBER.fullmatch(printed):  # digits of the text's own
                    return more((number[1] + number[2]).replace("{,}", ","))
                return more(re.sub(rf"{ENSURED.pattern}(\{{.*\}})", r"$\1$", printed))
            case "code" | "texttt":
                return [{"t": "Code", "c": [["", [], []], bare(first)]}]
            case _ if name in SILENT:
                return []
            case _ if name in self.style.inks and arguments:
                return [{"t": "Span", "c": [["", [name], []], more(first)]}]
            case _ if name in self.style.macros:
                body, end = self.style.called(name, tex, len(name) + 1 + len(star))
                return more(body + tex[end:])
        hint = "in preamble.tex, \\newcommand says what it stands for"
        raise AuthorError(f"{where}: a page on the web does not know {tex.split('{')[0].strip()}", hint)

    def reference(self, label: str, before: str, after: str, where: str, depth: int) -> list[Node]:
        """A label's number, which leads to it where it is in the gallery."""
        number = self.book.number(label, where)
        words = [{"t": "Str", "c": number}] if re.fullmatch(r"[\w.]*", number) else self.inner(number, where, depth)
        shown = [{"t": "Str", "c": before}, *words, {"t": "Str", "c": after}]
        address = self.address(label)
        return [{"t": "Link", "c": [["", [], []], shown, [address, ""]]}] if address else shown


def unwrapped(page: str) -> str:
    """HTML without the paragraph that is all of it."""
    alone = page.startswith("<p>") and page.endswith("</p>") and page.count("<p>") == 1
    return page[3:-4] if alone else page
