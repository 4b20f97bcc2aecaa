"""What a page paints: a list of objects in painting order, each with what it stands on."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import pairwise
from math import hypot, sqrt

from pikepdf import Name, PdfInlineImage

from pipeline.pdf.canvas import Canvas, against, along, common
from pipeline.pdf.content import IDENTITY, Interpreter, bounds, content, mapped, times
from pipeline.pdf.spaces import mean, picture, simple, space

PT = 72.27 / 72  # TeX's points in a big point
MARK = 8  # bp: a closed path or a cross up to this size both ways is a mark
# A filled rectangle from RULE[0] to RULE[1] pt thin and RULE[2] times as long is a line. pdfTeX strokes rules that are
# thinner, so that a fill thinner than that is a bar of hardly any height.
RULE = 1, 3, 4


@dataclass(slots=True)
class Paint:
    """One painted object.

    A line is stroked, or a rule. A mark is a closed path or a cross up to MARK in size, such as plots' marks and
    arrows' tips. Other fills, and the patches of a surface, are areas. Type is one object a string.
    """

    kind: str  # line | mark | area | text | image | shading
    # as written: 1 component grey, 3 RGB, 4 CMYK; of images and other colour spaces the space's name
    colour: tuple | str
    box: tuple  # left, bottom, right, top in bp from the page's lower left corner
    edge: tuple | str | None = None  # the outline's colour, where it is filled as well
    width: float | None = None  # of a stroke or rule, in pt
    size: float | None = None  # of type, in pt
    dash: tuple = ()  # in pt; () is solid
    # of a mark: equal for equal marks wherever they stand; begins with f, S or B: filled, stroked or both
    shape: tuple = ()
    alpha: float = 1.0
    blend: str = "Normal"  # blend mode, or "soft mask"
    behind: tuple | None = None  # (r, g, b) in 0…255 of what it stands on
    contrast: float | None = None  # with it; None for areas, and for what is in the paper's colour to part others


@dataclass(slots=True)
class Placed:
    """A form or an image that a page places."""

    figure: str | None  # its name, where its stream is a known figure's
    matrix: tuple
    alt: str  # of the marked content in which it stands
    box: tuple
    group: bool = False  # whether it is a transparency group


def box_of(matrix, left, bottom, right, top):
    return bounds([mapped(matrix, x, y) for x in (left, right) for y in (bottom, top)])


def digest(stream):
    """Of a page's or form's content: a figure's page and the form that a book makes of it have the same."""
    return sha256(content(stream)).digest()


def is_group(thing):
    return "/Group" in thing and thing.Group.get("/S") == "/Transparency"


