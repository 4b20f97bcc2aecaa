"""Pages as vector graphics, by Poppler, and pictures of previews, each by a checksum of what it shows."""

import asyncio
import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from pipeline.tex.places import read

MOST = 160  # pictures that are kept: those of the last changes
SVG, PNG = "image/svg+xml", "image/png"


@dataclass(frozen=True)
class Picture:
    """Something to show: the name by which the page asks for it, and its size in CSS's pixels."""

    name: str
    width: float
    height: float
    page: int | None = None  # from 1, of a PDF of several
    pages: int | None = None


class Pictures:
    """What was drawn, kept in memory by its name; nothing else is ever served."""

    def __init__(self) -> None:
        self.kept: OrderedDict[str, tuple[Picture, str, bytes]] = OrderedDict()

    def get(self, name: str) -> tuple[str, bytes] | None:
        """(type, content) of a picture."""
        return self.kept[name][1:] if name in self.kept else None

    def keep(self, picture: Picture, kind: str, content: bytes) -> Picture:
        self.kept[picture.name] = picture, kind, content
        while len(self.kept) > MOST:
            self.kept.popitem(last=False)
        return picture

    async def page(self, path: str, number: int = 1) -> Picture | None:
        """A page of a PDF, the last where it has fewer; None where there is none."""
        try:
            content = Path(path).read_bytes()
        except OSError:
            return None
        name = hashlib.sha256(content + str(number).encode()).hexdigest()[:24]
        if name in self.kept:
            self.kept.move_to_end(name)
            return self.kept[name][0]
        with pikepdf.open(path) as pdf:
            pages = len(pdf.pages)
            number = max(1, min(number, pages))
            left, bottom, right, top = map(float, pdf.pages[number - 1].cropbox)
        command = ["pdftocairo", "-svg", "-f", str(number), "-l", str(number), path, "-"]
        process = await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
        )
        drawn, _ = await process.communicate()
        if process.returncode:
            return None
        picture = Picture(name, (right - left) * 96 / 72, (top - bottom) * 96 / 72, number, pages)
        return self.keep(picture, SVG, drawn)

    def preview(self, path: str, like: Picture | None) -> Picture | None:
        """A preview, as large as the figure that it is a preview of."""
        try:
            content = Path(path).read_bytes()
        except OSError:
            return None
        width, height = (int.from_bytes(content[k : k + 4]) for k in (16, 20))  # of a PNG's header
        shown = like.width if like else width / 2
        name = hashlib.sha256(content + str(shown).encode()).hexdigest()[:24]
        return self.keep(Picture(name, shown, shown * height / width), PNG, content)


def on_page(places: str, file: str, line: int | None) -> int | None:
    """The page, from 1, on which a line of a text stands, by what TeX has noted; None where it says nothing of it.

    Of several it is the last: to a page's head and foot TeX gives the line at which the page was full.
    """
    lines = [(there, page) for page, found in read(places).items() for name, there, *_ in found if name == file]
    return min(lines, key=lambda found: (abs(found[0] - (line or 1)), -found[0], -found[1]))[1] + 1 if lines else None
