"""Small pictures of the places where something is wrong, for the report's page."""

import base64
import io
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

DPI = 72  # a pixel is a big point
MOST = 100  # pages that are drawn for a report
AROUND = 110  # bp: what is shown of a book's page around the place
COMMAND = [
    "gs",
    "-q",
    "-dSAFER",
    "-dNOPAUSE",
    "-dBATCH",
    "-sDEVICE=png16m",
    f"-r{DPI}",
    "-dTextAlphaBits=4",
    "-dGraphicsAlphaBits=4",
]


def drawn(path: str, pages: Sequence[int]) -> dict[tuple[str, int], Image.Image]:
    """Pages (from 0, in order) of a PDF; those that Ghostscript can draw, if it is there."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = f"-sPageList={','.join(str(page + 1) for page in pages)}"
        command = [*COMMAND, wanted, f"-sOutputFile={folder}/%06d.png", path]
        try:
            subprocess.run(command, capture_output=True, check=False)
        except FileNotFoundError:
            return {}
        images = [Image.open(io.BytesIO(file.read_bytes())) for file in sorted(Path(folder).glob("*.png"))]
        return {(path, page): image for page, image in zip(pages, images, strict=False)}


def marked(page: Image.Image, box: Sequence[float] | None, whole: bool) -> str:
    """A page, or what is around a box (bp) of it, with a frame around the box: a data URI."""
    picture = page.convert("RGB")
    if box:
        left, bottom, right, top = box
        frame = [left - 2, picture.height - top - 2, right + 2, picture.height - bottom + 2]
        frame = [min(max(v, 1), most - 2) for v, most in zip(frame, (*picture.size, *picture.size), strict=True)]
        if frame[0] <= frame[2] and frame[1] <= frame[3]:
            ImageDraw.Draw(picture).rectangle(frame, outline=(230, 0, 90), width=2)
        if not whole:
            near = [v + way * AROUND for v, way in zip(frame, (-1, -1, 1, 1), strict=True)]
            left, top, right, bottom = map(round, near)
            picture = picture.crop((max(0, left), max(0, top), min(picture.width, right), min(picture.height, bottom)))
    picture.thumbnail((420, 300))
    data = io.BytesIO()
    picture.quantize(48).save(data, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(data.getvalue()).decode("ascii")


def thumbnails(breaches: Iterable[dict[str, Any]]) -> dict[int, str]:
    """{breach's place in the list: its picture} of those that say where they are, as finding.record() has them."""
    wanted: dict[str, dict[int, None]] = {}
    places = [(breach["file"], breach["page"] or 0, breach) for breach in breaches]
    for file, page, breach in places:
        known = breach["page"] is not None or breach["figure"]
        if file and known and Path(file).is_file() and sum(map(len, wanted.values())) < MOST:
            wanted.setdefault(file, {})[page] = None
    shown: dict[tuple[str, int], Image.Image] = {}
    for file, pages in wanted.items():
        shown |= drawn(file, sorted(pages))
    return {
        k: marked(shown[file, page], breach["box"], bool(breach["figure"]))
        for k, (file, page, breach) in enumerate(places)
        if (file, page) in shown
    }
