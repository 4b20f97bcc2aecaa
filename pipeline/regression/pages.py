"""A PDF's pages as pictures, and which page of one PDF is which of another: by what is on it, not by its number."""

import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pikepdf
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from pipeline.regression.seen import paper

DPI = 110
SMALL = 8  # dpi of the pictures by which pages are matched
LEAST = 0.4  # how alike two pages are at least that count as one, from 0 to 1
STAMP = re.compile(r"[0-9a-f]{8}\+?[.,;)]?")  # a commit's name, as pipeline/records/git.py writes it
RIM = 2  # bp around a word

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom, in bp from a page's upper left corner


@dataclass(frozen=True)
class Page:
    """A page as a reader knows it: its label, its words and where they stand, and a picture as small as a stamp."""

    label: str
    words: Sequence[tuple[str, Rectangle]]
    small: Image.Image

    def line(self, place: Rectangle) -> list[Rectangle]:
        """The words that stand on one line with a place."""
        middle = (place[1] + place[3]) / 2
        return [box for _, box in self.words if box[1] <= middle <= box[3]]

    def stamps(self) -> list[Rectangle]:
        """The lines with the commit that the book was made from: it is another in each build."""
        return [box for word, place in self.words if STAMP.fullmatch(word) for box in self.line(place)]

    def furniture(self) -> list[Rectangle]:
        """The head or foot that has the page's number."""
        found = list[Rectangle]()
        for pick in (min, max):
            outer = pick((box for _, box in self.words), key=lambda box: box[1], default=None)
            line = self.line(outer) if outer else []
            if any(word == self.label and box in line for word, box in self.words):
                found += line
        return found


def drawn(pdf: str | Path, page: int = 1, dpi: int = DPI) -> Image.Image:
    """A page of a PDF, counted from 1."""
    command = ["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-singlefile", str(pdf)]
    done = subprocess.run(command, capture_output=True, check=True)
    return Image.open(BytesIO(done.stdout)).convert("RGB")


def read(pdf: str | Path) -> list[Page]:
    """The pages of a PDF."""
    command = ["pdftotext", "-bbox", str(pdf), "-"]
    told = subprocess.run(command, capture_output=True, check=True).stdout
    told = re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", told)  # letters without a name, which XML does not allow
    words = [
        [(word.text or "", place(word)) for word in page if word.tag.endswith("word")]
        for page in ElementTree.fromstring(told).iter("{http://www.w3.org/1999/xhtml}page")
    ]
    with pikepdf.open(pdf) as opened:
        labels = [str(pikepdf.Page(page).label) for page in opened.pages]
    with tempfile.TemporaryDirectory() as room:
        subprocess.run(["pdftoppm", "-r", str(SMALL), "-gray", str(pdf), f"{room}/page"], check=True)
        small = [Image.open(BytesIO(file.read_bytes())) for file in sorted(Path(room).iterdir())]
    return [Page(label, on, tiny) for label, on, tiny in zip(labels, words, small, strict=True)]


def place(word: ElementTree.Element) -> Rectangle:
    left, top, right, bottom = (float(word.get(side, 0)) for side in ("xMin", "yMin", "xMax", "yMax"))
    return left, top, right, bottom


def covered(picture: Image.Image, places: Sequence[Rectangle]) -> Image.Image:
    """A page without what stands in some places."""
    copy, scale = picture.copy(), DPI / 72
    for left, top, right, bottom in places:
        box = (left - RIM) * scale, (top - RIM) * scale, (right + RIM) * scale, (bottom + RIM) * scale
        ImageDraw.Draw(copy).rectangle(box, fill=paper(picture))
    return copy


def alike(before: Sequence[Page], after: Sequence[Page]) -> NDArray[np.float32]:
    """(pages before, pages after): how alike they are, from 0 to 1.

    Three quarters are the cosine of their words' numbers, rare words weighed more (Spärck Jones 1972); the rest is what
    their small pictures have in common.
    """
    pages = [*before, *after]
    counts = [Counter(word for word, _ in page.words if not re.search(r"\d", word)) for page in pages]
    places = {word: k for k, word in enumerate(sorted(set().union(*counts)))}
    vectors = np.zeros((len(pages), len(places) + 1), np.float32)
    for row, (page, count) in enumerate(zip(pages, counts, strict=True)):
        vectors[row, [places[word] for word in count]] = [*count.values()]
        vectors[row, -1] = not page.words  # pages without words have that in common
    vectors *= np.log(1 + len(pages) / (vectors > 0).sum(axis=0).clip(1))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-6)
    size = pages[0].small.size
    small = np.array([np.asarray(page.small.resize(size), np.float32).ravel() / 255 for page in pages])
    small -= np.median(small, axis=1, keepdims=True)
    far = np.array([np.abs(small[len(before) :] - row).sum(axis=1) for row in small[: len(before)]])
    ink = np.abs(small).sum(axis=1)
    most = (ink[: len(before), None] + ink[None, len(before) :]).clip(1e-3)
    return 0.75 * vectors[: len(before)] @ vectors[len(before) :].T + 0.25 * (1 - far / most)


def matched(before: Sequence[Page], after: Sequence[Page]) -> list[tuple[int | None, int | None]]:
    """(place before, place after) of all pages, in order; None for one that was not there, or is no more.

    Of all ways to match them that keep the order, that whose pairs are most alike in sum (Needleman and Wunsch 1970).
    """
    if not before or not after:
        return [(k, None) for k in range(len(before))] + [(None, k) for k in range(len(after))]
    gain = alike(before, after) - LEAST
    best = np.zeros((len(before) + 1, len(after) + 1))
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(after) - 1, -1, -1):
            best[i, j] = max(best[i + 1, j], best[i, j + 1], gain[i, j] + best[i + 1, j + 1])
    pairs, i, j = list[tuple[int | None, int | None]](), 0, 0
    while i < len(before) and j < len(after):
        if gain[i, j] > 0 and best[i, j] == gain[i, j] + best[i + 1, j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i, j] == best[i + 1, j]:
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    return [*pairs, *((k, None) for k in range(i, len(before))), *((None, k) for k in range(j, len(after)))]
