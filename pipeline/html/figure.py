"""A figure, as its page tells of it."""

import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.html.words import text_of
from pipeline.project import addresses
from pipeline.project.figures import Figure


def dimensions(png: Path) -> tuple[int, int]:
    """A PNG's width and height, as its first bytes tell."""
    with png.open("rb") as file:
        return struct.unpack(">II", file.read(24)[16:])


@dataclass
class Page:
    """A figure, as its page tells of it. files : {name beside the page: what is copied there}."""

    figure: Figure
    kind: str = "figure"
    number: str = ""
    title: str = ""
    caption: str = ""
    group: dict[str, str] = field(default_factory=dict)
    label: str = ""
    pictures: dict[str, dict[str, str]] = field(default_factory=dict)
    width: float = 0
    height: float = 0
    offers: list[tuple[str, list[tuple[str, str, str]]]] = field(default_factory=list)
    code: list[tuple[str, str]] = field(default_factory=list)
    record: dict[str, Any] = field(default_factory=dict)
    uncommitted: list[str] = field(default_factory=list)  # what it is made from and is in no commit
    files: dict[str, Path] = field(default_factory=dict)

    films: dict[str, str] = field(default_factory=dict)  # {theme: file}; none of a figure that stands still
    size: tuple[int, int] = (0, 0)  # of the film
    moves: str = ""  # its title
    card: str = ""
    preview: tuple[int, int] = (0, 0)

    name = property(lambda self: self.figure.name)
    address = property(lambda self: f"{addresses.page(self.name)}index.html")
    depth = property(lambda self: self.name.count("/") + 1)

    @property
    def seen(self) -> str:
        """What its film shows, below the title."""
        return self.figure.film_alt if self.films else ""

    @property
    def from_home(self) -> dict[str, dict[str, str]]:
        """Its pictures, seen from the first page."""
        return {
            theme: {which: f"{self.name}/{file}" for which, file in files.items()}
            for theme, files in self.pictures.items()
        }

    @property
    def text(self) -> str:
        """What a search looks through."""
        parts = [
            self.name,
            self.label,
            self.title,
            self.group.get("title", ""),
            self.figure.alt,
            self.caption,
            self.moves,
            self.seen,
        ]
        return text_of(" · ".join(part for part in [*parts, self.group.get("caption", "")] if part))
