"""A page as it comes to be painted, in pixels: what each object stands on, and how well it stands out."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from PIL import Image, ImageChops, ImageDraw

from pipeline.pdf.geometry import Box, Pieces, Point, clockwise, common
from pipeline.pdf.spaces import RGB, rounded
from pipeline.style.colour import contrast

SCALE = 2  # pixels in a big point
GROUND = 3  # pt: what is thicker is ground to stand on, not a line

Brush = Callable[[Image.Image, ImageDraw.ImageDraw, int, int], None]
Frame = tuple[int, int, int, int]  # pixels: left, top, right, bottom


def mixed(rgb: RGB, alpha: float, behind: RGB) -> RGB:
    return rgb if alpha == 1 else rounded(alpha * v + (1 - alpha) * b for v, b in zip(rgb, behind, strict=True))


def against(colours: Sequence[RGB], alpha: float, samples: Sequence[RGB], quantile: float) -> tuple[float, RGB]:
    """(contrast, sample) at a quantile of the samples' contrasts with the best of the colours."""
    best = {
        sample: max(contrast(mixed(colour, alpha, sample), sample) for colour in colours) for sample in set(samples)
    }
    ranked = sorted(samples, key=best.__getitem__)
    sample = ranked[int(quantile * (len(ranked) - 1))]
    return best[sample], sample


