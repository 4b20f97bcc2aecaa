"""What is compared of two builds of a book, and what has changed of it: figures, previews and pages."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from PIL import Image

from pipeline.regression.pages import DPI, Page, Rectangle, covered, drawn, matched, read
from pipeline.regression.seen import Difference, difference, heat

MM = 25.4 / DPI  # of a dot
NUMBERS = "mean", "greatest", "share", "box", "sizes"  # of a Difference, for JSON
SHOWN = "before", "after", "difference"


@dataclass(frozen=True)
class Source:
    """A file, and of a PDF its page, counted from 1; `known` is what a book's page is known by."""

    path: Path
    page: int = 1
    known: Page | None = None

    def picture(self) -> Image.Image:
        if self.path.suffix == ".pdf":
            return drawn(self.path, self.page)
        return Image.open(self.path).convert("RGB")


@dataclass(frozen=True)
class Pair:
    """A figure, a preview or a page, as it was and as it is; one of them may not be there."""

    kind: str
    name: str
    edition: str
    before: Source | None
    after: Source | None

    @property
    def stem(self) -> str:
        """What the files of its pictures begin with; two pages may have one label."""
        of = self.after or self.before
        number = f"-{of.page}" if of and self.kind == "page" else ""
        name = re.sub(r"[^\w-]+", "-", self.name)
        return f"{self.kind}-{self.edition}-{name}{number}"


@dataclass(frozen=True)
class Change:
    """A pair that is not alike, and its pictures' files, by what they show; what came or went has no difference."""

    pair: Pair
    found: Difference | None
    files: dict[str, str]

    @property
    def what(self) -> str:
        return "changed" if self.found else "new" if self.pair.after else "gone"

    @property
    def amount(self) -> float:
        """What changes are ranked by."""
        return self.found.mean if self.found else float("inf")

    def words(self) -> str:
        """How much has changed."""
        if not self.found:
            return f"is {self.what}"
        printed = MM if self.pair.kind != "preview" else 1
        sizes = " → ".join(f"{width * printed:.0f} × {height * printed:.0f}" for width, height in self.found.sizes)
        told = f"{100 * self.found.share:.2g} % of the dots differ, by {self.found.greatest:.2f} at most"
        return f"{told}; {sizes} {'dots' if printed == 1 else 'mm'}" if self.found.resized else told

    def record(self) -> dict[str, Any]:
        """All of it, for JSON."""
        own = {"kind": self.pair.kind, "name": self.pair.name, "edition": self.pair.edition, "what": self.what}
        numbers = {key: getattr(self.found, key) if self.found else None for key in NUMBERS}
        return own | numbers | {key: self.files.get(key) for key in SHOWN}


def files(build: Path, edition: str) -> dict[tuple[str, str], Source]:
    """{(kind, name): file} of the figures and previews that are built in an edition."""
    kinds = ("figure", build / "figures" / edition, "*.pdf"), ("preview", build / "previews" / edition, "*.png")
    return {
        (kind, str(path.relative_to(folder).with_suffix(""))): Source(path)
        for kind, folder, pattern in kinds
        for path in sorted(folder.rglob(pattern))
        if not path.name.startswith(".")
    }


def pages(build: Path, edition: str) -> list[Source]:
    """The pages of an edition's book."""
    path = build / f"book-{edition}.pdf"
    return [Source(path, number, page) for number, page in enumerate(read(path), 1)] if path.is_file() else []


def labelled(*sources: Source | None) -> str:
    """What a page is called; its label of now comes first. sources : before, after."""
    labels = [source.known.label for source in reversed(sources) if source and source.known]
    return labels[0] if len(set(labels)) == 1 else ", once ".join(labels)


def pairs(before: Path, after: Path, editions: Iterable[str]) -> Iterator[Pair]:
    """All that is compared of two build folders."""
    for edition in editions:
        old, new = files(before, edition), files(after, edition)
        for kind, name in sorted(old.keys() | new.keys()):
            yield Pair(kind, name, edition, old.get((kind, name)), new.get((kind, name)))
        those, these = pages(before, edition), pages(after, edition)
        for was, now in matched([p.known for p in those if p.known], [p.known for p in these if p.known]):
            sources = None if was is None else those[was], None if now is None else these[now]
            yield Pair("page", labelled(*sources), edition, *sources)


def unlike(before: Source, after: Source) -> list[list[Rectangle]]:
    """What of each of two pages is not compared: the commit and, where the number is another, the head and foot with
    it."""
    known = [source.known for source in (before, after) if source.known]
    moved = len({page.label for page in known}) > 1
    return [[*page.stamps(), *(page.furniture() if moved else [])] for page in known] or [[], []]


def same(one: Source, other: Source) -> bool:
    """Whether two files are equal, byte by byte."""
    return one.path.read_bytes() == other.path.read_bytes()


def compared(pair: Pair, folder: Path) -> Change | None:
    """What has changed of a pair, its pictures written into a folder; None where nothing that is seen has."""
    sources = {"before": pair.before, "after": pair.after}
    if pair.kind != "page" and all(sources.values()) and same(*filter(None, sources.values())):
        return None
    shown, found = {key: source.picture() for key, source in sources.items() if source}, None
    if pair.before and pair.after:
        one, other = map(covered, shown.values(), unlike(pair.before, pair.after))
        if not (found := difference(one, other)).seen:
            return None
        shown["difference"] = heat(one, other, found)
    names = {key: f"{pair.stem}-{key}.png" for key in shown}
    for key, image in shown.items():
        image.save(folder / names[key])
    return Change(pair, found, names)


def ranked(changes: Iterable[Change]) -> list[list[Change]]:
    """Changes of one thing in several editions beside each other; those that are most come first."""

    def thing(change: Change) -> tuple[str, str, str]:
        return change.pair.kind, change.pair.name, change.what

    groups = [[*group] for _, group in groupby(sorted(changes, key=thing), thing)]
    return sorted(groups, key=lambda group: -max(change.amount for change in group))


def line(group: Sequence[Change]) -> str:
    """What a terminal shows of a group."""
    most = max(group, key=lambda change: change.amount)
    return f"{most.pair.kind} {most.pair.name} ({', '.join(c.pair.edition for c in group)}): {most.words()}"
