"""The frames of a film as pages of one size, on which what stands in one place in all frames does not move."""

import math
from collections.abc import Sequence
from pathlib import Path

import pikepdf

from pipeline.films.told import Place
from pipeline.html.pictures import run

# Pixels a bp, as many as of a page's where its pixels are twice as dense: a page shows a figure at 1.75 times its size.
DENSITY = 3.5


def even(length: float) -> int:
    """Pixels for a length in bp: an even number, as the film's colours have one for each four."""
    return 2 * math.ceil(length * DENSITY / 2 - 1e-6)


def bound(pages: Sequence[Path], anchors: Sequence[Place], paper: str, target: Path) -> tuple[int, int]:
    """Writes the pages of several PDFs into one, all as large as the largest; returns that size, in pixels.

    anchors : of each page the point that is to stand in the same place; paper : '#RRGGBB' of what is added.
    """
    with pikepdf.new() as whole:
        for path in pages:
            with pikepdf.open(path) as pdf:
                whole.pages.extend(pdf.pages)
        boxes = [[float(edge) for edge in page.mediabox] for page in whole.pages]
        around = [
            (x - left, y - low, right - x, high - y)
            for (left, low, right, high), (x, y) in zip(boxes, anchors, strict=True)
        ]
        left, low, right, high = (max(side) for side in zip(*around, strict=True))
        width, height = even(left + right), even(low + high)
        colour = " ".join(f"{byte / 255:.4f}" for byte in bytes.fromhex(paper.removeprefix("#")))
        for page, (x, y) in zip(whole.pages, anchors, strict=True):
            box = [x - left, y - low, x - left + width / DENSITY, y - low + height / DENSITY]
            page.mediabox = pikepdf.Array([round(edge, 4) for edge in box])
            sides = f"{box[0] - 1:.4f} {box[1] - 1:.4f} {width / DENSITY + 2:.4f} {height / DENSITY + 2:.4f}"
            ground = f"q {colour} rg {sides} re f Q"
            page.contents_add(ground.encode("ascii"), prepend=True)
        whole.save(target, deterministic_id=True)
    return width, height


def parted(pdf: Path) -> tuple[Path, Path]:
    """A PDF's first page, and the others, as PDFs beside it."""
    parts = pdf.with_name("first.pdf"), pdf.with_name("others.pdf")
    for part, pages in zip(parts, (slice(0, 1), slice(1, None)), strict=True):
        with pikepdf.open(pdf) as whole, pikepdf.new() as new:
            new.pages.extend(whole.pages[pages])
            new.save(part, deterministic_id=True)
    return parts


def pixels(pdf: Path, folder: Path, size: tuple[int, int]) -> list[Path]:
    """The pages of a PDF as PNGs 0001.png, …"""
    width, height = (str(each) for each in size)
    run("pdftocairo", "-png", "-scale-to-x", width, "-scale-to-y", height, pdf, folder / "page")
    found = sorted(folder.glob("page-*.png"))
    return [path.rename(folder / f"{number:04}.png") for number, path in enumerate(found, 1)]
