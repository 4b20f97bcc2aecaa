"""What has changed since a figure was made, by name: files and what they define, models, seeds, versions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType

from pipeline.errors.author import AuthorError
from pipeline.project.book import Book
from pipeline.project.config import line_of
from pipeline.records.digest import located
from pipeline.records.reads import sources_today
from pipeline.records.record import SECTIONS, Record, of_figure, of_inks, of_model, of_picture, of_tables
from pipeline.style.comments import without_comments
from pipeline.style.stylesheet import group

# \colour{pink}…, \newcommand{\vx}…, points/.style…; what follows, up to the next of them, is the value.
DEFINITION = re.compile(
    r"^(?:\\(?P<kind>[A-Za-z]+)\{(?P<name>\\?[\w+@-]+)\}|[ \t]*(?P<style>/?\w[\w/ ]*?)/\.(?:append )?style\b)",
    re.MULTILINE,
)
KINDS = {
    "newcommand": "macro",
    "renewcommand": "macro",
    "newlength": "length",
    "setlength": "length",
    "shade": "colour",
}
MOST = 60  # letters of a value


def today(book: Book, edition: str, name: str) -> Record:
    """A figure's record as today's files would have it; what is built counts where it was made from just these."""
    models = models_today(book, book.asked(name))
    tables = of_tables(book, name, sources_today(book, book.tables(name)), models) if book.find(name).module else None
    picture = of_picture(book, name, sources_today(book, book.picture(name)), tables)
    inks = of_inks(book, edition) if book.mixed(edition) else None
    return of_figure(book, edition, name, sources_today(book, book.figure(edition, name)), picture, inks)


def models_today(book: Book, names: Iterable[str]) -> dict[str, Record]:
    """{model: its record} of models, and of all that they ask for, as today's files would have them."""
    models: dict[str, Record] = {}
    for name in book.in_order(names):
        models[name] = of_model(book, name, sources_today(book, book.model(name)), models)
    return models


def definitions(text: str) -> dict[tuple[str, str], tuple[str, int]]:
    """{(kind, name): (value, line)} of all that a stylesheet defines at a line's beginning."""
    found: dict[tuple[str, str], tuple[str, int]] = {}
    matches = list(DEFINITION.finditer(text))
    for match, following in zip_longest(matches, matches[1:]):
        kind, name = (
            (KINDS.get(match["kind"], match["kind"]), match["name"]) if match["kind"] else ("style", match["style"])
        )
        value = without_comments(text[match.end() : following.start() if following else len(text)])
        found[kind, name] = " ".join(value.split()).removeprefix("="), text.count("\n", 0, match.start()) + 1
    return found


def groups(value: str) -> list[str]:
    """The arguments that a definition's value begins with, and what follows them."""
    found, at = [], 0
    while at < len(value) and value[at] == "{":
        try:
            body, at = group(value, at)
        except AuthorError:  # a brace that is not closed is TeX's to report
            break
        found.append(body)
        at += len(value[at:]) - len(value[at:].lstrip())
    return [*found, value[at:]]


def shortened(*texts: str) -> list[str]:
    """Texts of one line each, long ones from where they begin to differ."""
    common = next(
        (k for k, letters in enumerate(zip(*texts, strict=False)) if len(set(letters)) > 1), min(map(len, texts))
    )
    start = max(0, common - MOST // 3) if max(map(len, texts)) > MOST else 0
    return ["…" * (start > 0) + text[start : start + MOST] + "…" * (len(text) > start + MOST) for text in texts]


def redefined(path: str | Path, old: str, new: str) -> Iterator[str]:
    """What two texts of a stylesheet define differently, a line each."""
    before, after = definitions(old), definitions(new)
    for key in sorted(before.keys() | after.keys(), key=lambda key: after.get(key, ("", 0))[1]):
        what = key[1] if key[1].startswith("\\") else " ".join(key)
        if key not in after:
            yield f"{what} is gone ({path})"
        elif key not in before:
            yield f"{what} is new ({path}:{after[key][1]})"
        elif before[key][0] != after[key][0]:
            was, now = groups(before[key][0]), groups(after[key][0])
            if len(was) == len(now):  # only the arguments that differ; none do where only the space between them does
                pairs = [pair for pair in zip(was, now, strict=True) if pair[0] != pair[1]]
                was, now = ([pair[k] for pair in pairs] for k in (0, 1))
            is_, was_ = shortened(" ".join(now), " ".join(was))
            words = f"is {is_}, was {was_}" if is_ != was_ else "is written otherwise"
            yield f"{what} {words} ({path}:{after[key][1]})"


def changed(path: str | Path, old: str, new: str) -> list[str]:
    """What is different in a file, by name, or the first line where nothing has one."""
    lines = enumerate(zip_longest(old.splitlines(), new.splitlines()), 1)
    return list(redefined(path, old, new)) or [f"{path}:{next((n for n, (a, b) in lines if a != b), 1)} changed"]


def differences(book: Book, made: Record, now: Record, style: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """Lines that tell a record from today's.

    style : {name of a file: its text at the time}
    """
    was: Record = {section: made.get(section, {}) for section in SECTIONS}
    lines: list[str] = []
    for name in sorted(was["sources"] | now["sources"]):
        path = located(book, name)
        if name not in now["sources"]:
            lines.append(f"{path} {'is not read any more' if path.is_file() else 'is gone'}")
        elif name not in was["sources"]:
            lines.append(f"{path} is read now")
        elif was["sources"][name] != now["sources"][name]:
            lines += (
                changed(path, style[name], path.read_text(encoding="utf-8")) if name in style else [f"{path} changed"]
            )
    config = book.root / "book.yaml"
    for name, seed in now["seeds"].items():
        if (old := was["seeds"].get(name, seed)) != seed:
            line = line_of(config.read_text(encoding="utf-8"), ["seed"])
            lines.append(f"the seed of {name} is {seed}, was {old} ({config}:{line})")
    for name in sorted(was["versions"] | now["versions"]):
        if (old := was["versions"].get(name)) != (new := now["versions"].get(name)):
            lines.append(f"{name} is {new or 'not used'}, was {old or 'not used'}")
    return lines + [f"{kind} changed" for kind, old in was["built"].items() if now["built"].get(kind, old) != old]