class Page(Interpreter):
    """A page of pikepdf's: `paints`, [Paint] in painting order, and `placed`, [Placed].

    screen : the function from a colour as written to (r, g, b) in 0…255; None for what it does not know.
    known : {digest of a figure's stream: its name}; a known figure is placed, but not gone through again.
    """

    def __init__(self, page, screen=simple, known=()):
        self.screen, self.known = cache(screen), dict(known)
        self.box = tuple(float(v) for v in page.mediabox)
        super().__init__(clip=self.box)
        self.canvas, self.paper, self.group = Canvas(self.box), None, is_group(page)
        self.paints, self.placed = [], []
        self.edges, self.outlined = {}, set()  # of patches: {edge: first of them}; of areas: their colours and boxes
        self.run(page, page.get("/Resources", {}))
        del self.canvas, self.edges, self.outlined  # 12 MB a page of a book

    def paint_path(self, how):
        path = [points for points in self.path if len(points) > 1]
        if path:
            box = bounds([p for points in path for p in points])
            if meet(box, self.state.clip):
                self.paint_shape(how, path, box)
        self.end_path()

    def paint_shape(self, how, path, box):
        """how : f, f*, S, B or B*"""
        state = self.state
        filled, stroked = how[0] in "fB", how[0] in "SB"
        item = Paint(self.kind(how, path, box), state.fill if filled else state.stroke, box, blend=self.blend())
        item.alpha = min(state.fill_alpha if filled else 1, state.stroke_alpha if stroked else 1)
        if stroked:
            a, b, c, d, _, _ = state.matrix
            scale = sqrt(abs(a * d - b * c)) * PT
            item.width, item.dash = state.width * scale, tuple(round(v * scale, 3) for v in state.dash)
            item.edge = state.stroke if filled else None
        elif item.kind == "line":
            item.width = min(box[2] - box[0], box[3] - box[1]) * PT
        if item.kind == "mark":
            x, y = path[0][0]
            item.shape = (
                how[0],
                *(tuple([(round(10 * (u - x)), round(10 * (v - y))) for u, v in points]) for points in path),
            )
            self.join_patches(path, item)
        self.put(item, how, path)
        self.paints.append(item)

    def kind(self, how, path, box):
        thin, long = sorted((box[2] - box[0], box[3] - box[1]))
        if (
            how == "f"
            and len(path) == 1
            and len(path[0]) == 5
            and RULE[0] <= thin * PT < RULE[1]
            and long >= RULE[2] * thin
        ):
            return "line"
        if long > MARK or how[-1] == "*":
            return "line" if how == "S" else "area"
        if how != "S" or self.closed:
            return "mark"
        left, bottom, right, top = zip(*map(bounds, path), strict=True)
        crossed = len(path) > 1 and max(left) <= min(right) + 0.1 and max(bottom) <= min(top) + 0.1
        return "mark" if crossed else "line"

    def join_patches(self, path, item):
        """Small polygons with an edge in common are patches of a surface, not marks."""
        if len(path) > 1 or len(path[0]) not in (4, 5):
            return
        corners = [(round(x, 2), round(y, 2)) for x, y in path[0]]
        for edge in map(frozenset, pairwise(corners)):
            other = self.edges.setdefault(edge, item)
            if other.box != item.box:
                for patch in (item, other):
                    patch.kind, patch.shape, patch.behind, patch.contrast = "area", (), None, None

    def put(self, item, how, path):
        """Compares an object with what it stands on, then puts it there."""
        canvas, box, clip = self.canvas, item.box, self.state.clip
        colours = [self.screen(colour) for colour in (item.colour, item.edge) if colour is not None]
        paper = set(colours) == {self.paper}  # a halo, which parts what is behind it from what comes next
        if item.kind == "area":
            self.outlined.add((colours[0], tuple(map(round, box))))
        elif not paper and (item.kind == "mark" or (colours[0], tuple(map(round, box))) not in self.outlined):
            self.compare(item, colours, canvas.ground, stations(item, path, filled=how[0] in "fB"), 0.5)
        if how[0] in "fB" and colours[0]:
            canvas.fill(
                path, colours[0], box, clip, self.state.fill_alpha, how[-1] == "*", item.kind == "area" or paper
            )
        if how[0] in "SB" and colours[-1]:
            canvas.stroke(path, colours[-1], item.width, box, clip, self.state.stroke_alpha, paper)
        left, bottom, right, top = self.box
        if self.paper is None and box[0] < left + 1 and box[1] < bottom + 1 and box[2] > right - 1 and box[3] > top - 1:
            self.paper = colours[0]

    def compare(self, item, colours, image, points, quantile):
        samples = self.canvas.samples(image, points, self.state.clip)
        if samples and None not in colours:
            item.contrast, item.behind = against(colours, item.alpha, samples, quantile)

    def blend(self):
        return "soft mask" if self.state.masked else self.state.blend

    def paint_text(self, matrix, length):
        state = self.state
        size, rise = state.size, state.rise
        low, high = (rise + size * reach for reach in state.font.reach)
        box = box_of(matrix, 0, low, length, high)
        if meet(box, state.clip):
            stroked = state.render % 4 == 1
            item = Paint(
                "text", state.stroke if stroked else state.fill, box, size=abs(size) * hypot(matrix[2], matrix[3]) * PT
            )
            item.alpha, item.blend = state.stroke_alpha if stroked else state.fill_alpha, self.blend()
            run = [mapped(matrix, x, rise + size * state.font.middle) for x in (0, length)]
            # Type is lost where a quarter of it is: the lower quartile.
            self.compare(item, [self.screen(item.colour)], self.canvas.page, along(run), 0.25)
            self.paints.append(item)

    def do(self, name):
        thing = self.resource("/XObject", name)
        alt = next((alt for alt in reversed(self.alts) if alt), "")
        if thing.Subtype == "/Form":
            self.place_form(thing, alt)
        elif thing.Subtype == "/Image":
            self.placed.append(Placed(None, self.state.matrix, alt, box_of(self.state.matrix, 0, 0, 1, 1)))
            self.inline_image(thing)

    def place_form(self, form, alt):
        matrix = times(tuple(float(v) for v in form.get("/Matrix", IDENTITY)), self.state.matrix)
        box = box_of(matrix, *(float(v) for v in form.BBox))
        name = self.known.get(digest(form)) if self.known else None
        self.placed.append(Placed(name, matrix, alt, box, is_group(form)))
        if name is None:
            self.save()
            self.state.matrix, self.state.clip = matrix, common(self.state.clip, box)
            self.run(form, form.get("/Resources", self.resources))
            self.restore()

    def inline_image(self, image):
        """image : a stream, or pikepdf's PdfInlineImage"""
        box, inline = box_of(self.state.matrix, 0, 0, 1, 1), isinstance(image, PdfInlineImage)
        if image.image_mask if inline else image.get("/ImageMask", False):
            colour = self.state.fill
        else:
            given = Name(image.colorspace) if inline else image.ColorSpace
            colour = space(self.resource("/ColorSpace", given) or given)
            if shown := picture(image):
                self.canvas.picture(*shown, box, self.state.clip)
        blend = "soft mask" if not inline and "/SMask" in image else self.blend()
        self.paints.append(Paint("image", colour, box, alpha=self.state.fill_alpha, blend=blend))

    def shade(self, name):
        shading, box = self.resource("/Shading", name), self.state.clip
        if (colour := self.screen(mean(shading.get("/Function")))) is not None:
            left, bottom, right, top = box
            path = [[(left, bottom), (right, bottom), (right, top), (left, top)]]
            self.canvas.fill(path, colour, box, box, self.state.fill_alpha)
        self.paints.append(
            Paint("shading", space(shading.ColorSpace), box, alpha=self.state.fill_alpha, blend=self.blend())
        )


def meet(a, b):
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def stations(item, path, filled):
    """Points (bp) at which an object is compared with what it stands on: over a mark's box, along a line."""
    left, bottom, right, top = item.box
    x, y = (left + right) / 2, (bottom + top) / 2
    if item.kind == "mark":
        return [(u, v) for u in (left, x, right) for v in (bottom, y, top)]
    if filled:
        return along([(left, y), (right, y)] if right - left > top - bottom else [(x, bottom), (x, top)])
    return [p for points in path for p in along(points, max(4, 24 // len(path)))]


def paints(page, screen=simple):
    """[Paint] of a page of pikepdf's, in painting order."""
    return Page(page, screen).paints
