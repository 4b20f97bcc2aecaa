"""The keys that TeX noted of a picture (templates/layer.tex), by plot, and those of them that are not proven."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.plots import proven

LINE = re.compile(r"(\S+) (.*?)(\?)? := ?(.*)")
HANDLER = re.compile(r"(.+)/(\.[^/]*)")
OURS = re.compile(r"/(?:tikz|pgfplots|pgf|utils|handlers)(?:/|$)")  # the roots of keys that say how plots are drawn
ARGUMENTS = re.compile(r"\s*|\d|(#\d[^#{}]*)+")  # of a style, or their number
WISH = "/pgfplots/layer/"
NUMBER = re.compile(r"\{(\d+)\}")
STYLES = {".style", ".append style", ".prefix style", ".add style", ".style args", ".style n args", ".style 2 args"}
CODES = {style.replace("style", "code") for style in STYLES}
TRIED = {".try", ".retry", ".lastretry"}  # they run a key that is then not noted by itself
HARMLESS = {".cd", ".expand once", ".expanded", ".expand twice", ".search also", ".default", ".list"}


@dataclass(frozen=True)
class Key:
    """A key that was run; undefined : nobody has defined it (without its handler), as TikZ takes colours and arrows."""

    path: str
    value: str
    undefined: bool = False

    @property
    def name(self) -> str:
        """As an author writes it."""
        return re.sub(r"^/(tikz|pgfplots)/", "", self.path)


class Notes:
    """TeX's notes on a picture."""

    def __init__(self, text: str) -> None:
        self.keys: dict[str, list[Key]] = {}  # by where they were run: house, . (the picture), axis. or axis.plot
        self.places: dict[int, set[str]] = {}  # where a plot's keys were run, by its number
        self.judged: dict[Key, bool] = {}
        self.told: dict[str, list[str]] = {}  # names that are not proven, by where they were run
        for line in text.splitlines():
            where, path, undefined, value = match.groups() if (match := LINE.fullmatch(line)) else (".", line, "", "")
            self.keys.setdefault(where, []).append(Key(path, value.removesuffix(" "), bool(undefined)))
            if path == "/pgfplots/specimen" and re.fullmatch(r"\d+\.\d+", where) and (number := NUMBER.match(value)):
                self.places.setdefault(int(number[1]), set()).add(where)
        self.styles = {name for name, handler in self.defined(self.keys) if handler in STYLES}
        self.own = {name for name, _ in self.defined(["house"])}  # of the stylesheet, the book and its packages

    def defined(self, places: Iterable[str]) -> Iterator[tuple[str, str]]:
        """(name, handler) of what was defined there, such as points and .style."""
        matches = (HANDLER.fullmatch(key.path) for place in places for key in self.keys.get(place, []))
        return ((Key(match[1], "").name, match[2]) for match in matches if match)

    def unproven(self, number: int) -> list[str]:
        """The names of a plot's keys that are not proven; it must have been drawn."""
        places = self.places.get(number, set())
        if not places:
            return ["a plot in a node"]  # whose keys are not noted
        around = {f"{place.partition('.')[0]}." for place in places}
        where = [".", *sorted(around), *sorted(places)]
        wishes = [key.name for place in where for key in self.keys.get(place, []) if key.path.startswith(WISH)]
        if wishes and wishes[-1] != "layer/auto":
            return ["layer=never"] if wishes[-1] == "layer/never" else []
        return [*dict.fromkeys(name for place in where for name in self.unproven_at(place)), *self.house]

    def unproven_at(self, place: str) -> list[str]:
        if place not in self.told:
            self.told[place] = [key.name for key in self.keys.get(place, []) if not self.judge(key)]
        return self.told[place]

    @cached_property
    def house(self) -> list[str]:
        """The same of all plots of the book: of keys that its preamble sets, or changes."""
        keys = [key for key in self.keys.get("house", []) if OURS.match(key.path) and not self.judge(key)]
        return [*dict.fromkeys(key.name for key in keys if key.name not in self.own or proven.named(key.name))]

    def judge(self, key: Key) -> bool:
        """Whether a key is proven."""
        if key not in self.judged:
            self.judged[key] = self.ruled(key)
        return self.judged[key]

    def ruled(self, key: Key) -> bool:
        if match := HANDLER.fullmatch(key.path):
            return self.handled(Key(match[1], key.value, key.undefined), match[2])
        if key.undefined and key.value == r"\pgfkeysnovalue":
            return True  # a colour, an arrow or a shape
        return proven.allows(key.name, key.value) or (key.name in self.styles and not proven.named(key.name))

    def handled(self, key: Key, handler: str) -> bool:
        """Whether that is of a key such as points/.style."""
        if handler in HARMLESS or proven.allows(f"{key.name}/{handler}", key.value):
            return True
        if handler in STYLES:  # what it says is noted where it is used, but for what paths run for themselves
            return not key.name.startswith("table/") and (key.name not in proven.INSIDE or inside(key.value))
        if key.undefined or key.path.startswith("/pgf/"):  # nothing is tried, or a new key defined, whose use is noted
            return True
        if handler in TRIED:
            return key.name in self.styles or proven.named(key.name)
        empty = not key.value and key.name not in self.styles and not key.name.startswith("every ")
        return (
            handler in CODES and not empty and also(key.value)
        )  # else a key that PGFPlots knows is changed, maybe for all plots


def pieces(text: str) -> Iterator[str]:
    """What stands in braces, with them, and what stands between."""
    depth, start = 0, 0
    for at, sign in enumerate(text):
        if sign == "{" and not depth and text[start:at].strip():
            yield text[start:at].strip()
        start = at if sign == "{" and not depth else start
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "}" and not depth:
            yield text[start : at + 1]
            start = at + 1
    if text[start:].strip():
        yield text[start:].strip()


def also(code: str) -> bool:
    """Whether that is what a style comes to: keys that are run, and so noted."""
    match [*pieces(code)]:
        case [] | [r"\pgfkeysalso", _]:
            return True
        case parts:
            inner = [part[1:-1] for part in parts if part.startswith("{")]
            return len(inner) == len(parts) and all(ARGUMENTS.fullmatch(each) or also(each) for each in inner)


def options(text: str) -> Iterator[tuple[str, str]]:
    """(key, value) of each of a list of options; what stands in braces belongs together."""
    depth, start = 0, 0
    for at, sign in enumerate(text + ","):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "," and not depth:
            key, _, value = text[start:at].partition("=")
            if key.strip():
                yield key.strip(), re.sub(r"^\{(.*)\}$", r"\1", value.strip())
            start = at + 1


def inside(value: str) -> bool:
    """Whether all of a list of options are proven, which a path runs for itself."""
    return all(proven.allows(key, of) for key, of in options(value))
