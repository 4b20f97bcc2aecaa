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
from pipeline.pdf.grounds import ALIKE, Grounds, unchanged, unseen
from pipeline.pdf.interpreter import Interpreter
from pipeline.pdf.painted import Paint, Placed, Typed
from pipeline.pdf.shapes import Surface, is_rule, join_rules, kind, lengthens, shape, sides, stations
from pipeline.pdf.spaces import RGB, Colour, mean, picture, simple, space
from pipeline.pdf.ticks import TickLabel

Screen = Callable[[Colour | None], RGB | None]  # how a colour as written looks; None for what it does not know


def digest(stream: pikepdf.Object | pikepdf.Page) -> bytes:
    """Of a page's or form's content: a figure's page and the form that a book makes of it have the same."""
    return sha256(content(stream)).digest()


def is_group(thing: Any) -> bool:
    return "/Group" in thing and thing.Group.get("/S") == "/Transparency"


CASING = 0.5  # pt: a casing is broader than its line by so much
DOUBTFUL = 5  # a contrast that may be too little for lines
EVERYWHERE: Box = (-1e6, -1e6, 1e6, 1e6)  # what is painted beyond the page is seen, to be told


class Page(Interpreter):
    """A page of pikepdf's: `paints`, [Paint] in painting order, `lost`, [Paint] that lie beyond it, `placed`, [Placed],
    and `ticks`, [TickLabel].

    known : {digest of a figure's stream: its name}; a known figure is placed, but not gone through again.
    fails : is given what stops the look at the page, and what was seen until then stays; where there is none, it is
        raised.
    """

    def __init__(
        self,
        page: pikepdf.Page,
        screen: Screen = simple,
        known: Mapping[bytes, str] | tuple[()] = (),
        fails: Callable[[Exception], None] | None = None,
    ) -> None:
        self.screen, self.known = cache(screen), dict(known)
        self.box, self.trim = to_box(page.mediabox), to_box(page.trimbox)
        super().__init__(clip=EVERYWHERE)
        self.canvas, self.surface, self.group = Canvas(self.box), Surface(), is_group(page)
        self.grounds = Grounds(self.canvas.size)
        self.paper: RGB | None = None
        self.paints: list[Paint] = []
        self.lost: list[Paint] = []
        self.ticks: list[TickLabel] = []
        self.within: list[TickLabel | None] = []  # of each open mark of content: the label that it is, if it is one
        self.placed: list[Placed] = []
        self.pieces: list[Any] = []  # what is being shown
        self.outlined: set[tuple[RGB | None, tuple[int, ...]]] = set()  # of areas: their colours and boxes
        self.rules: list[Paint] = []  # upright or level
        self.strokes: dict[tuple[tuple[Point, ...], ...], Paint] = {}  # the last line along each path
        try:
            self.run(page, page.get("/Resources", {}))
        except Exception as error:
            if not fails:
                raise
            fails(error)
        join_rules(self.rules, [item for item in self.paints if item.kind == "area" and not self.is_page(item.box)])
        self.grounds.excuse(self.paints)
        del self.canvas, self.surface, self.outlined, self.grounds  # 12 MB a page of a book

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
        item = self.painted(named, state.fill if filled else state.stroke, box)
        if not self.holds(item, common(box, state.clip)):
            return
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
        if filled and not self.is_page(box):
            self.surface.join(pieces, item)
        item.path, item.clip = pieces, state.clip
        self.put(item, how, pieces)
        if is_rule(item):
            self.rules.append(item)
            if self.root and lengthens(self.root, item):
                item.width = None  # as thick as the sign, which is type
        self.paints.append(item)

    def painted(self, kind: str, colour: Colour, box: Box) -> Paint:
        return Paint(kind, colour, box, blend=self.blend(), source=self.source, axis=self.axis)

    def holds(self, item: Paint, shown: Box) -> bool:
        """Whether the page has some of an object; notes how far what is shown of it reaches beyond the trimmed page."""
        left, bottom, right, top = self.trim
        item.beyond = max(left - shown[0], bottom - shown[1], shown[2] - right, shown[3] - top, 0) * PT
        if item.beyond and not meet(shown, self.box):
            self.lost.append(item)
            return False
        return True

    def put(self, item: Paint, how: str, pieces: Pieces) -> None:
        """Compares an object with what it stands on, then puts it there."""
        canvas, box, clip, state = self.canvas, item.box, self.state.clip, self.state
        filled = how[0] in "fB"
        colours = [self.screen(colour) for colour in (item.colour, item.edge) if colour is not None]
        paper = set(colours) == {self.paper}
        outline = colours[0], tuple(map(round, box))
        points, width = stations(item, pieces, filled), item.width if how[0] in "SB" else None
        page = self.paper is None and self.is_page(box)
        if item.kind == "area":
            self.outlined.add(outline)
        elif item.kind == "mark" or outline not in self.outlined:
            self.compare(item, colours, canvas.ground, points, 0.5)
            if item.kind == "line" and item.contrast is not None and item.contrast < DOUBTFUL:
                for side in sides(item, points):
                    self.compare(item, colours, canvas.ground, side, 0.5, better=True)
            if item.contrast is not None and item.contrast < ALIKE:
                self.compare(item, colours, canvas.page, points, 0.5)  # a line within a line
            if item.kind == "line" and not filled:
                self.encase(item, colours, pieces)
        before = (
            canvas.shown(box, clip) if item.kind == "area" and not page and self.is_doubtful(item, colours) else None
        )
        if filled and (fill := colours[0]):
            ground = item.kind == "area" or paper
            canvas.fill(pieces, fill, box, clip, state.fill_alpha, how[-1] == "*", ground)
        if before and (after := canvas.shown(box, clip)) and unchanged(before, after):
            # it is seen by its outline alone, if it has one
            around = [p for polygon in pieces for p in along(polygon)]
            self.compare(item, colours[-1:], canvas.ground, around, 0.5)
        if item.contrast is not None and (item.contrast < ALIKE or paper):
            canvas.number(self.grounds.layer(), self.grounds.add(item), pieces, None if filled else item.width, clip)
        else:
            self.grounds.rest(item, canvas.pixels(points, clip))
        if width is not None and (edge := colours[-1]):
            canvas.stroke(pieces, edge, width, box, clip, state.stroke_alpha, paper)
        if page:
            self.paper = colours[0]

    def is_page(self, box: Box) -> bool:
        left, bottom, right, top = self.box
        return box[0] < left + 1 and box[1] < bottom + 1 and box[2] > right - 1 and box[3] > top - 1

    def is_doubtful(self, item: Paint, colours: Sequence[RGB | None]) -> bool:
        """Whether an area may be unseen: something behind it has its colour. What is hardly there is not looked for."""
        left, bottom, right, top = item.box
        if colours[0] is None or min(right - left, top - bottom) < 0.5:
            return False
        x, y = (left + right) / 2, (bottom + top) / 2
        points = [(x, y), ((left + x) / 2, y), ((right + x) / 2, y), (x, (bottom + y) / 2), (x, (top + y) / 2)]
        return item.alpha < 1 or any(
            unseen(colours[0], behind) for behind in self.canvas.samples(self.canvas.page, points, self.state.clip)
        )

    def compare(
        self,
        item: Paint,
        colours: Sequence[RGB | None],
        layer: Layer,
        points: Sequence[Point],
        quantile: float,
        better: bool = False,
    ) -> None:
        """Sets its contrast at a quantile of points; `better`: only where it is more than what is known."""
        samples, known = self.canvas.samples(layer, points, self.state.clip), [c for c in colours if c is not None]
        if samples and len(known) == len(colours):
            contrast, behind = against(known, item.alpha, samples, quantile)
            if not better or contrast > (item.contrast or 0):
                item.contrast, item.behind = contrast, behind

    def encase(self, item: Paint, colours: Sequence[RGB | None], pieces: Pieces) -> None:
        """A line along the middle of a broader one, its casing, is seen where it stands out from that; the casing
        parts it from what is behind both, and need not stand out by itself."""
        path = tuple(map(tuple, pieces))
        casing, self.strokes[path] = self.strokes.get(path), item
        if casing and casing.alpha == 1 and (casing.width or 0) >= (item.width or 0) + CASING:
            behind, colour = self.screen(casing.colour), colours[0]
            if behind and colour:
                contrast, _ = against([colour], item.alpha, [behind], 0.5)
                if contrast > (item.contrast or 0):
                    item.contrast, item.behind = contrast, behind
                casing.contrast = None

    def blend(self) -> str:
        return "soft mask" if self.state.masked else self.state.blend

    def paint_text(self, matrix: Matrix, length: float) -> None:
        state, font = self.state, self.state.typeface()
        size, rise = state.size, state.rise
        low, high = (rise + size * reach for reach in font.reach)
        box = box_of(matrix, 0, low, length, high)
        if meet(box, state.clip):
            stroked = state.render % 4 == 1
            item = self.painted("text", state.stroke if stroked else state.fill, box)
            item.size = abs(size) * hypot(matrix[2], matrix[3]) * PT
            item.alpha = state.stroke_alpha if stroked else state.fill_alpha
            item.tick = next(filter(None, reversed(self.within)), None)
            item.typed = self.typed(matrix)
            item.edge = state.stroke if state.render % 4 == 2 else None
            run = [mapped(matrix, x, rise + size * font.middle) for x in (0, length)]
            # How far a font reaches up and down is said with a broad margin: at least as far as an x does.
            far = [mapped(matrix, x, rise + size * font.middle * up) for x in (0, length) for up in font.least]
            if self.holds(item, common(bounds(far), state.clip)):
                if item.edge not in (None, item.colour):
                    self.halo(matrix, length, low, high)
                    self.paints.append(item)
                    return
                points = along(run)
                # Type is lost where a quarter of it is: the lower quartile.
                self.compare(item, [self.screen(item.colour)], self.canvas.page, points, 0.25)
                self.grounds.rest(item, self.canvas.pixels(points, state.clip))
                self.paints.append(item)

    def typed(self, matrix: Matrix) -> Typed:
        state = self.state
        return Typed(
            state.typeface(),
            state.size,
            tuple(bytes(p) if isinstance(p, pikepdf.String) else float(p) for p in self.pieces),
            matrix,
            state.spacing,
            state.word_spacing,
            state.stretch,
            state.rise,
        )

    def halo(self, matrix: Matrix, length: float, low: float, high: float) -> None:
        """Letters outlined in another colour: what comes to stand there, the same letters, stands on that."""
        corners = [mapped(matrix, x, y) for x, y in ((0, low), (length, low), (length, high), (0, high))]
        if colour := self.screen(self.state.stroke):
            self.canvas.fill(
                [corners], colour, bounds(corners), self.state.clip, self.state.stroke_alpha, grounds=False
            )

    def show(self, pieces: Iterable[Any]) -> None:
        pieces = self.pieces = list(pieces)
        if label := next(filter(None, reversed(self.within)), None):
            font, matrix = self.state.typeface(), times(self.text_matrix, self.state.matrix)
            label.show(font, self.state.size, pieces, matrix)
        super().show(pieces)

    def begin_marked(self, tag: pikepdf.Name, properties: Any = None) -> None:
        super().begin_marked(tag, properties)
        label = tag == "/Tick" and isinstance(properties, pikepdf.Dictionary) and "/Axis" in properties
        self.within.append(TickLabel(str(properties.Axis), source=self.source) if label else None)
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
        item = self.painted("image", "DeviceGray", box)
        item.alpha = self.state.fill_alpha
        if not inline and "/SMask" in image:
            item.blend = "soft mask"
        if not self.holds(item, common(box, self.state.clip)):
            return
        canvas, clip = self.canvas, self.state.clip
        left, bottom, right, top = box
        points = [
            (left + u * (right - left), bottom + v * (top - bottom)) for u in (0.2, 0.5, 0.8) for v in (0.2, 0.5, 0.8)
        ]
        if image.image_mask if inline else image.get("/ImageMask", False):
            item.colour = self.state.fill
            self.compare(item, [self.screen(item.colour)], canvas.page, points, 0.5)
        else:
            given = pikepdf.Name(image.colorspace) if inline else image.ColorSpace
            item.colour = space(self.resource("/ColorSpace", given) or given)
            before = canvas.shown(box, clip)
            if shown := picture(image, self.screen):
                canvas.picture(*shown, box, clip)
            if shown and before and (after := canvas.shown(box, clip)) and unchanged(before, after):
                item.contrast, item.behind = 1.0, next(iter(canvas.samples(canvas.page, points, clip)), None)
        if item.contrast is not None and item.contrast >= ALIKE:
            item.contrast = None
        if item.contrast is None:
            self.grounds.rest(item, canvas.pixels(points, clip))
        else:
            corners = [[(left, bottom), (right, bottom), (right, top), (left, top)]]
            canvas.number(self.grounds.layer(), self.grounds.add(item), corners, None, clip)
        self.paints.append(item)

    def shade(self, name: pikepdf.Name) -> None:
        shading, box = self.resource("/Shading", name), common(self.state.clip, self.box)
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
