"""Paths as they come to be painted on a page, and how well all that is painted stands out from what is behind it."""

from collections.abc import Callable, Sequence
from functools import cache
from math import sqrt

from pipeline.pdf.canvas import Canvas, Layer, against
from pipeline.pdf.geometry import PT, Box, Matrix, Pieces, Point, along, bounds, common, mapped, meet
from pipeline.pdf.grounds import ALIKE, Grounds, unchanged, unseen
from pipeline.pdf.interpreter import Interpreter
from pipeline.pdf.painted import Paint
from pipeline.pdf.shapes import Surface, is_rule, join_rules, kind, lengthens, shape, sides, stations
from pipeline.pdf.spaces import RGB, Colour

Screen = Callable[[Colour | None], RGB | None]  # how a colour as written looks; None for what it does not know
CASING = 0.5  # pt: a casing is broader than its line by so much
RIM = 0.35  # pt: a rim that is seen
DOUBTFUL = 5  # a contrast that may be too little for lines
EVERYWHERE: Box = (-1e6, -1e6, 1e6, 1e6)  # what is painted beyond the page is seen, to be told


class Painting(Interpreter):
    """What paints a page of a box, trimmed to another: `paints`, [Paint] in painting order, and `lost`, [Paint] that
    lie beyond it."""

    def __init__(self, box: Box, trim: Box, screen: Screen) -> None:
        super().__init__(clip=EVERYWHERE)
        self.screen, self.box, self.trim = cache(screen), box, trim
        self.canvas, self.surface = Canvas(box), Surface()
        self.grounds = Grounds(self.canvas.size)
        self.paper: RGB | None = None
        self.paints: list[Paint] = []
        self.lost: list[Paint] = []
        self.outlined: set[tuple[RGB | None, tuple[int, ...]]] = set()  # of areas: their colours and boxes
        self.rules: list[Paint] = []  # upright or level
        self.strokes: dict[tuple[tuple[Point, ...], ...], Paint] = {}  # the last line along each path

    def dry(self) -> None:
        """All is painted: what can only be said now, of all of it."""
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
        # An area is compared along its outline, if at all.
        points = stations(item, pieces, filled) if item.kind != "area" or self.grounds.unseen else ()
        width = item.width if how[0] in "SB" else None
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
            if item.kind == "mark" and item.contrast is not None and item.contrast < DOUBTFUL:
                self.enrim(item, colours)
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
        elif self.grounds.unseen:
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

    def enrim(self, item: Paint, colours: Sequence[RGB | None]) -> None:
        """A mark within a rim is seen where it stands out from that, as a line from its casing."""
        if len(colours) == 2 and item.alpha == self.state.stroke_alpha == 1 and (item.width or 0) >= RIM:
            fill, rim = colours
            if fill and rim and (contrast := against([fill], 1, [rim], 0.5)[0]) > (item.contrast or 0):
                item.contrast, item.behind = contrast, rim

    def blend(self) -> str:
        return "soft mask" if self.state.masked else self.state.blend

    def halo(self, matrix: Matrix, length: float, low: float, high: float) -> None:
        """Letters outlined in another colour: what comes to stand there, the same letters, stands on that."""
        corners = [mapped(matrix, x, y) for x, y in ((0, low), (length, low), (length, high), (0, high))]
        if colour := self.screen(self.state.stroke):
            self.canvas.fill(
                [corners], colour, bounds(corners), self.state.clip, self.state.stroke_alpha, grounds=False
            )
