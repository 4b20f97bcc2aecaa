"""Frames that are as they were: what a run before has drawn is not drawn again."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.files import write
from pipeline.records.digest import digest, digest_of

KEPT = "kept.json"


@dataclass
class Kept:
    """What is kept of the frames in a folder, by their names. ground : what all of them are made from, as one word."""

    folder: Path
    ground: str
    pages: dict[str, str] = field(default_factory=dict)  # what each frame's PDF shows
    logs: dict[str, dict[str, str]] = field(default_factory=dict)  # {frame: {what it shows: what TeX has told of it}}

    @classmethod
    def of(cls, folder: Path, ground: str) -> "Kept":
        """As the run before has left it, where that was upon the same ground."""
        try:
            before = json.loads((folder / KEPT).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            before = {}
        if before.get("ground") != ground:
            return cls(folder, ground)
        return cls(folder, ground, before["pages"], before["logs"])

    def key(self, source: Path, tables: Path, film: str) -> str:
        """What a frame shows, as one word: its picture, its tables, and what it is told of the others."""
        return digest_of([digest(source), {file.name: digest(file) for file in sorted(tables.glob("*.dat"))}, film])

    def log(self, name: str, key: str, page: bool) -> str | None:
        """What TeX has told of a frame that is as it was; None where it is not. page : whether its PDF is to be there,
        too."""
        there = not page or (self.pages.get(name) == key and (self.folder / f"{name}.pdf").is_file())
        return self.logs.get(name, {}).get(key) if there else None

    def keep(self, name: str, key: str, log: str) -> None:
        self.pages[name] = key
        self.logs.setdefault(name, {})[key] = log

    def save(self, keys: dict[str, list[str]]) -> None:
        """Keeps what was asked for, {frame: what it shows}, and forgets the rest."""
        logs = {name: {key: self.logs[name][key] for key in each} for name, each in keys.items()}
        pages = {name: self.pages[name] for name in keys}
        write(self.folder / KEPT, json.dumps({"ground": self.ground, "pages": pages, "logs": logs}, indent=1) + "\n")
