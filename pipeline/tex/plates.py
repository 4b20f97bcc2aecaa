"""What TeX is shown beside a figure's tables: its images as bitmaps, in the colours that the edition promises, and
where on a scale type is light or dark.

A bitmap is a page of a PDF, a pixel of it a square of equal samples: viewers that smooth what they enlarge, whatever
`/Interpolate false` says, smooth a sliver between two pixels and no more.
"""

import math
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline import dat
from pipeline.project.book import Book
from pipeline.style.colour import contrast
from pipeline.style.editions import Edition
from pipeline.style.icc import through, to_inks, to_screen
from pipeline.style.markup import as_tex
from pipeline.style.stylesheet import Stylesheet
from pipeline.table import Cells, Image, read
from pipeline.tex.view import View

FOLDER = "plates"  # where TeX works
MORE = 0.15  # of each other ink than black, in type on a cell
LEAST, MOST = 200, 14000  # points of a page: TeX is not exact about how it scales small ones, and takes no larger ones
SAMPLES = 1000  # across all images of a table, at the least
LEVELS = np.linspace(0, 1, 256)
Bytes = NDArray[np.uint8]
Floats = NDArray[np.float64]


class Colours:
    """An edition's colours, as numbers from 0 to 1: of RGB, or of the four inks."""

    def __init__(self, style: Stylesheet, answers: Edition) -> None:
        self.style, self.inks = style, answers.colourmodel == "cmyk"
        self.profile, self.most = answers.inkprofile, answers.mostink / 100
        self.space = "/DeviceCMYK" if self.inks else "/DeviceRGB"

    def components(self, colour: str) -> Floats:
        """Of '#RRGGBB', as TeX has it."""
        if self.inks:
            return np.array(to_inks(colour, self.profile))
        return np.array(list(bytes.fromhex(colour[1:]))) / 255

    def ramp(self, stops: Iterable[str]) -> Floats:
        """(level, component) of 256 levels between evenly spaced stops, mixed as PGFPlots mixes them."""
        ends = np.array([self.components(stop) for stop in stops])
        at = np.linspace(0, 1, len(ends))
        return np.column_stack([np.interp(LEVELS, at, component) for component in ends.T])

    def looks(self, components: Iterable[float]) -> tuple[int, int, int]:
        """How a colour looks, in 0…255."""
        rgb = to_screen(tuple(components), self.profile) if self.inks else tuple(components)
        red, green, blue = (round(255 * v) for v in rgb)
        return red, green, blue

    def photograph(self, pixels: Bytes) -> Bytes:
        """RGB of shape (…, 3) as the edition prints it, with no more ink than it promises."""
        if not self.inks:
            return pixels
        flat, back = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True)
        inks = through(flat / 255, "sRGB", self.profile, ("RGB", "CMYK"))
        coloured, black = inks[:, :3].sum(axis=1), inks[:, 3]
        share = np.minimum(1, (self.most - black) / np.maximum(coloured, 1e-9))
        inks[:, :3] *= share[:, None]
        return np.floor(255 * inks).astype(np.uint8)[back.ravel()].reshape(*pixels.shape[:-1], 4)


def grey(ramp: Floats) -> Bytes | None:
    """(level,) of a ramp in greys; None where it has a hue."""
    if ramp.shape[1] == 4:
        found = 1 - ramp[:, 3] if not ramp[:, :3].any() else None
    else:
        found = ramp[:, 0] if (ramp == ramp[:, :1]).all() else None
    return None if found is None else np.rint(255 * found).astype(np.uint8)


def ways(image: Image, colours: Colours) -> Iterator[tuple[str, Any, Bytes]]:
    """(way, colour space, samples of shape (image, row, column, component)) of all ways to show an image."""
    import pikepdf  # only a figure with images pays for it

    pixels = image.pixels
    if pixels.shape[-1] == 3:
        yield "literal", pikepdf.Name(colours.space), colours.photograph(pixels)
        return
    scales = {"ink on paper": ["ink", "paper"]} | colours.style.scales
    ramps = {name: [colours.style.colours.get(stop, stop) for stop in stops] for name, stops in scales.items()}
    for sign, levels in (("", pixels), ("negative ", 255 - pixels)):
        yield f"{sign}literal", pikepdf.Name.DeviceGray, levels
        for name, stops in ramps.items():
            ramp = colours.ramp(stops)
            if (greys := grey(ramp)) is not None:
                yield sign + name, pikepdf.Name.DeviceGray, greys[levels]
            else:
                table = pikepdf.String(np.rint(255 * ramp).astype(np.uint8).tobytes())
                yield (
                    sign + name,
                    pikepdf.Array([pikepdf.Name.Indexed, pikepdf.Name(colours.space), 255, table]),
                    levels,
                )


