"""What a page paints: a list of objects in painting order, each with what it stands on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from math import hypot, sqrt
from typing import Any

import pikepdf

from pipeline.pdf.canvas import Canvas, Layer, against
from pipeline.pdf.content import content
from pipeline.pdf.geometry import (
    IDENTITY,
    PT,
    Box,
    Matrix,
    Pieces,
    Point,
    along,
    bounds,
    box_of,
    common,
    mapped,
    meet,
    times,
    to_box,
    to_matrix,
)
from pipeline.pdf.interpreter import Interpreter
from pipeline.pdf.painted import Paint, Placed
from pipeline.pdf.shapes import Surface, is_rule, join_rules, kind, lengthens, shape, stations
from pipeline.pdf.spaces import RGB, Colour, mean, picture, simple, space
from pipeline.pdf.ticks import TickLabel

Screen = Callable[[Colour | None], RGB | None]  # how a colour as written looks; None for what it does not know


def digest(stream: pikepdf.Object | pikepdf.Page) -> bytes:
    """Of a page's or form's content: a figure's page and the form that a book makes of it have the same."""
    return sha256(content(stream)).digest()


def is_group(thing: Any) -> bool:
    return "/Group" in thing and thing.Group.get("/S") == "/Transparency"


class Page(Interpreter):
    """A page of pikepdf's: `paints`, [Paint] in painting order, `placed`, [Placed], and `ticks`, [TickLabel].

    known : {digest of a figure's stream: its name}; a known figure is placed, but not gone through again.
    """

    def __init__(
        self, page: pikepdf.Page, screen: Screen = simple, known: Mapping[bytes, str] | tuple[()] = ()
    ) -> None:
        self.screen, self.known = cache(screen), dict(known)
        self.box = to_box(page.mediabox)
        super().__init__(clip=self.box)
        self.canvas, self.surface, self.group = Canvas(self.box), Surface(), is_group(page)
        self.paper: RGB | None = None
        self.paints: list[Paint] = []
        self.ticks: list[TickLabel] = []
        self.within: list[TickLabel | None] = []  # of each open mark of content: the label that it is, if it is one
        self.placed: list[Placed] = []
        self.outlined: set[tuple[RGB | None, tuple[int, ...]]] = set()  # of areas: their colours and boxes
        self.rules: list[Paint] = []  # upright or level
        self.run(page, page.get("/Resources", {}))
        join_rules(self.rules, self.paints)
        del self.canvas, self.surface, self.outlined  # 12 MB a page of a book

    def paint_path(self, how: str) -> None:
        pieces = [points for points in self.path.pieces if len(points) > 1]
        if pieces:
            box = bounds([p for points in pieces for p in points])
            if meet(box, self.state.clip):
                self.paint_shape(how, pieces, box)
        self.end_path()

    def paint_shape(self, how: str, pieces: Pieces, box: Box) -> None:
        """how : f, f*, S, B or B*"""
        state = self.state
        filled, stroked = how[0] in "fB", how[0] in "SB"
        named = kind(how, pieces, self.path.closed, box)
        item = Paint(named, state.fill if filled else state.stroke, box, blend=self.blend())
        item.alpha = min(state.fill_alpha if filled else 1, state.stroke_alpha if stroked else 1)
        if stroked:
            a, b, c, d, _, _ = state.matrix
            scale = sqrt(abs(a * d - b * c)) * PT
            item.width, item.dash = state.width * scale, tuple(round(v * scale, 3) for v in state.dash)
            item.edge = state.stroke if filled else None
        elif item.kind == "line":
            item.width = min(box[2] - box[0], box[3] - box[1]) * PT
        if item.kind == "mark":
            item.shape = shape(how, pieces)
            self.surface.join(pieces, item)
        self.put(item, how, pieces)
        if is_rule(item):
            self.rules.append(item)
            if self.root and lengthens(self.root, item):
                item.width = None  # as thick as the sign, which is type
        self.paints.append(item)

    def put(self, item: Paint, how: str, pieces: Pieces) -> None:
        """Compares an object with what it stands on, then puts it there."""
        canvas, box, clip = self.canvas, item.box, self.state.clip
        filled = how[0] in "fB"
        colours = [self.screen(colour) for colour in (item.colour, item.edge) if colour is not None]
        paper = set(colours) == {self.paper}  # a halo, which parts what is behind it from what comes next
        outline = colours[0], tuple(map(round, box))
        if item.kind == "area":
            self.outlined.add(outline)
        elif not paper and (item.kind == "mark" or outline not in self.outlined):
            self.compare(item, colours, canvas.ground, stations(item, pieces, filled), 0.5)
        if filled and (fill := colours[0]):
            ground = item.kind == "area" or paper
            canvas.fill(pieces, fill, box, clip, self.state.fill_alpha, how[-1] == "*", ground)
        if item.width is not None and how[0] in "SB" and (edge := colours[-1]):
            canvas.stroke(pieces, edge, item.width, box, clip, self.state.stroke_alpha, paper)
        left, bottom, right, top = self.box
        if self.paper is None and box[0] < left + 1 and box[1] < bottom + 1 and box[2] > right - 1 and box[3] > top - 1:
            self.paper = colours[0]

    def compare(
        self, item: Paint, colours: Sequence[RGB | None], layer: Layer, points: Sequence[Point], quantile: float
    ) -> None:
        samples, known = self.canvas.samples(layer, points, self.state.clip), [c for c in colours if c is not None]
        if samples and len(known) == len(colours):
            item.contrast, item.behind = against(known, item.alpha, samples, quantile)

    def blend(self) -> str:
        return "soft mask" if self.state.masked else self.state.blend

    def paint_text(self, matrix: Matrix, length: float) -> None:
        state, font = self.state, self.state.typeface()
        size, rise = state.size, state.rise
        low, high = (rise + size * reach for reach in font.reach)
        box = box_of(matrix, 0, low, length, high)
        if meet(box, state.clip):
            stroked = state.render % 4 == 1
            item = Paint("text", state.stroke if stroked else state.fill, box, blend=self.blend())
            item.size = abs(size) * hypot(matrix[2], matrix[3]) * PT
            item.alpha = state.stroke_alpha if stroked else state.fill_alpha
            run = [mapped(matrix, x, rise + size * font.middle) for x in (0, length)]
            # Type is lost where a quarter of it is: the lower quartile.
            self.compare(item, [self.screen(item.colour)], self.canvas.page, along(run), 0.25)
            self.paints.append(item)

    def show(self, pieces: Iterable[Any]) -> None:
        pieces = list(pieces)
        if label := next(filter(None, reversed(self.within)), None):
            font, matrix = self.state.typeface(), times(self.text_matrix, self.state.matrix)
            label.show(font, self.state.size, pieces, matrix)
        super().show(pieces)

    def begin_marked(self, tag: pikepdf.Name, properties: Any = None) -> None:
        super().begin_marked(tag, properties)
        label = tag == "/Tick" and isinstance(properties, pikepdf.Dictionary) and "/Axis" in properties
        self.within.append(TickLabel(str(properties.Axis)) if label else None)
        self.ticks += filter(None, self.within[-1:])

    def end_marked(self) -> None:
        super().end_marked()
        del self.within[-1:]

    def do(self, name: pikepdf.Name) -> None:
        thing = self.resource("/XObject", name)
        alt = next((alt for alt in reversed(self.alts) if alt), "")
        if thing.Subtype == "/Form":
            self.place_form(thing, alt)
        elif thing.Subtype == "/Image":
            self.placed.append(Placed(None, self.state.matrix, alt, box_of(self.state.matrix, 0, 0, 1, 1)))
            self.paint_image(thing)

    def place_form(self, form: Any, alt: str) -> None:
        matrix = times(to_matrix(form.get("/Matrix", IDENTITY)), self.state.matrix)
        box = box_of(matrix, *to_box(form.BBox))
        name = self.known.get(digest(form)) if self.known else None
        self.placed.append(Placed(name, matrix, alt, box, is_group(form)))
        if name is None:
            self.save()
            self.state.matrix, self.state.clip = matrix, common(self.state.clip, box)
            self.run(form, form.get("/Resources", self.resources))
            self.restore()

    def inline_image(self, image: pikepdf.PdfInlineImage) -> None:
        self.paint_image(image)

    def paint_image(self, image: Any) -> None:
        """image : a stream, or pikepdf's PdfInlineImage"""
        box, inline = box_of(self.state.matrix, 0, 0, 1, 1), isinstance(image, pikepdf.PdfInlineImage)
        if image.image_mask if inline else image.get("/ImageMask", False):
            colour = self.state.fill
        else:
            given = pikepdf.Name(image.colorspace) if inline else image.ColorSpace
            colour = space(self.resource("/ColorSpace", given) or given)
            if shown := picture(image, self.screen):
                self.canvas.picture(*shown, box, self.state.clip)
        blend = "soft mask" if not inline and "/SMask" in image else self.blend()
        self.paints.append(Paint("image", colour, box, alpha=self.state.fill_alpha, blend=blend))

    def shade(self, name: pikepdf.Name) -> None:
        shading, box = self.resource("/Shading", name), self.state.clip
        if (colour := self.screen(mean(shading.get("/Function")))) is not None:
            left, bottom, right, top = box
            pieces = [[(left, bottom), (right, bottom), (right, top), (left, top)]]
            self.canvas.fill(pieces, colour, box, box, self.state.fill_alpha)
        self.paints.append(
            Paint("shading", space(shading.ColorSpace), box, alpha=self.state.fill_alpha, blend=self.blend())
        )


def paints(page: pikepdf.Page, screen: Screen = simple) -> list[Paint]:
    """[Paint] of a page of pikepdf's, in painting order."""
    return Page(page, screen).paints