class Layer:
    """An image of RGB, white at first, its pixels, and what draws on it."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.image = Image.new("RGB", size, "white")
        self.pixels: Any = self.image.load()
        self.draw = ImageDraw.Draw(self.image)


class Canvas:
    """Two pictures of a page, white at first; `box` is the page's in big points.

    ground : areas, images and what is thicker than GROUND, on which lines and marks stand: a curve may cross a curve.
    page : lines and marks as well, on which type stands.
    """

    def __init__(self, box: Box) -> None:
        self.left, bottom, right, self.top = box
        self.size = max(1, round(SCALE * (right - self.left))), max(1, round(SCALE * (self.top - bottom)))
        self.ground, self.page = Layer(self.size), Layer(self.size)

    def place(self, points: Sequence[Point], dx: int = 0, dy: int = 0) -> list[Point]:
        """Points (bp) in pixels, from a corner (dx, dy)."""
        left, top = self.left, self.top
        return [(SCALE * (x - left) - dx, SCALE * (top - y) - dy) for x, y in points]

    def frame(self, box: Box) -> Frame:
        """The pixels of a box."""
        left, bottom, right, top = box
        return (
            max(0, int(SCALE * (left - self.left))),
            max(0, int(SCALE * (self.top - top))),
            min(self.size[0], int(SCALE * (right - self.left)) + 1),
            min(self.size[1], int(SCALE * (self.top - bottom)) + 1),
        )

    def pixels(self, points: Sequence[Point], clip: Box) -> list[Point]:
        """Those of the points (bp) that the clip shows, in pixels."""
        (west, south, east, north), left, top = clip, self.left, self.top
        return [(SCALE * (x - left), SCALE * (top - y)) for x, y in points if west <= x <= east and south <= y <= north]

    def samples(self, layer: Layer, points: Sequence[Point], clip: Box) -> list[RGB]:
        """The colours of a layer at those of the points (bp) that the clip shows."""
        (width, height), pixels = self.size, layer.pixels
        shown = self.pixels(points, clip)
        return [pixels[int(x), int(y)] for x, y in shown if 0 <= x < width and 0 <= y < height]

    def shown(self, box: Box, clip: Box) -> Image.Image | None:
        """A copy of the page where the clip shows a box, without the pixels at its rim, which are its neighbours', too;
        None where it shows nothing."""
        left, top, right, bottom = self.frame(common(box, clip))
        across, along = (2 * (end - start > 8) for start, end in ((left, right), (top, bottom)))
        frame = left + across, top + along, right - across, bottom - along
        return self.page.image.crop(frame) if left < right and top < bottom else None

    def number(self, image: Image.Image, number: int, path: Pieces, width: float | None, clip: Box) -> None:
        """Writes a number where the clip shows what is filled or, in a width (pt), stroked."""
        mask = Image.new("1", image.size)
        draw = ImageDraw.Draw(mask)
        for points in path:
            if width is None and len(points) > 1:
                draw.polygon(self.place(points), fill=1)
            else:
                draw.line(self.place(points), fill=1, width=max(1, round(SCALE * (width or 0))))
        left, top, right, bottom = frame = self.frame(clip)
        if left < right and top < bottom:
            image.paste(number, frame, mask.crop(frame))

    def paint(self, brush: Brush, box: Box, clip: Box, alpha: float = 1, grounds: bool = True) -> None:
        """Lets brush(image, draw, dx, dy) paint what the clip shows of a box; (dx, dy) is the image's corner in
        pixels."""
        shown = common(box, clip)
        left, top, right, bottom = frame = self.frame(shown)
        if left >= right or top >= bottom:
            return
        for layer in (self.ground, self.page) if grounds else (self.page,):
            if shown == box and alpha == 1:
                brush(layer.image, layer.draw, 0, 0)
            else:
                old = layer.image.crop(frame)
                new = old.copy()
                brush(new, ImageDraw.Draw(new), left, top)
                layer.image.paste(new if alpha == 1 else Image.blend(old, new, alpha), frame)

    def fill(
        self,
        path: Pieces,
        rgb: RGB,
        box: Box,
        clip: Box,
        alpha: float = 1,
        even_odd: bool = False,
        grounds: bool = True,
    ) -> None:
        """Fills polygons (bp), whose common box is given."""

        placed: dict[tuple[int, int], list[Point]] = {}  # both layers are painted from one corner
        frame = self.frame(common(box, clip))

        def one(_: Image.Image, draw: ImageDraw.ImageDraw, dx: int, dy: int) -> None:
            if (dx, dy) not in placed:
                placed[dx, dy] = self.place(path[0], dx, dy)
            draw.polygon(placed[dx, dy], fill=rgb)

        @cache
        def mask() -> Image.Image:
            return self.mask(path, even_odd, frame)

        def many(image: Image.Image, _: ImageDraw.ImageDraw, dx: int, dy: int) -> None:
            image.paste(rgb, (frame[0] - dx, frame[1] - dy), mask())

        self.paint(one if len(path) == 1 else many, box, clip, alpha, grounds)

    def mask(self, path: Pieces, even_odd: bool, frame: Frame) -> Image.Image:
        """What polygons (bp) fill of a frame."""
        left, top, right, bottom = frame
        mask = Image.new("L", (right - left, bottom - top))
        for points in path:
            layer = Image.new("L", mask.size)
            ImageDraw.Draw(layer).polygon(self.place(points, left, top), fill=255)
            # Holes run the other way round (nonzero) or lie within (even-odd).
            hole = even_odd or clockwise(points) != clockwise(path[0])
            mask = ImageChops.difference(mask, layer) if hole else ImageChops.lighter(mask, layer)
        return mask

    def stroke(
        self,
        path: Pieces,
        rgb: RGB,
        width: float,
        box: Box,
        clip: Box,
        alpha: float = 1,
        grounds: bool = False,
    ) -> None:
        """Strokes polylines (bp) in a width (pt)."""

        def brush(_: Image.Image, draw: ImageDraw.ImageDraw, dx: int, dy: int) -> None:
            for points in path:
                draw.line(self.place(points, dx, dy), fill=rgb, width=max(1, round(SCALE * width)))

        self.paint(brush, box, clip, alpha, grounds or width >= GROUND)

    def picture(self, image: Image.Image, mask: Image.Image | None, box: Box, clip: Box) -> None:
        """Pastes an upright image, through a mask or None, over a box."""
        left, top, right, bottom = self.frame(box)
        size = max(1, right - left), max(1, bottom - top)
        image, mask = image.resize(size), mask and mask.resize(size)
        self.paint(lambda new, _, dx, dy: new.paste(image, (left - dx, top - dy), mask), box, clip)
