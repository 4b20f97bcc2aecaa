"""An edition's answers, read as data: what TeX is told, and what preflight holds the PDFs to."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.errors.author import AuthorError
from pipeline.errors.hints import nearest
from pipeline.style.lengths import length
from pipeline.style.palettes import names

ANSWER = re.compile(r"^\\(?:re)?newcommand\{\\(\w+)\}\{([^}]*)\}", re.MULTILINE)
BASE = re.compile(r"^\\input\{\\bookdir/(editions/[\w-]+)\}", re.MULTILINE)
# Every answer: the words to choose from, or what it measures.
ANSWERS: dict[str, str | tuple[str, ...]] = {
    "palette": "palette",
    "colourmodel": ("rgb", "cmyk"),
    "inkprofile": "word",
    "mostink": "number",
    "tint": "number",
    "transparency": ("allowed", "none"),
    "textcontrast": "number",
    "markcontrast": "number",
    "leastline": "length",
    "leasttype": "length",
    "axiswidth": "length",
    "gridwidth": "length",
    "curvewidth": "length",
    "innermargin": "length",
    "outermargin": "length",
    "bleed": "length",
    "chapterstart": ("openany", "openright"),
    "links": ("coloured", "plain", "none"),
    "stamp": ("foot", "title", "none"),
    "labels": ("margin", "none"),
    "provenance": ("shown", "none"),
    "sources": ("shown", "address", "qr", "none"),
    "standard": ("PDF/X-1a:2003", "none"),
    "presscondition": "word",
}


KINDS: dict[str, Callable[[str], str | float]] = {"word": str, "number": float, "length": length}


def files(path: str | Path, above: tuple[Path, ...] = ()) -> list[Path]:
    """The edition's file and those that it is based on, the base first; `above` are those that are based on it."""
    path, found = Path(path), list[Path]()
    for match in BASE.finditer(text := path.read_text(encoding="utf-8")):
        base = path.parents[1] / f"{match[1]}.tex"
        if not base.is_file() or base in (*above, path):
            where = f"{path}:{text.count(chr(10), 0, match.start()) + 1}"
            raise AuthorError(
                f"{where}: is based on {base}, which {'is based on it' if base.is_file() else 'is not there'}"
            )
        found += files(base, (*above, path))
    return [*found, path]


@dataclass(frozen=True)
class Edition:
    """The answers of editions/<name>.tex: words as they stand, lengths in TeX's points, numbers as floats."""

    path: Path
    more: tuple[Path, ...] = ()  # files of further answers, which stand in for its own

    @cached_property
    def files(self) -> list[Path]:
        return [*files(self.path), *self.more]

    @cached_property
    def text(self) -> str:
        return "\n".join(file.read_text(encoding="utf-8") for file in self.files)

    @cached_property
    def answers(self) -> dict[str, Any]:
        given: dict[str, tuple[str, str]] = {}  # {name: (text, where)}
        for file in self.files:
            for match in ANSWER.finditer(text := file.read_text(encoding="utf-8")):
                if file in self.more and match[1] not in given and match[0].startswith(r"\new"):
                    continue  # no answer, but what only slides have
                given[match[1]] = match[2], f"{file}:{text.count(chr(10), 0, match.start()) + 1}"
            if unknown := next((name for name in given if name not in ANSWERS), None):
                raise AuthorError(
                    f"{given[unknown][1]}: \\{unknown} is no answer of an edition's", nearest(unknown, ANSWERS)
                )
        for name, (text, where) in given.items():
            if text[1:] in given:  # \axiswidth is \leastline
                given[name] = given[text[1:]][0], where
            elif text.startswith("\\bookdir/"):  # a file of the book's, such as a printer's profile
                given[name] = text.replace("\\bookdir", str(self.path.parents[1]), 1), where
        if missing := [name for name in ANSWERS if name not in given]:
            raise AuthorError(
                f"{self.path}: the edition does not answer {', '.join(chr(92) + name for name in missing)}"
            )
        return {name: self.value(name, *given[name], self.choices(name)) for name in ANSWERS}

    def choices(self, name: str) -> str | tuple[str, ...]:
        """What an answer may be: words to choose from, or what it measures."""
        return tuple(names(self.path.parents[1])) if name == "palette" else ANSWERS[name]

    @staticmethod
    def value(name: str, text: str, where: str, kind: str | tuple[str, ...]) -> str | float:
        try:
            return KINDS[kind](text) if isinstance(kind, str) else kind[kind.index(text)]
        except (ValueError, KeyError):
            if isinstance(kind, tuple):
                raise AuthorError(
                    f"{where}: \\{name} is '{text}', not one of {', '.join(kind)}", nearest(text, kind)
                ) from None
            raise AuthorError(f"{where}: \\{name} is '{text}', not a {kind}") from None

    def __getattr__(self, name: str) -> Any:
        if name in ANSWERS:
            return self.answers[name]
        raise AttributeError(name)