def bitmap(path: Path, space: Any, samples: Bytes) -> None:
    """A PDF with a page an image."""
    import pikepdf

    n, rows, columns, _ = samples.shape
    times = max(1, math.ceil(SAMPLES / (max(rows, columns) * math.ceil(math.sqrt(n)))))
    unit = min(MOST / max(rows, columns), max(SAMPLES / max(rows, columns), LEAST / min(rows, columns)))
    wide, high = unit * columns, unit * rows
    with pikepdf.new() as pdf:
        space = pdf.make_indirect(space) if isinstance(space, pikepdf.Array) else space
        for pixels in samples:
            squares = pixels.repeat(times, axis=0).repeat(times, axis=1)
            stream = pikepdf.Stream(pdf, zlib.compress(squares.tobytes()), Filter=pikepdf.Name.FlateDecode,
                Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=columns * times, Height=rows * times,
                BitsPerComponent=8, ColorSpace=space, Interpolate=False)  # fmt: skip
            page = pdf.add_blank_page()
            page.mediabox = pikepdf.Array([0, 0, wide, high])
            page.Contents = pdf.make_stream(b"%.4f 0 0 %.4f 0 0 cm /Pixels Do" % (wide, high))
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Pixels=stream))
        pdf.save(path, deterministic_id=True)


def described(image: Image) -> str:
    """What TeX is told of an image, in macros."""
    n, rows, columns, _ = image.pixels.shape
    left, right, bottom, top = image.edges
    told = {"count": n, "rows": rows, "columns": columns, "dir": "reverse" if bottom > top else "normal"}
    edges = {"left": left, "right": right, "low": min(bottom, top), "high": max(bottom, top)}
    told |= {edge: f"{place:.9g}" for edge, place in edges.items()}
    lines = [rf"\bitmaptold{{{key}}}{{{value}}}" for key, value in told.items()]
    return "\n".join(
        [*lines, *(rf"\bitmaptold{{name {k}}}{{{as_tex(name)}}}" for k, name in enumerate(image.names)), ""]
    )


def type_on(colours: Colours) -> str:
    r"""\typeon{scale}{share/role,…}: up to which share of a scale type in a role is read best, `shine` or `rim`.

    In printing inks, dark type is printed over the cell: black, and some more of the others, added to its inks.
    """
    lines = []
    for name, stops in colours.style.scales.items():
        chosen: list[tuple[str, float]] = []
        for share, cell in zip(LEVELS, colours.ramp(stops), strict=True):
            dark = (
                np.append(np.minimum(1, cell[:3] + MORE), 1)
                if colours.inks
                else colours.components(colours.style.colours["rim"])
            )
            light = colours.components(colours.style.colours["shine"])
            best = max(
                ("shine", light), ("rim", dark), key=lambda of: contrast(colours.looks(of[1]), colours.looks(cell))
            )[0]
            if chosen and chosen[-1][0] == best:
                chosen.pop()
            chosen.append((best, float(share)))
        lines.append(rf"\typeon{{{name}}}{{{','.join(f'{share:.4f}/{role}' for role, share in chosen)}}}")
    return "\n".join([*lines, ""])


def prepare(book: Book, edition: str, seen: View, tables: Iterable[str | Path]) -> None:
    """Writes into TeX's view what it is shown of the images and cells among a figure's tables."""
    found = {
        file: dat.kind(file) for folder in map(Path, tables) if folder.is_dir() for file in sorted(folder.glob("*.dat"))
    }
    if not {Image.__name__, Cells.__name__} & {*found.values()}:
        return
    colours = Colours(Stylesheet.read(book.edition_file(edition)), book.edition(edition))
    seen.write(f"{FOLDER}/type.tex", rf"\def\cellmore{{{MORE}}}" + "\n" + type_on(colours))
    for file, kind in found.items():
        if kind == Image.__name__:
            image = read(file)
            assert isinstance(image, Image)
            seen.write(f"{FOLDER}/{file.stem}.tex", described(image))
            for way, space, samples in ways(image, colours):
                bitmap(seen.folder / FOLDER / f"{file.stem}-{way.replace(' ', '-')}.pdf", space, samples)
